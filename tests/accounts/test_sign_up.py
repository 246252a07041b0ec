"""Making an account, and that nobody learns from the pages whether an address has one."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher

from portal.accounts.models import User
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
FORM = {
    "first_name": "Aino",
    "last_name": "Esimerkki",
    "email": "aino@example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
}


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S+)", letter.text)[1]


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def test_an_account_is_open_once_its_address_is_confirmed(client):
    client.post("/accounts/signup/", FORM, headers={"accept-language": "sv"})
    letter = Letter.objects.get()
    address = EmailAddress.objects.get(email="aino@example.org")
    assert not address.verified
    assert (letter.to, letter.language) == ("aino@example.org", "sv")
    assert User.objects.get().language == "sv"

    client.post(link_in(letter))

    address.refresh_from_db()
    assert address.verified
    client.post("/accounts/login/", {"login": "AINO@example.org", "password": PASSWORD})
    assert client.get("/accounts/profile/").status_code == 200


def test_an_unconfirmed_address_does_not_sign_in(client):
    client.post("/accounts/signup/", FORM)
    client.logout()

    client.post("/accounts/login/", {"login": "aino@example.org", "password": PASSWORD})

    assert "_auth_user_id" not in client.session


def test_reading_the_link_confirms_nothing(client):
    client.post("/accounts/signup/", FORM)

    client.get(link_in(Letter.objects.get()))

    assert not EmailAddress.objects.get().verified


@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/"])
def test_pages_do_not_tell_whether_an_address_has_an_account(client, path):
    UserFactory(email="known@example.org")

    answers = []
    for email in ("known@example.org", "unknown@example.org"):
        client.logout()
        response = client.post(path, FORM | {"email": email})
        answers.append((response.status_code, response["Location"]))

    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "password", ["short", "password12", "1234567890", "aino@example.org", "         "]
)
def test_weak_passwords_are_refused_and_what_was_typed_stays(client, password):
    response = client.post(
        "/accounts/signup/", FORM | {"password1": password, "password2": password}
    )

    assert response.status_code == 200
    assert User.objects.count() == 0
    assert 'value="Esimerkki"' in response.content.decode()


@pytest.mark.parametrize("password", ["ä" * 20, "correct horse battery staple " * 5, "🐎" * 12])
def test_long_passwords_in_any_script_are_taken_whole(client, password):
    client.post("/accounts/signup/", FORM | {"password1": password, "password2": password})

    user = User.objects.get()
    assert user.check_password(password)
    assert not user.check_password(password[:-1])


def test_mass_assignment_makes_nobody_a_superuser(client):
    client.post("/accounts/signup/", FORM | {"is_superuser": "1", "is_staff": "1", "groups": "1"})

    user = User.objects.get()
    assert not user.is_superuser and not user.is_staff and not user.groups.exists()


def test_profile_changes_the_language_of_pages_without_one(client):
    user = UserFactory(language="en")
    client.force_login(user)

    client.post(
        "/accounts/profile/", {"first_name": "A", "last_name": "B", "language": "sv", "email": "x"}
    )

    assert client.get("/accounts/profile/")["Content-Language"] == "sv"
    user.refresh_from_db()
    assert user.email != "x"


def test_next_leads_to_our_own_addresses_only(client):
    user = UserFactory()

    response = client.post(
        "/accounts/login/?next=https://evil.example/",
        {"login": user.email, "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert "evil" not in response["Location"]


def test_guessing_is_slowed_down(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/300s/key"}
    user = UserFactory()

    for _ in range(6):
        response = client.post("/accounts/login/", {"login": user.email, "password": "wrong wrong"})
    right = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})

    assert response.status_code == 429
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session


def test_too_many_requests_get_a_readable_page(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}

    for _ in range(2):
        response = client.post("/accounts/signup/", {})

    assert response.status_code == 429
    assert "<h1" in response.content.decode()


class Counting(MD5PasswordHasher):
    """Counts how often a password was hashed."""

    times = 0

    def encode(self, password, salt):
        Counting.times += 1
        return super().encode(password, salt)


@pytest.fixture
def hashes(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]

    def hashes(event):
        before = Counting.times
        event()
        return Counting.times - before

    return hashes


def test_a_taken_address_costs_as_many_hashes_as_a_free_one(client, hashes):
    UserFactory(email="known@example.org")

    assert hashes(lambda: client.post("/accounts/signup/", FORM)) == 1
    client.logout()
    taken = FORM | {"email": "known@example.org"}
    assert hashes(lambda: client.post("/accounts/signup/", taken)) == 1


@pytest.mark.parametrize("email", ["known@example.org", "unknown@example.org"])
def test_a_failed_sign_in_costs_one_hash(client, hashes, email):
    UserFactory(email="known@example.org", password=PASSWORD)
    words = {"login": email, "password": "another password"}

    assert hashes(lambda: client.post("/accounts/login/", words)) == 1
