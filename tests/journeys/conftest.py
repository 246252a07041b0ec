"""What the journeys share: a site that answers on localhost and a reader with a browser."""

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from pytest_django.live_server_helper import LiveServer

from tests.factories.accounts import SECRET

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def live_server(request):
    """On localhost, where browsers keep Secure cookies and passkeys without TLS."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def reader(browser, live_server, transactional_db):
    """A page of a new browser window; what the console complains of fails the journey."""
    context = browser.new_context(base_url=live_server.url, locale="en-GB")
    page = context.new_page()
    complaints = []
    page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert not complaints


def sign_in(page, user, password=PASSWORD):
    """Sign in as a person does, with the second factor when the account has one."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    if "/2fa/authenticate/" in page.url:
        code = hotp_value(SECRET, next(yield_hotp_counters_from_time()))
        page.fill("input[name=code]", f"{code:06d}")
        page.click("main form button[type=submit] >> nth=0")
