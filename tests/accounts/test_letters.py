"""allauth's letters: our words, the person's language, our address, and no key that stays."""

import re
from datetime import timedelta
from pathlib import Path

import allauth
import pytest
import time_machine
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.utils import timezone, translation

from portal.mail import sending
from portal.mail.models import Letter
from tests.accounts.test_sign_up import FORM, PASSWORD, link_in
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv", "en")
PREFIXES = sorted(
    f"{path.parent.parent.name}/email/{path.name.removesuffix('_subject.txt')}"
    for app in ("account", "mfa", "socialaccount")
    for path in (Path(allauth.__file__).parent / "templates" / app / "email").glob("*_subject.txt")
)
CONTEXT = {
    "timestamp": timezone.now(),
    "ip": "192.0.2.7",
    "user_agent": "CANARY browser",
    "activate_url": "http://forged.example/accounts/confirm-email/KEY/",
    "password_reset_url": "http://forged.example/accounts/password/reset/key/KEY/",
    "signup_url": "http://forged.example/accounts/signup/",
    "code": "ABC-DEF",
    "to_email": "new@example.org",
    "from_email": "old@example.org",
    "deleted_email": "old@example.org",
    "provider": "Example sign-on",
}


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def test_allauth_has_the_letters_that_are_walked():
    assert len(PREFIXES) > 15
    assert "account/email/password_reset_key" in PREFIXES


@pytest.mark.parametrize("prefix", PREFIXES)
def test_each_letter_is_in_our_words_in_the_language_of_the_person(prefix, rf):
    subjects, texts = [], []
    for language in LANGUAGES:
        reader = UserFactory(language=language)
        with translation.override("en"):
            get_adapter(rf.get("/")).send_mail(prefix, reader.email, CONTEXT)
        letter = Letter.objects.get(to=reader.email)
        assert letter.language == language
        assert "forged" not in letter.text and "CANARY" not in letter.text
        hosts = re.findall(r"https?://[^/\s]+", letter.text)
        assert set(hosts) <= {"https://portal.example.org"}
        assert re.fullmatch(r"[A-ZÅÄÖ][^A-ZÅÄÖ]+", letter.subject), "not every word is capital"
        subjects.append(letter.subject)
        texts.append(letter.text.replace(reader.email, ""))
    assert len(set(subjects)) == len(set(texts)) == 3


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8104"])
def test_addresses_are_ours_whatever_host_was_asked(client, host):
    user = UserFactory()
    client.post("/accounts/signup/", FORM, headers={"host": host})
    client.logout()
    client.post("/accounts/password/reset/", {"email": user.email}, headers={"host": host})
    client.post("/accounts/signup/", FORM | {"email": user.email}, headers={"host": host})

    texts = list(Letter.objects.values_list("text", flat=True))

    assert len(texts) == 3
    for text in texts:
        assert host not in text
        assert "https://portal.example.org/accounts/" in text


def test_a_reset_link_lives_for_an_hour(client):
    user = UserFactory()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        client.post("/accounts/password/reset/", {"email": user.email})
        link = link_in(Letter.objects.get())
        clock.shift(timedelta(minutes=59))
        assert "password1" in client.get(link, follow=True).text
        clock.shift(timedelta(minutes=2))
        client.logout()
        assert "password1" not in client.get(link, follow=True).text


@pytest.mark.parametrize("way", ["signup", "reset"])
def test_keys_are_forgotten_once_they_are_sent(client, way, mailoutbox):
    if way == "signup":
        client.post("/accounts/signup/", FORM)
    else:
        client.post("/accounts/password/reset/", {"email": UserFactory().email})

    sending.send_due()

    letter = Letter.objects.get()
    assert "/accounts/" in mailoutbox[0].body
    assert "/accounts/" not in letter.text + letter.html


GOING = ["/en/questions/ask/", "/fi/kumppanit/liity/?a=1&b=2"]


def sign_up(client, going):
    client.get("/accounts/signup/", {"next": going})
    client.post("/accounts/signup/", FORM | {"next": going})
    return link_in(Letter.objects.get())


def confirm(client, link):
    page = client.get(link).text
    form = page[page.index('action="/accounts/confirm-email/') :]
    path = re.search(r'action="([^"]+)"', form)[1]
    hidden = re.search(r'name="next" value="([^"]+)"', form)
    data = {"next": hidden[1].replace("&amp;", "&")} if hidden else {}
    return client.post(path, data)


@pytest.mark.parametrize("going", GOING)
@pytest.mark.parametrize("browser", ["the same", "another"])
def test_who_began_a_form_is_led_back_to_it_after_confirming_and_signing_in(client, browser, going):
    link = sign_up(client, going)
    if browser == "another":
        client.cookies.clear()

    response = confirm(client, link)
    assert EmailAddress.objects.get().verified
    page = client.get(response["Location"])
    assert 'name="next"' in page.text
    response = client.post(
        response["Location"], {"login": FORM["email"], "password": PASSWORD, "next": going}
    )

    assert response["Location"] == going


@pytest.mark.parametrize(
    "going",
    [
        "https://evil.example/",
        "//evil.example/",
        "javascript:x",
        "http://testserver/en/questions/ask/",  # the Host header's word on who we are
    ],
)
def test_a_letter_leads_to_our_own_addresses_only(client, going):
    client.post("/accounts/signup/", FORM | {"next": going})

    assert "evil" not in Letter.objects.get().text
    assert "next=" not in Letter.objects.get().text
