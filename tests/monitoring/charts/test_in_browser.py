"""Every kind of picture in a browser: axe, the order in which it is read out, and the keys."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from monitoring.charts import drawing, summaries
from monitoring.charts.figures import table
from portal import stylesheet
from tests.monitoring.charts.making import EVERY_KIND

pytestmark = pytest.mark.browser
PAGE = """<!doctype html><html lang="en"><head><title>Pictures</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>{css}</style></head>
<body><main><h1>Pictures</h1>{body}</main><script>{script}</script></body></html>"""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def shown(names) -> str:
    """A page of pictures, each with its values as a table, as the site shows them."""
    parts = []
    with override("en"):
        for name in names:
            figure = EVERY_KIND[name]()
            figure = figure.titled(summaries.finding(figure))
            picture = drawing.picture(figure)
            parts.append(render_to_string("monitoring/chart.html", {"picture": picture}))
            parts.append(
                render_to_string(
                    "monitoring/values.html", {"figure": figure, "rows": table(figure)}
                )
            )
    script = (settings.BASE_DIR / "static/js/chart.js").read_text()
    return PAGE.format(css=stylesheet.joined(), body="".join(parts), script=script)


def test_axe_finds_nothing_by_day_and_night_wide_and_narrow(page):
    page.set_content(shown(EVERY_KIND))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    found = []
    for width, scheme in ((1280, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert page.locator(".chart__picture > svg:visible").count() == len(EVERY_KIND)
        for rule in Axe().run(page).response["violations"]:
            found.append((width, rule["id"], [node["target"] for node in rule["nodes"]][:3]))

    assert found == []


def test_a_screen_reader_hears_finding_summary_and_values_in_order(page):
    page.set_content(shown(["lying bars"]))
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")

    heard = page.locator("main").aria_snapshot()

    order = [
        "A figure: from 0.0% (Lapland, Men) to 61.0% (Kainuu, Men)",
        "Women: Lapland 40.0%, Åland 55.5%.",
        "For comparison, Finland: 50.0%.",
        "1 value is missing",
        'columnheader "Women"',
        'rowheader "Lapland"',
        'rowheader "Kainuu"',
        "Suppressed: too few people",
        'rowheader "Åland"',
    ]
    at = 0
    for words in order:
        at = heard.find(words, at)
        assert at >= 0, (words, heard)


def test_keys_and_a_finger_read_the_values_one_by_one(page):
    page.set_content(shown(["bars"]))
    said = page.locator(".chart__said")
    page.locator(".chart__picture").focus()
    heard = []
    for _press in range(3):
        page.keyboard.press("ArrowRight")
        heard.append(said.inner_text())
    page.keyboard.press("End")
    last = said.inner_text()
    page.keyboard.press("Escape")

    assert [words.replace("\u00a0", " ") for words in heard] == [
        "2015: 5 persons", "2016: Suppressed: too few people", "2017: -3 persons",
    ]  # fmt: skip
    assert last.replace("\u00a0", " ") == "2018: 12 persons"
    assert not said.is_visible()
    page.locator(".chart__wide .mark").nth(3).dispatch_event(
        "pointerdown", page.locator(".chart__wide .mark").nth(3).bounding_box()
    )
    assert said.is_visible()
