"""Two days compared by keyboard, and a section's trail on one sheet of paper."""

import io
from datetime import date

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from portal.languages import in_language
from tests.factories.law import ActFactory, AmendmentFactory, SectionFactory, SectionVersionFactory

from .test_keyboard import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As long as the longest section of the Act is: five subsections and ten items a language.
WORDS = {
    "fi": "Kunnan on laadittava osaamisen ja palvelutarpeen arviointi sekä suunnitelma, ",
    "sv": "Kommunen ska göra en bedömning av kompetensen och behovet av service, ",
}


def long_text(language, more=""):
    line = (WORDS[language] * 20)[:290]
    items = [f"{n}) {line[:140]};" for n in range(1, 11)]
    first = {"text": f"{line} {more}", "items": items}
    return [first, *({"text": line * 2, "items": []} for _each in range(4))]


@pytest.fixture
def section(transactional_db):
    """Section 14, long, with a wording of each of two years."""
    act = ActFactory()
    section = SectionFactory(act=act, number="14", amended_by=["721/2025"])
    AmendmentFactory(act=act, number=721, year=2025, in_force_from=date(2026, 1, 1))
    for year, more in ((2025, "neuvoo"), (2026, "ohjaa")):
        SectionVersionFactory(
            section=section,
            amendment=act.amendments.first() if year == 2026 else None,
            valid_from=date(year, 1, 1),
            valid_to=date(2025, 12, 31) if year == 2025 else None,
            text_fi=long_text("fi", more),
            text_sv=long_text("sv", more),
        )
    return section


def what_axe_finds(page):
    return [rule["id"] for rule in Axe().run(page).response["violations"]]


def test_two_days_are_compared_and_the_trail_opened_without_a_mouse(section, window):
    page = window(width=360)
    page.goto("/fi/laki/681-2023/14/")

    tab_to(page, ".law-tools a", "Vertaa kahta päivää")
    page.keyboard.press("Enter")
    page.wait_for_url("**/14/compare/")
    tab_to(page, "#on")
    page.keyboard.type("01012025")
    tab_to(page, "#with")
    page.keyboard.type("01012026")
    tab_to(page, ".law-day button")
    page.keyboard.press("Enter")
    page.wait_for_url("**on=2025-01-01&with=2026-01-01**")
    expect(page.locator("del")).to_contain_text("neuvoo")
    expect(page.locator("ins")).to_contain_text("ohjaa")
    assert what_axe_finds(page) == []
    tab_to(page, ".law-compare-act a")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("14")
    assert what_axe_finds(page) == []
    page.goto("/fi/laki/681-2023/14/")
    tab_to(page, ".law-tools a", "tulostettavaksi")
    page.keyboard.press("Enter")
    expect(page.locator(".trail h1")).to_contain_text("14")
    assert what_axe_finds(page) == []
    tab_to(page, ".trail > p > a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/fi/laki/681-2023/14/")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_trail_of_a_long_section_is_printed_on_one_page(section, window, language):
    page = window()
    with in_language(language):
        page.goto(section.address_of("trail"))

    printed = pikepdf.open(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))

    assert len(printed.pages) == 1
