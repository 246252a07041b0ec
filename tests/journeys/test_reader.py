"""A newcomer finds an article by an inflected word, reads it, changes language, opens the law."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Kotoutumissuunnitelma:"


def test_reader_finds_an_article_and_the_law_behind_it(starter_site, window):
    page = window()
    page.goto("/fi/")
    page.locator("main form[role=search] input[name=q]").first.fill(
        "kotoutumissuunnitelman laatiminen"
    )
    page.keyboard.press("Enter")
    expect(page.locator("main mark").first).to_be_visible()
    page.locator("main").get_by_role("link", name=TITLE).first.click()
    expect(page.locator("h1")).to_contain_text(TITLE)

    page.get_by_role("link", name="På svenska").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "sv")
    expect(page.locator("h1")).not_to_contain_text(TITLE)
    page.locator(".prose").get_by_role("link", name="16 §").first.click()
    words = page.get_by_role("region", name="16 §")
    expect(words).to_contain_text("Integrationsplan")
    words.get_by_role("link", name="Öppna paragrafens sida").click()

    expect(page).to_have_url(re.compile(r"/sv/lag/681-2023/16/$"))
    expect(page.locator("main")).to_contain_text("Integrationsplan")


def test_reader_goes_from_home_to_the_own_area_in_two_clicks(starter_site, window):
    page = window()
    page.goto("/fi/")

    page.locator("main").get_by_role("link", name="kaikki alueet").first.click()
    page.locator("main li").get_by_role("link", name="Oulun seutu").first.click()

    expect(page).to_have_url(re.compile("/fi/alueet/TA"))
    expect(page.locator("h1")).to_contain_text("Oulun seutu")
