"""The journeys by keyboard alone: everything is reached, and what has the focus shows it."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from portal.topics.starter import load as load_topics
from tests.factories.accounts import UserFactory

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FOCUS = """() => {
    const element = document.activeElement, style = getComputedStyle(element)
    const own = style.outlineStyle !== "none" || style.boxShadow !== "none"
    const around = element.matches("input") && element.parentElement.matches(":focus-within")
    return {
        matched: element.matches(SELECTOR),
        text: (element.textContent || "").trim(),
        visible: own || around,
    }
}"""


def tab_to(page, selector, text="", steps=120):
    """Press Tab until an element that matches has the focus; every stop on the way shows it."""
    look = FOCUS.replace("SELECTOR", repr(selector))
    for _ in range(steps):
        page.keyboard.press("Tab")
        here = page.evaluate(look)
        assert here["visible"], here
        if here["matched"] and text in here["text"]:
            return
    raise AssertionError(f"{selector} {text} is not reached")


def write(page, selector, text):
    tab_to(page, selector)
    page.keyboard.type(text)


def test_reader_needs_no_mouse(starter_site, window):
    page = window()
    page.goto("/fi/")

    write(page, "main form[role=search] input", "kotoutumissuunnitelmaan")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fi/haku/**")
    tab_to(page, "main a", "Kotoutumissuunnitelma: laatiminen")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Kotoutumissuunnitelma: laatiminen")
    tab_to(page, "a[hreflang=sv]")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    tab_to(page, ".prose a.section-link", "16 §")
    page.keyboard.press("Enter")
    expect(page.locator(".law-inline")).to_contain_text("Integrationsplan")
    tab_to(page, ".law-inline a")
    page.keyboard.press("Enter")

    page.wait_for_url("**/sv/lag/681-2023/16/")


def test_what_opens_in_a_text_is_closed_with_escape_and_the_focus_returns(starter_site, window):
    page = window()
    page.goto("/fi/ohjeet/kotoutumissuunnitelma/")

    tab_to(page, ".term a")
    expect(page.locator(".term__means").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".term__means").first).to_be_hidden()
    tab_to(page, ".prose a.section-link")
    page.keyboard.press("Enter")
    expect(page.locator(".law-inline a").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator(".law-inline")).to_have_count(0)
    expect(page.locator("a.section-link:focus")).to_have_attribute("aria-expanded", "false")


def test_a_section_that_cannot_be_fetched_keeps_its_link(starter_site, window):
    page = window()
    page.route("**/inline/", lambda route: route.abort())
    page.goto("/en/guidance/integration-plan/")

    tab_to(page, ".prose a.section-link")
    page.keyboard.press("Enter")

    expect(page.locator(".law-inline")).to_contain_text("could not be fetched")
    tab_to(page, ".law-inline a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/law/681-2023/*/")


def test_reader_says_without_a_mouse_that_a_page_did_not_help(starter_site, window):
    page = window()
    page.goto("/en/guidance/integration-plan/")

    tab_to(page, ".opinion summary", steps=200)
    page.keyboard.press("Enter")
    tab_to(page, ".opinion input[type=radio]")
    page.keyboard.press("ArrowDown")
    write(page, ".opinion textarea", "The third step is missing.")
    tab_to(page, ".opinion button", "Send")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/about/feedback/page/thanks/**")
    tab_to(page, "main a", "Back to the page")
    page.keyboard.press("Enter")

    page.wait_for_url("**/en/guidance/integration-plan/")


def test_first_stop_leads_past_the_header(window):
    page = window()
    page.goto("/en/law/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#main"


def test_organisation_applies_without_a_mouse(window):
    call_command("import_places", verbosity=0)
    load_topics(lambda done, total: None)
    person = UserFactory(password=PASSWORD, language="en")
    page = window()
    page.goto("/en/partners/join/")
    tab_to(page, "main a", "Sign in")
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    write(page, "input[name=login]", person.email)
    write(page, "input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/partners/join/")

    write(page, "input[name=business_id]", "9900003-4")
    write(page, "input[name=name_fi]", "Tervetulotalo (esimerkki)")
    write(page, "select[name=kind]", "Ass")
    tab_to(page, "summary", "Employment areas")
    page.keyboard.press("Enter")
    tab_to(page, "input[name=areas]")
    page.keyboard.press("Space")
    tab_to(page, "input[name=topics]")
    page.keyboard.press("Space")
    write(page, "textarea[name=description_fi]", "Esimerkki.")
    write(page, "input[name=email]", "talo@example.org")
    write(page, "textarea[name=motivation]", "We look for others.")
    for name in ("principles", "terms", "authority"):
        tab_to(page, f"input[name={name}]")
        page.keyboard.press("Space")
    tab_to(page, "button[type=submit]", "Send the application")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Tervetulotalo (esimerkki)")
    assert not page.url.endswith("/join/")
