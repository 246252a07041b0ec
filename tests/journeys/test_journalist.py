"""A journalist takes picture, numbers and citation of a figure from one strip."""

import pytest

from portal.places.models import Area
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_from_the_country_on_one_page_to_a_figure_with_its_picture_numbers_and_citation(window):
    areas = [
        AreaFactory(),
        AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="01", name_en="North"),
    ]
    released_dataset(areas, slug="plans", name_en="Plans made", years=(2022, 2023, 2024))
    page = window(locale="en-GB", permissions=["clipboard-read", "clipboard-write"])

    page.goto("/en/situation/")
    page.click(".situation__figures a:has-text('The figure')")
    strip = page.locator(".reuse")
    files = {link.inner_text(): link.get_attribute("href") for link in strip.locator("a").all()}
    picture, numbers = (page.request.get(files[name]) for name in ("Picture (SVG)", "CSV"))
    strip.get_by_role("button").click()
    strip.get_by_text("Copied").wait_for()
    citation = page.evaluate("navigator.clipboard.readText()")

    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "Plans made" in picture.text() or "Finland" in picture.text()
    assert "FI,_T,2024,10" in numbers.text()
    assert "Plans made" in citation and "/datasets/plans" in citation
