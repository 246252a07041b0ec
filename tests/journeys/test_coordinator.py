"""A coordinator on a phone: a quota refugee family arrives next week. Five questions, ten taps."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TAPS = 10


class Taps:
    """Taps on a phone, counted."""

    def __init__(self, page):
        self.page, self.number = page, 0

    def on(self, locator):
        self.number += 1
        locator.tap()


def test_five_questions_are_answered_within_ten_taps(starter_site, window):
    page = window(width=390, locale="en-GB", has_touch=True, is_mobile=True)
    taps, main = Taps(page), page.locator("main")
    page.goto("/en/")

    # Who is my partner in Kuopio? One field leads there.
    taps.on(page.get_by_label("Municipality, employment area or region"))
    page.keyboard.type("Kuopiossa")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/en/areas/KU297/$"))
    on_page = page.get_by_role("navigation", name="On this page")
    taps.on(on_page.get_by_role("link", name="Who is in charge here"))
    in_charge = main.get_by_role("region", name="Who is in charge here")
    for words in ("Integration services of Kuopio", "Municipal places and reception", "+358 00"):
        expect(in_charge).to_contain_text(words)
    expect(in_charge).to_contain_text("Team for referral to municipalities")
    expect(in_charge).to_contain_text("invented office, address and number")

    # What must we do, by when, and who pays?
    taps.on(on_page.get_by_role("link", name="What the law asks"))
    law = main.get_by_role("region", name="What the law asks")
    for question, answer in (
        ("What must be done", "Housing, guidance and the services of chapter 2"),
        ("By when", "without delay"),
        ("Who pays", "for a quota refugee and their family member for three"),
    ):
        expect(law.get_by_role("heading", name=question)).to_be_visible()
        expect(law).to_contain_text(answer)

    # What does the Act say?
    taps.on(law.get_by_role("link", name="section 44").first)
    expect(page).to_have_url(re.compile("/en/law/681-2023/44/$"))
    expect(page.locator("h1")).to_contain_text("Municipality's tasks in receiving")
    page.go_back()
    taps.number += 1

    # Which organisations work there?
    taps.on(on_page.get_by_role("link", name="Partners"))
    partners = main.get_by_role("region", name="Partners")
    taps.on(partners.get_by_role("heading").get_by_role("link").first)
    expect(page.locator("main")).to_contain_text("invented")

    assert taps.number <= MOST_TAPS, f"five questions took {taps.number} taps"
