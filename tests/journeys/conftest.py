"""What the journeys share: a site that answers on localhost and a reader with a browser."""

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from portal.mail import sending
from portal.notifications import activity, digests
from search.queue import drain
from tests.factories.accounts import SECRET

PASSWORD = "a long enough password"

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def live_server(request):
    """On localhost, where browsers keep Secure cookies and passkeys without TLS."""
    server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture
def window(browser, live_server, transactional_db):
    """Opens a window of its own for each person of a journey.

    What a console complains of fails the journey, but for the failed loads that it expects.
    """
    contexts, complaints = [], []

    def open_one(width=1280, **kwargs):
        size = {"width": width, "height": 1000}
        context = browser.new_context(base_url=live_server.url, viewport=size, **kwargs)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [line for line in complaints if "Failed to load resource" not in line] == []


@pytest.fixture
def reader(window):
    return window(locale="en-GB")


def sign_in(page, user, password=PASSWORD):
    """Sign in as a person does, with the second factor when the account has one."""
    page.goto("/accounts/login/")
    page.fill("input[name=login]", user.email)
    page.fill("input[name=password]", password)
    page.click("main form button[type=submit]")
    away_from(page, "/accounts/login/")
    if "/2fa/authenticate/" in page.url:
        _, now, _ = yield_hotp_counters_from_time()
        code = hotp_value(SECRET, now)
        page.fill("input[name=code]", f"{code:06d}")
        page.click("main form button[type=submit] >> nth=0")
        away_from(page, "/2fa/authenticate/")


def away_from(page, path):
    """Wait until the answer to what was sent is there, at another address."""
    page.wait_for_url(lambda url: path not in url)


def searched(page, address):
    """What a page of results shows, after the worker's turn at the queue."""
    drain()
    page.goto(address)
    return page.locator("main").inner_text()


def the_worker_takes_a_turn():
    """What has happened is told: to followers, in digests, and by the letters that wait."""
    while activity.fan_out():
        pass
    digests.write_due()
    while sending.send_due():
        pass


def translate(page, texts):
    """Translate each segment of the tab that is open, in the editor of a translation."""
    for text in texts:
        page.locator("button:visible", has_text="Translate").first.click()
        page.locator("textarea:visible").first.fill(text)
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator("textarea:visible")).to_have_count(0)
