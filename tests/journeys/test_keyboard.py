"""The journeys by keyboard alone: everything is reached, and what has the focus shows it."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from portal.topics.starter import load as load_topics
from search.queue import drain
from tests.factories import questions
from tests.factories.accounts import UserFactory

from .conftest import PASSWORD, sign_in

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
    page.wait_for_load_state()
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

    write(page, "main form[role=search] input", "kotoutumissuunnitelman laatiminen")
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

    expect(page).to_have_url(re.compile("#main$"))


def go_on(page):
    tab_to(page, "button[type=submit]", "Save and go on")
    with page.expect_navigation():
        page.keyboard.press("Enter")


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
    go_on(page)
    write(page, "input[name=areas]", "TA05")
    tab_to(page, "input[name=topics]")
    page.keyboard.press("Space")
    write(page, "textarea[name=description]", "Example.")
    go_on(page)
    write(page, "input[name=email]", "talo@example.org")
    write(page, "textarea[name=motivation]", "We look for others.")
    go_on(page)
    for name in ("principles", "terms", "authority"):
        tab_to(page, f"input[name={name}]")
        page.keyboard.press("Space")
    tab_to(page, "button[type=submit]", "Send the application")
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Tervetulotalo (esimerkki)")
    expect(page).not_to_have_url(re.compile("/join/"))


def test_a_question_is_found_narrowed_asked_and_withdrawn_without_a_mouse(starter_site, window):
    drain()
    page = window()
    sign_in(page, UserFactory(password=PASSWORD, language="en"))
    page.goto("/en/questions/")
    tab_to(page, "select[name=validity]")
    page.keyboard.press("v")
    tab_to(page, ".filters button", "Show")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/?*validity=valid*")
    tab_to(page, "main a", "Ask a legal question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/ask/")

    write(page, "input[name=title]", "Is the day of arrival the first day?")
    write(page, "textarea[name=text]", "Our switchboard is 09 123 4567. From which day?")
    expect(page.locator(".findings mark")).to_have_text("09 123 4567")
    expect(page.locator(".matches h3").first).to_be_visible()
    tab_to(page, ".findings input[name=confirmed]")
    page.keyboard.press("Space")
    expect(page.locator(".findings--done")).to_be_visible()
    expect(page.locator(".findings input:focus")).to_have_count(1)
    tab_to(page, ".matches button", "This answers my question")
    write(page, "select[name=audience]", "Muni")
    tab_to(page, "main form button", "end the question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/questions/mine/*/")
    tab_to(page, "main a", "Withdraw the question")
    page.keyboard.press("Enter")
    page.wait_for_url("**/withdraw/")
    tab_to(page, "main button", "Withdraw the question")
    page.keyboard.press("Enter")

    expect(page.locator("main .page-header")).to_contain_text("Withdrawn")


def test_two_lawyers_answer_without_a_mouse(starter_site, window):
    questions.triaged(title="Whose task is it?")
    first, second = (UserFactory(role="lawyer", password=PASSWORD) for _lawyer in range(2))
    page, other = window(), window()
    sign_in(page, first)
    sign_in(other, second)
    page.goto("/cms/legal-questions/")
    press(page, page.get_by_role("link", name="Whose task is it?").first)
    press(page, page.get_by_role("button", name="I will answer this"))
    answer = page.get_by_label("Answer to the asker")
    answer.focus()
    page.keyboard.type("The municipality’s.")
    press(page, page.get_by_role("button", name="Submit for checking"))
    expect(page.locator(".messages")).to_contain_text("waits for the second lawyer")

    other.goto(page.url)
    press(other, other.get_by_role("button", name="I will check this answer"))
    press(other, other.get_by_role("button", name="Approve and send"))

    expect(other.locator(".messages")).to_contain_text("sent to the asker")


def press(page, control):
    control.focus()
    page.keyboard.press("Enter")
