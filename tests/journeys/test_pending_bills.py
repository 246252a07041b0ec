"""A lawyer moves a pending bill on by keyboard, and readers see its stage in three languages."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import translation

from law.models import PendingBill, Section
from portal.languages import LANGUAGES
from tests.factories.accounts import UserFactory
from tests.factories.law import PendingBillFactory, SectionFactory

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bill(transactional_db):
    """One that has a section, a summary in each language, and a stage that is long unchecked."""
    bill = PendingBillFactory(
        number="HE 13/2026",
        sections=[SectionFactory(number="14")],
        confirmed_on="2026-02-23",
        stages=[{"stage": "parliament", "on": "2026-02-01"}],
        summary_fi="Kunta vastaisi palvelusta.",
        summary_sv="Kommunen skulle ansvara för servicen.",
        summary_en="The municipality would answer for the service.",
    )
    return PendingBill.objects.get(pk=bill.pk)


def addresses(bill, language):
    with translation.override(language):
        section = Section.objects.get(number="14")
        return {
            "list": reverse("law:bills"),
            "bill": bill.get_absolute_url(),
            "section": section.get_absolute_url(),
            "act": section.act.get_absolute_url(),
        }


def what_axe_finds(page, part=None):
    return [
        (page.url, rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in Axe().run(page, context=part).response["violations"]
    ]


def test_axe_finds_nothing_and_nothing_scrolls_sideways(window, bill):
    found = []
    page = window()
    for language in LANGUAGES:
        for name, address in addresses(bill, language).items():
            page.goto(address)
            for width in (360, 768, 1280):
                page.set_viewport_size({"width": width, "height": 1000})
                found += what_axe_finds(page) if width != 768 else []
                if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                    found.append((address, width))
                if folder := os.environ.get("PICTURES"):
                    picture = Path(folder) / f"{name}-{language}-{width}.png"
                    page.screenshot(path=picture, full_page=True)

    assert found == []


def test_a_lawyer_moves_a_bill_on_by_keyboard(window, bill):
    reader, lawyer = window(width=360), window()
    sign_in(lawyer, UserFactory(role="lawyer", language="en", password=PASSWORD))
    lawyer.goto("/cms/law-bills/")
    lawyer.get_by_role("link", name="HE 13/2026").focus()
    lawyer.keyboard.press("Enter")
    lawyer.wait_for_url("**/cms/law-bills/*/")
    assert what_axe_finds(lawyer, ".law-changes") == []
    if folder := os.environ.get("PICTURES"):
        lawyer.screenshot(path=Path(folder) / "cms.png", full_page=True)
    form = lawyer.locator("form", has=lawyer.locator('input[value="move"]'))
    form.get_by_label("Stage").focus()
    lawyer.keyboard.type("In plenary")
    form.get_by_role("button", name="Move on").focus()
    lawyer.keyboard.press("Enter")

    lawyer.get_by_text("The bill is in its new stage").wait_for()
    for language, stage in zip(
        LANGUAGES, ("Täysistunnossa", "I plenum", "In plenary session"), strict=True
    ):
        reader.goto(addresses(bill, language)["section"])
        assert stage in reader.inner_text("main")
