"""Each session is a row: readers without an account begin few of them."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from portal import rate_limits

pytestmark = pytest.mark.django_db

TYPED = {"key": "0b0e7f3e-6f0a-4c55-9c06-0d9d2c6b9f11", "text": "words", "name": "words"}
KEEPING = ["/en/questions/ask/", "/en/questions/mine/K-1/", "/en/partners/join/"]
OTHERS = [
    "/accounts/login/",
    "/accounts/password/reset/",
    "/en/about/feedback/",
    "/en/about/feedback/page/",
    "/en/follow/",
    "/language/",
]


@pytest.fixture(autouse=True)
def two(monkeypatch):
    monkeypatch.setattr(rate_limits, "SESSIONS_AN_HOUR", 2)


@pytest.mark.parametrize("path", KEEPING)
def test_what_is_kept_until_the_sign_in_is_bounded(path):
    codes = [Client().post(path, TYPED).status_code for _ in range(4)]

    assert codes == [302, 302, 429, 429]
    assert Session.objects.count() == 2


def test_a_session_that_is_there_is_used_again(client):
    codes = {client.post(KEEPING[0], TYPED).status_code for _ in range(4)}

    assert codes == {302}
    assert Session.objects.count() == 1


def test_a_made_up_cookie_is_no_session(settings):
    for number in range(4):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = f"{number}" * 32
        client.post(KEEPING[0], TYPED)

    assert Session.objects.count() == 2


@pytest.mark.parametrize("path", OTHERS)
def test_no_other_post_begins_one(path):
    words = {"login": "a@example.org", "email": "a@example.org", "password": "words", "text": "x"}

    Client().post(path, words)

    assert Session.objects.count() == 0
