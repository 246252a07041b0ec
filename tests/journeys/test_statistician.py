"""A statistician sends a file, reads the check, imports it and sees the chart."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.factories.accounts import UserFactory
from tests.factories.monitoring import IndicatorFactory

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEADER = "indicator,area,time,value,status,source_url,note\n"


def file(*lines):
    text = HEADER + "".join(f"{line}\n" for line in lines)
    return {"name": "values.csv", "mimeType": "text/csv", "buffer": text.encode()}


def test_statistician_imports_values_and_sees_the_chart(window):
    call_command("import_places", verbosity=0)
    indicator = IndicatorFactory(name_en="Example indicator", period="year", kind="count")
    key = indicator.slug
    page = window()
    sign_in(page, UserFactory(role="statistician", password=PASSWORD))
    page.goto("/cms/releases/new/")

    page.set_input_files("input[type=file]", file(f"{key},FI,2023,abc,,,", f"{key},XX1,2024,5,,,"))
    page.get_by_role("button", name="Check the file").click()
    expect(page.locator("main")).to_contain_text("abc")
    expect(page.locator("main")).to_contain_text("XX1")

    page.goto("/cms/releases/new/")
    good = [f"{key},FI,{year},{value},,," for year, value in enumerate(range(100, 600, 100), 2020)]
    page.set_input_files("input[type=file]", file(*good))
    page.get_by_role("button", name="Check the file").click()
    page.get_by_role("button", name="Import these values").click()
    expect(page.locator(".messages")).to_be_visible()

    page.goto(f"/en/indicators/{key}/")
    expect(
        page.locator("main svg[role=img], main svg[role=group], main figure svg").first
    ).to_be_visible()
    expect(page.locator("main table")).to_contain_text("500")
    csv = page.request.get(f"/en/indicators/{key}.csv").text()
    assert "500" in csv
