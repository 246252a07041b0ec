"""OpenID Connect by configuration, against a provider that this test runs itself."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount

from portal.accounts.models import User
from portal.mail.models import Letter
from tests.factories.accounts import SECRET, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/oidc/sso/login/"
CALLBACK = "/accounts/oidc/sso/login/callback/"


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user information of a provider; `person` is who signs in there."""

    person: dict = {}
    broken = False

    def do_GET(self):
        base = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/keys",
                }
            )
        else:
            self.answer(self.person)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "Bearer"})

    def answer(self, content):
        self.send_response(500 if self.broken else 200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args):
        """Nothing on the terminal."""


@pytest.fixture
def provider(settings):
    class Fresh(Provider):
        person = {
            "sub": "employee-1",
            "email": "worker@example.org",
            "email_verified": True,
            "given_name": "Wilma",
            "family_name": "Worker",
        }

    server = HTTPServer(("127.0.0.1", 0), Fresh)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": "Work account",
                    "client_id": "portal",
                    "secret": "not a secret",
                    "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
                }
            ],
        }
    }
    yield Fresh
    server.shutdown()
    server.server_close()


def go_to_the_provider(client):
    """Start, and return the state that the provider would send back."""
    response = client.post(LOGIN)
    query = parse_qs(urlsplit(response["Location"]).query)
    assert query["client_id"] == ["portal"]
    assert query["code_challenge_method"] == ["S256"]
    return query["state"][0]


def test_a_person_of_the_provider_gets_an_account(client, provider):
    state = go_to_the_provider(client)

    client.get(CALLBACK, {"code": "code", "state": state})

    user = User.objects.get()
    assert (user.email, user.last_name) == ("worker@example.org", "Worker")
    assert client.session["_auth_user_id"] == str(user.pk)


def test_sign_in_page_offers_the_provider(client, provider):
    assert "Work account" in client.get("/accounts/login/").content.decode()


def test_the_account_menu_leads_to_sign_in_services_when_there_are_some(client, settings):
    client.force_login(UserFactory())
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Sign-in services" not in client.get("/accounts/profile/").content.decode()

    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
    assert "Sign-in services" in client.get("/accounts/profile/").content.decode()


def test_the_same_subject_is_the_same_person_whatever_the_address(client, provider):
    client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})
    client.logout()
    provider.person = provider.person | {"email": "renamed@example.org"}

    client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})

    assert User.objects.count() == 1


def test_the_same_address_is_not_the_same_person(client, provider):
    owner = UserFactory(email="worker@example.org")

    client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})

    assert "_auth_user_id" not in client.session
    assert not SocialAccount.objects.filter(user=owner).exists()


@pytest.mark.parametrize("state", ["", "made-up", "x" * 4000])
def test_a_wrong_state_signs_nobody_in(client, provider, state):
    go_to_the_provider(client)

    response = client.get(CALLBACK, {"code": "code", "state": state})

    assert response.status_code < 500
    assert "_auth_user_id" not in client.session


def test_a_state_is_used_once(client, provider):
    state = go_to_the_provider(client)
    client.get(CALLBACK, {"code": "code", "state": state})
    client.logout()

    client.get(CALLBACK, {"code": "code", "state": state})

    assert "_auth_user_id" not in client.session


def test_second_factor_is_asked_for_here_too(client, provider):
    client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})
    client.logout()
    TOTP.activate(User.objects.get(), SECRET)

    response = client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})

    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/accounts/profile/").status_code == 302


def test_a_provider_that_fails_leaves_the_password_way_open(client, provider):
    provider.broken = True

    response = client.post(LOGIN)

    assert response.status_code < 500
    assert client.get("/accounts/login/").status_code == 200


ERASE = "/accounts/data/erase/"
CODE = "/accounts/reauthenticate/code/"


class TestOwnDataWithoutAPassword:
    """Who signs in by single sign-on alone shows by a code in a letter that it is they."""

    @pytest.fixture
    def signed_in(self, client, provider):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
        client.get(CALLBACK, {"code": "code", "state": go_to_the_provider(client)})
        return client

    @pytest.fixture
    def asked(self, signed_in):
        """A client whose wish to be erased waits for the code."""
        answer = signed_in.post(ERASE, {"email": "worker@example.org"})
        assert answer["Location"] == f"{CODE}?next=%2Faccounts%2Fdata%2Ferase%2F"
        page = signed_in.get(answer["Location"])
        recipient = re.search(r'name="recipient"[^>]*value="([^"]*)"', page.text)[1]
        signed_in.post(CODE, {"recipient": recipient, "next": ERASE})
        return signed_in

    def test_the_button_erases_after_the_code_of_the_letter(self, asked):
        letter = Letter.objects.get(template="account/login_code")
        assert letter.to == "worker@example.org" and "confirm that it is you" in letter.text
        code = re.search(r"^([A-Z0-9-]{6,})$", letter.text, re.MULTILINE)[1]

        page = asked.get(f"{CODE}confirm/?next={ERASE}")
        answer = asked.post(f"{CODE}confirm/", {"code": code, "next": ERASE})

        assert "worker@example.org" in page.text
        assert answer["Location"] == "/"
        assert not User.objects.exists()

    def test_a_wrong_code_erases_nobody(self, asked):
        page = asked.post(f"{CODE}confirm/", {"code": "WRONG1", "next": ERASE})

        assert "Incorrect code" in page.text
        assert User.objects.exists()

    def test_who_has_a_password_is_asked_for_that(self, client):
        client.force_login(UserFactory())

        assert client.get(CODE)["Location"] == "/accounts/reauthenticate/"
        assert client.post(CODE, {"recipient": "x@example.org"})["Location"].endswith(
            "/accounts/reauthenticate/"
        )
        assert not Letter.objects.exists()

    def test_who_has_a_second_factor_is_asked_for_that(self, signed_in):
        TOTP.activate(User.objects.get(), SECRET)

        assert signed_in.get(CODE)["Location"] == "/accounts/2fa/reauthenticate/"
