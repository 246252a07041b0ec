"""The style page in a real browser: what axe finds, and what does not fit."""

import itertools

import pytest
from axe_playwright_python.sync_playwright import Axe

from portal.languages import LANGUAGES
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory
from tests.factories.law import SectionFactory
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

    reader.wait_for_function("document.activeElement.className === 'error-summary'")


def test_printed_page_shows_where_its_links_lead_and_no_menus(reader):
    reader.goto(SectionFactory().get_absolute_url())

    reader.emulate_media(media="print")

    assert not reader.locator(".site-nav").is_visible()
    link = reader.locator("main a[href^='https://']").first
    shown = link.evaluate("element => getComputedStyle(element, '::after').content")
    assert link.get_attribute("href") in shown


LATE = """const ask = window.fetch;
window.fetch = (...it) => new Promise(
  (...done) => setTimeout(() => ask(...it).then(...done), 500)
);"""


@pytest.fixture
def suggesting(reader):
    """A search field of the home page whose suggestions come half a second late."""
    suggestions = [{"title": "Areas", "url": "/en/areas/", "kind": "Page"}]
    reader.route("**/suggest/*", lambda route: route.fulfill(json={"suggestions": suggestions}))
    reader.add_init_script(LATE)
    reader.goto("/en/")
    return reader.locator("[data-suggest]").first


@pytest.mark.parametrize("leave", ["Tab", "Escape"])
def test_an_answer_that_comes_late_opens_nothing(reader, suggesting, leave):
    suggesting.press_sequentially("are")
    reader.wait_for_timeout(250)
    suggesting.press(leave)
    reader.wait_for_timeout(900)

    assert suggesting.get_attribute("aria-expanded") == "false"


def test_the_middle_button_opens_a_suggestion_beside(reader, suggesting):
    suggesting.press_sequentially("are")
    option = reader.locator("[role=option]").first
    option.wait_for()

    with reader.expect_popup() as beside:
        option.click(button="middle")

    assert beside.value.url.endswith("/en/areas/")
    assert reader.url.endswith("/en/")
    option.click()
    reader.wait_for_url("**/en/areas/")


def test_nothing_is_asked_while_a_word_is_composed(reader, suggesting):
    suggesting.focus()
    composing = """(field, composing) => {
        field.value = "are";
        field.dispatchEvent(new InputEvent("input", {isComposing: composing, bubbles: true}));
    }"""
    suggesting.evaluate(composing, True)
    reader.wait_for_timeout(900)
    assert suggesting.get_attribute("aria-expanded") == "false"

    suggesting.evaluate(composing, False)
    reader.locator("[role=option]").first.wait_for()


def test_suggestions_are_chosen_by_keyboard_and_told_to_a_screen_reader(reader):
    sign_in(reader, UserFactory(is_superuser=True))
    asked = []

    def answer(route):
        asked.append(route.request.url)
        suggestions = [
            {"title": "<b>Law</b>", "url": "/en/law/", "kind": "Page"},
            {"title": "Areas", "url": "/en/areas/", "kind": "Page"},
        ]
        route.fulfill(json={"suggestions": suggestions})

    reader.route("**/suggestions-of-the-sample/*", answer)
    reader.goto("/en/about/style/")
    field = reader.locator("#sample-search")
    field.evaluate(
        """field => Object.assign(field.dataset, {
            suggest: "/suggestions-of-the-sample/", some: "Some", none: "None"})"""
    )
    reader.add_script_tag(url="/static/js/suggest.js")
    field.press_sequentially("la w")
    options = reader.locator("#sample-search-suggestions [role=option]")
    options.first.wait_for()

    assert asked[-1].endswith("?q=la%20w")
    assert options.first.text_content() == "<b>Law</b> Page"
    assert field.get_attribute("aria-expanded") == "true"
    assert Axe().run(reader).response["violations"] == []

    field.press("ArrowDown")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == options.nth(1).get_attribute("id")
    field.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"

    field.press("x")
    options.first.wait_for()
    field.press("ArrowUp")
    field.press("Enter")
    reader.wait_for_url("**/en/areas/")


CELLS = {
    "caption": "Tarkoitukset ja säilytysajat",
    "columns": [
        {"type": "text", "heading": heading}
        for heading in ("Tarkoitus", "Tiedot", "Oikeusperuste", "Säilytysaika")
    ],
    "rows": [
        {
            "values": [
                "Palaute saavutettavuudesta",
                "Sähköpostiosoite, jos annat sen, ja sivu, jota palaute koskee",
                "Lakisääteinen velvoite, laki 306/2019",
                "Kaksi vuotta käsittelyn päättymisestä",
            ]
        }
    ],
}


def accessibility_tree(reader):
    """What the browser itself tells a screen reader, whatever the styles display."""
    browser = reader.context.new_cdp_session(reader)
    return browser.send("Accessibility.getFullAXTree")["nodes"]


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_no_column_of_a_table_is_cut_and_it_stays_a_table(window, width):
    block = {"type": "table", "value": {"cells": CELLS, "first_column_is_header": True}}
    page = ArticleFactory(body=[block], language="fi")
    reader = window(width=width)

    reader.goto(page.url_path)

    inside = "table => table.scrollWidth - table.parentElement.clientWidth"
    assert reader.locator("main table").evaluate(inside) <= 0
    row = reader.get_by_role("table").get_by_role("row").nth(1)
    told = [node["role"]["value"] for node in accessibility_tree(reader)]
    roles = ("table", "columnheader", "row", "rowheader", "cell")
    assert [told.count(role) for role in roles] == [1, 4, 2, 1, 3]
    cell = row.get_by_role("cell").last
    named = cell.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert named == ('"Säilytysaika"' if width == 360 else "none")


def test_main_menu_takes_one_line_of_a_desk(window, starter_site):
    desk = window(width=1280)
    heights = {}
    for language in LANGUAGES:
        desk.goto(f"/{language}/")
        link, menu = (
            desk.locator(f".site-nav {part}").first.bounding_box()["height"]
            for part in ("a", ".menu")
        )
        heights[language] = round(menu / link)

    assert heights == {"fi": 1, "sv": 1, "en": 1}


def test_steps_of_the_application_have_one_number_and_stand_apart(window, starter_site):
    phone = window(width=360)
    sign_in(phone, UserFactory(language="fi"))
    phone.goto("/fi/kumppanit/liity/")

    steps = phone.locator("main nav ol")
    assert steps.evaluate("list => getComputedStyle(list).listStyleType") == "none"
    boxes = [one.bounding_box() for one in steps.locator("li").all()]
    for one, other in itertools.pairwise(boxes):
        below = other["y"] >= one["y"] + one["height"]
        assert below or other["x"] >= one["x"] + one["width"] + 8
