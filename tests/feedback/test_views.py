"""The form for readers."""

from datetime import timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.utils import timezone

from portal.feedback.models import Feedback
from portal.forms import SALT, opened_now
from portal.mail.models import Letter

pytestmark = pytest.mark.django_db
FORM = "/en/about/feedback/"
THANKS = "/en/about/feedback/thanks/"


def opened(ago):
    with time_machine.travel(timezone.now() - ago, tick=False):
        return opened_now()


def words(**changes):
    return {
        "kind": "accessibility",
        "text": "The map cannot be used by keyboard.",
        "email": "reader@example.org",
        "name": "Example Reader",
        "about": "/en/areas/",
        "opened": opened(timedelta(minutes=2)),
        "website": "",
        **changes,
    }


@pytest.mark.parametrize("path", ["/fi/tietoa/palaute/", "/sv/om/respons/", "/en/about/feedback/"])
def test_the_form_is_in_three_languages_and_opens_no_session(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert "sessionid" not in response.cookies
    assert "session" not in response.cookies


def test_the_form_stands_under_about(client):
    crumbs = client.get(FORM).context["crumbs"]

    assert [address for _title, address in crumbs] == ["/en/", "/en/about/", None]


def test_what_is_sent_is_kept_in_the_language_of_the_form(client):
    response = client.post(FORM, words())

    assert response.status_code == 302
    assert response["Location"] == THANKS
    feedback = Feedback.objects.get()
    assert (feedback.kind, feedback.about, feedback.language) == (
        "accessibility",
        "/en/areas/",
        "en",
    )
    assert feedback.status == Feedback.Status.OPEN
    assert Letter.objects.get().template == "feedback/received"
    assert client.get(THANKS).status_code == 200


def test_name_address_and_page_may_be_left_out(client):
    client.post(FORM, words(email="", name="", about=""))

    assert Feedback.objects.count() == 1
    assert not Letter.objects.exists()


def test_the_page_in_the_address_is_carried_along(client):
    page = client.get(FORM, {"from": "/fi/alueet/?q=å"}).content.decode()

    assert 'name="about" value="/fi/alueet/?q=å"' in page
    assert '<a href="/fi/alueet/?q=å">' in page


@pytest.mark.parametrize(
    "page",
    [
        "https://elsewhere.example.org/",
        "//elsewhere.example.org/",
        "/\\elsewhere.example.org/",
        "javascript:alert(1)",
        "areas/",
        "/" + "x" * 300,
    ],
)
def test_a_page_that_is_not_ours_is_refused_by_name(client, page):
    response = client.get(FORM, {"from": page})

    assert response.status_code == 400
    assert "“from”" in response.content.decode()
    assert client.post(FORM, words(about=page)).status_code == 422
    assert not Feedback.objects.exists()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"text": ""}, "Your feedback"),
        ({"text": "\u200b\u2060 \ufeff\u00ad"}, "Write something that can be read"),
        ({"kind": ""}, "What it is about"),
        ({"email": "reader"}, "E-mail address"),
        ({"text": "x" * 5001}, "5000"),
    ],
)
def test_what_is_missing_is_said_and_what_was_written_stays(client, changes, said):
    response = client.post(FORM, words(name="Kept Name", **changes))
    page = response.content.decode()

    assert response.status_code == 422
    assert "error-summary" in page
    assert said.casefold() in page.casefold()
    assert "Kept Name" in page
    assert not Feedback.objects.exists()


def test_what_machines_fill_in_is_thanked_for_and_thrown_away(client):
    response = client.post(FORM, words(website="https://example.org"))

    assert response["Location"] == THANKS
    assert not Feedback.objects.exists()


def test_a_form_sent_at_once_is_asked_for_again_and_then_goes_through(client):
    sent = words(opened=opened(timedelta(0)))

    page = client.post(FORM, sent).content.decode()
    assert "very fast" in page
    assert sent["text"] in page

    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=False):
        assert client.post(FORM, sent)["Location"] == THANKS
    assert Feedback.objects.count() == 1


@pytest.mark.parametrize(
    "token", ["", "forged", signing.dumps("x", salt="another")], ids=["none", "forged", "another"]
)
def test_a_form_that_we_did_not_open_comes_back_to_be_sent_again(client, token):
    response = client.post(FORM, words(opened=token))

    assert "too long" in response.content.decode()
    fresh = response.context["form"]["opened"].value()
    assert signing.loads(fresh, salt=SALT)
    assert not Feedback.objects.exists()


def test_a_form_of_yesterday_comes_back_to_be_sent_again(client):
    response = client.post(FORM, words(opened=opened(timedelta(hours=13))))

    assert "too long" in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(seconds=10), tick=False):
        again = words(opened=response.context["form"]["opened"].value())
        assert client.post(FORM, again)["Location"] == THANKS


def test_double_sending_does_nothing_twice(client):
    sent = words()

    assert [client.post(FORM, sent)["Location"] for _n in range(2)] == [THANKS, THANKS]
    assert Feedback.objects.count() == 1
    assert Letter.objects.count() == 1


def test_the_sixth_from_one_address_within_an_hour_waits(client):
    for _n in range(5):
        assert client.post(FORM, words(), REMOTE_ADDR="192.0.2.1").status_code == 302

    refused = client.post(FORM, words(text="One more."), REMOTE_ADDR="192.0.2.1")

    assert refused.status_code == 429
    assert "One more." in refused.content.decode()
    assert Feedback.objects.count() == 5
    assert client.post(FORM, words(), REMOTE_ADDR="192.0.2.2").status_code == 302


@pytest.mark.parametrize(
    ("origin", "shown"), [("http://testserver", True), ("https://elsewhere.example.org", False)]
)
def test_feedback_of_a_browser_without_cookies_is_shown_for_copying(db, origin, shown):
    client = Client(enforce_csrf_checks=True)
    words = "The <b>link</b> on this page\nis broken."

    refused = client.post("/en/feedback/", {"text": words}, headers={"origin": origin})

    page = refused.content.decode()
    assert refused.status_code == 403
    assert ("The &lt;b&gt;link&lt;/b&gt; on this page<br>is broken." in page) is shown
    assert "Send once more" not in page
