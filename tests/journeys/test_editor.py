"""An editor writes in Finnish, publishes with a change note, and translates to Swedish."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from content.pages.models import GuidanceArticlePage, GuidanceIndexPage
from tests.factories.accounts import UserFactory

from .conftest import PASSWORD, searched, sign_in, translate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TITLE = "Kuntien alkukartoitusten aikataulut"
SUMMARY = "Milloin kunta arvioi maahanmuuttajan osaamisen ja palvelutarpeen."
SECTION = "/fi/laki/681-2023/14/"


@pytest.fixture
def editor(window, settings):
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # or it may save at the moment of a click
    call_command("import_law", verbosity=0)
    page = window()
    sign_in(page, UserFactory(role="editor", password=PASSWORD))
    return page


def write_draft(page):
    """Fill a new article in, refer to section 14, and save it as a draft."""
    parent = GuidanceIndexPage.objects.get(locale__language_code="fi")
    page.goto(f"/cms/pages/add/content/guidancearticlepage/{parent.pk}/")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=summary]", SUMMARY)
    page.click("button[title='Insert a block']")
    page.get_by_role("option", name="Sections of the law").click()
    page.locator("[data-contentpath=sections] button[title='Add']").first.click()
    page.get_by_role("button", name="Choose a section").click()
    page.locator(".modal").get_by_role("link", name=re.compile("14 §")).click()
    expect(page.locator(".modal")).to_have_count(0)
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages")).to_contain_text(TITLE)


def publish(page, note):
    page.get_by_role("tab", name="This change").click()
    page.get_by_label("Substantive change").check()
    page.fill("textarea[name=change_note]", note)
    page.locator("footer .w-dropdown__toggle").first.click()
    page.get_by_role("button", name="Publish").click()
    expect(page.locator(".messages")).to_contain_text("published")


def test_article_is_written_published_and_translated(editor, reader):
    write_draft(editor)
    article = GuidanceArticlePage.objects.get(title=TITLE)
    assert reader.goto(article.url).status == 404
    assert TITLE not in reader.goto(SECTION).text()

    publish(editor, "Uusi ohje aikatauluista.")

    assert reader.goto(article.url).status == 200
    expect(reader.locator("main")).to_contain_text("Uusi ohje aikatauluista.")
    assert TITLE in reader.goto("/fi/uutiset/feed.atom").text()
    assert TITLE in reader.goto(SECTION).text()
    assert TITLE in searched(reader, "/fi/haku/?q=alkukartoitusten+aikataulu")

    editor.goto(f"/cms/localize/submit/page/{article.pk}/")
    editor.get_by_label("svenska").check()
    editor.get_by_role("button", name="Submit").click()
    editor.wait_for_url("**/edit/")
    translate(editor, ["Kommunernas tidtabeller", "När kommunen bedömer kompetensen."])
    editor.get_by_role("tab", name="This change").click()
    translate(editor, ["Ny anvisning om tidtabeller."])
    editor.get_by_role("tab", name="Address and schedule").click()
    translate(editor, ["kommunernas-tidtabeller"])
    editor.get_by_role("button", name="Publish in svenska").click()
    expect(editor.locator(".messages")).to_contain_text("Published 'Kommunernas tidtabeller'")

    translation = GuidanceArticlePage.objects.get(title="Kommunernas tidtabeller")
    reader.goto(article.url)
    reader.get_by_role("link", name="På svenska").first.click()
    expect(reader.locator("h1")).to_have_text("Kommunernas tidtabeller")
    assert reader.url.endswith(translation.url)
    expect(reader.locator("main")).to_contain_text("Ny anvisning om tidtabeller.")
    assert "Kommunernas tidtabeller" in reader.goto("/sv/nyheter/feed.atom").text()
    assert "Kommunernas tidtabeller" in searched(reader, "/sv/sok/?q=kommunerna+tidtabell")


def test_article_is_published_at_its_time(editor, reader):
    write_draft(editor)
    article = GuidanceArticlePage.objects.get(title=TITLE)
    editor.get_by_role("tab", name="This change").click()
    editor.get_by_label("Substantive change").check()
    editor.fill("textarea[name=change_note]", "Uusi ohje aikatauluista.")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.locator(".messages")).to_contain_text(TITLE)
    draft = GuidanceArticlePage.objects.get(pk=article.pk).get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision().publish()  # Wagtail's own way to schedule what lies ahead
    call_command("publish_scheduled")
    assert reader.request.get(article.url).status == 404

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")

    assert reader.request.get(article.url).status == 200
    assert TITLE in reader.request.get("/fi/uutiset/feed.atom").text()
    assert TITLE in reader.request.get(SECTION).text()
    assert "Uusi ohje aikatauluista." in reader.request.get(article.url).text()
    assert TITLE in searched(reader, "/fi/haku/?q=alkukartoitusten+aikataulu")
