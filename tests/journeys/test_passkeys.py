"""A passkey is added in the account and then opens it without a password."""

import pytest
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory

from .conftest import PASSWORD, away_from, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def authenticator(reader):
    """A virtual one, such as a phone's, that always confirms who holds it."""
    devtools = reader.context.new_cdp_session(reader)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def test_passkey_opens_the_account(reader, authenticator, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = UserFactory(password=PASSWORD)
    sign_in(reader, user)

    reader.goto("/accounts/2fa/webauthn/add/")
    if "/reauthenticate/" in reader.url:
        reader.fill("input[name=password]", PASSWORD)
        reader.click("main form button[type=submit]")
    reader.fill("input[name=name]", "My phone")
    reader.check("input[name=passwordless]")
    reader.click("#mfa_webauthn_add")
    reader.wait_for_url("**/recovery-codes/")
    reader.goto("/accounts/logout/")
    reader.click("main form button[type=submit]")
    away_from(reader, "/accounts/logout/")

    reader.goto("/accounts/login/")
    reader.click("#passkey_login")

    away_from(reader, "/accounts/login/")
    reader.goto("/accounts/profile/")
    expect(reader.locator("h1")).to_contain_text("Name and language")
