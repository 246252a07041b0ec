"""The style page in a real browser: what axe finds, and what does not fit."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.accounts import UserFactory
from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_style_page_is_accessible_at_every_width_in_light_and_dark(reader):
    sign_in(reader, UserFactory(is_superuser=True))
    found = []

    for scheme in ("light", "dark"):
        for width in (360, 768, 1280):
            reader.emulate_media(color_scheme=scheme)
            reader.set_viewport_size({"width": width, "height": 900})
            reader.goto("/en/about/style/")
            found += [
                (scheme, width, rule["id"], node["target"])
                for rule in Axe().run(reader).response["violations"]
                for node in rule["nodes"]
            ]

    assert found == []


def test_nothing_is_cut_off_on_a_narrow_phone_or_at_four_times_the_size(reader):
    sign_in(reader, UserFactory(is_superuser=True))
    reader.set_viewport_size({"width": 320, "height": 700})

    reader.goto("/en/about/style/")

    assert reader.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_menu_of_a_phone_opens_by_keyboard(reader):
    reader.set_viewport_size({"width": 360, "height": 740})
    reader.goto("/en/")
    law = reader.get_by_role("navigation", name="Main menu").get_by_role("link", name="Law")
    assert not law.is_visible()

    reader.locator(".phone-menu > summary").focus()
    reader.keyboard.press("Enter")

    law.click()
    reader.wait_for_url("**/en/law/")


def test_what_was_wrong_in_a_form_takes_the_focus(reader):
    sign_in(reader, UserFactory(is_superuser=True))

    reader.goto("/en/about/style/")

    assert reader.evaluate("document.activeElement.className") == "error-summary"


def test_printed_page_shows_where_its_links_lead_and_no_menus(reader):
    reader.goto("/en/")

    reader.emulate_media(media="print")

    assert not reader.locator(".site-nav").is_visible()
    link = reader.locator("main a[href^='/']").first
    shown = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert link.get_attribute("href") in shown
