"""An organisation applies, the programme team approves, and it is found."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from portal.mail.models import Letter
from portal.topics.starter import load as load_topics
from tests.factories.accounts import UserFactory

from .conftest import PASSWORD, searched, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Tervetulotalo (esimerkki)"


def apply(page):
    page.goto("/en/partners/join/")
    page.fill("input[name=name_fi]", NAME)
    page.fill("input[name=business_id]", "9900003-4")
    page.select_option("select[name=kind]", "association")
    page.fill("input[name=areas]", "TA05")
    page.locator("input[name=topics]").first.check()
    page.fill("textarea[name=description_fi]", "Esimerkki. Avoin kohtaamispaikka muuttajille.")
    page.fill("input[name=email]", "talo@example.org")
    page.fill("textarea[name=motivation]", "We look for others who open their doors.")
    for box in page.locator("fieldset").last.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Send the application").click()


def test_organisation_applies_and_becomes_a_partner(window):
    call_command("import_places", verbosity=0)
    load_topics(lambda done, total: None)
    owner = UserFactory(password=PASSWORD, language="en")
    applicant, team, reader = window(width=360), window(), window()
    sign_in(applicant, owner)
    apply(applicant)
    expect(applicant.locator("main")).to_contain_text(NAME)
    assert reader.goto("/en/partners/tervetulotalo-esimerkki/").status == 404
    assert NAME not in searched(reader, "/fi/haku/?q=tervetulotalot")

    sign_in(team, UserFactory(role="programme", password=PASSWORD))
    team.goto("/cms/memberships/")
    team.get_by_role("link", name=NAME).first.click()
    team.get_by_role("button", name="Approve").click()
    expect(team.locator(".messages")).to_be_visible()

    reader.goto("/en/partners/")
    reader.get_by_role("link", name=NAME).click()
    expect(reader.locator("h1")).to_contain_text(NAME)
    assert NAME in searched(reader, "/fi/haku/?q=tervetulotalot")
    assert [letter.to for letter in Letter.objects.order_by("pk")] == [owner.email, owner.email]
