"""An organisation applies, is asked for more, is approved by two people, and is found."""

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
    go_on = page.get_by_role("button", name="Save and go on")
    page.fill("input[name=name_fi]", NAME)
    page.fill("input[name=business_id]", "9900003-4")
    page.select_option("select[name=kind]", "association")
    go_on.click()
    page.fill("input[name=areas]", "TA05")
    page.locator("input[name=topics]").first.check()
    page.fill("textarea[name=description]", "Example. An open meeting place for newcomers.")
    go_on.click()
    page.fill("input[name=email]", "talo@example.org")
    page.fill("textarea[name=motivation]", "We look for others who open their doors.")
    go_on.click()
    for box in page.locator("fieldset").last.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Send the application").click()


def open_case(window, person):
    page = window()
    sign_in(page, person)
    page.goto("/cms/memberships/")
    page.get_by_role("link", name=NAME).first.click()
    return page


def test_organisation_applies_and_becomes_a_partner(window):
    call_command("import_places", verbosity=0)
    load_topics(lambda done, total: None)
    owner = UserFactory(password=PASSWORD, language="en")
    applicant, reader = window(width=360), window()
    sign_in(applicant, owner)
    apply(applicant)
    expect(applicant.locator("main")).to_contain_text(NAME)
    assert reader.goto("/en/partners/tervetulotalo-esimerkki/").status == 404
    assert NAME not in searched(reader, "/fi/haku/?q=tervetulotalot")

    first = UserFactory(role="programme", password=PASSWORD, language="en")
    team = open_case(window, first)
    team.fill("textarea#return-text", "Who comes there?")
    team.get_by_role("button", name="Return for more").click()
    applicant.goto("/en/partners/mine/")
    applicant.get_by_role("link", name="Answer and send in again").click()
    applicant.fill("textarea[name=text]", "Everybody.")
    applicant.get_by_role("button", name="Send in again").click()

    team.reload()
    for box in team.locator("input[value=met]").all():
        box.check()
    team.locator("input[name=decision][value=approve]").check()
    team.get_by_role("button", name="Put before a second reader").click()
    expect(team.locator("main")).to_contain_text("You made this proposal")
    second = open_case(window, UserFactory(role="programme", password=PASSWORD, language="en"))
    second.get_by_role("button", name="Approve as the second reader").click()
    expect(second.locator(".messages")).to_be_visible()

    reader.goto("/en/partners/")
    reader.get_by_role("link", name=NAME).click()
    expect(reader.locator("h1")).to_contain_text(NAME)
    assert NAME in searched(reader, "/fi/haku/?q=tervetulotalot")
    assert [letter.to for letter in Letter.objects.order_by("pk")] == [owner.email] * 4
