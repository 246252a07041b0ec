"""The starter texts: pages in three languages, made once."""

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision

from content.pages import starter
from content.pages.models import GuidanceArticlePage, NewsPage, PageChange, ThemePage
from content.pages.related import written_out
from law.models import Section
from tests.factories.content import publish

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_text_is_published_in_three_languages_with_a_note(starter_site):
    for model in (GuidanceArticlePage, NewsPage, ThemePage):
        pages = model.objects.live()
        keys = pages.values("translation_key").distinct().count()
        assert keys >= 5
        assert pages.count() == 3 * keys
        assert PageChange.objects.filter(page__in=pages.values("pk")).exclude(note="").count() == (
            pages.count()
        )


def test_links_are_real_ones(starter_site):
    page = GuidanceArticlePage.objects.get(url_path="/en/guidance/assessment-of-skills/")
    source = str(page.body.get_prep_value())

    assert 'linktype="section"' in source
    assert 'linktype="page"' in source
    assert "data-" not in source
    assert page.sections


def test_the_guide_to_client_data_knows_every_right_of_access_that_has_changed(starter_site):
    pages = GuidanceArticlePage.objects.filter(
        slug__in=["asiakastiedot", "kunduppgifter", "client-data"]
    )

    assert pages.count() == 3
    for page in pages:
        raw = page.body.get_prep_value()
        tables = [block["value"]["cells"] for block in raw if block["type"] == "table"]
        [new] = [row for row in tables[-1]["rows"] if "92\xa0a" in str(row["values"][-1])]
        assert all(number in new["values"][-1] for number in ("83", "92\xa0b"))
        assert "1376/2025" in tables[-1]["caption"]
        named = {section.number for section in page.sections}
        assert {"83", "86", "92", "92a", "92b", "94"} <= named


def test_no_section_is_named_without_a_reference(starter_site):
    left = written_out().values_list("object_id", "to_object_id")

    assert [
        (Page.objects.get(pk=page).url_path, Section.objects.get(pk=section).number)
        for page, section in left
    ] == []


def test_a_second_run_makes_and_changes_nothing(starter_site):
    before = Page.objects.count(), Revision.objects.count()

    starter.load()

    assert (Page.objects.count(), Revision.objects.count()) == before


def test_what_an_editor_has_touched_is_left_alone(starter_site, people):
    page = GuidanceArticlePage.objects.filter(locale__language_code="en").first()
    page.title = "The editors' own title"
    publish(page, user=people["editor"])

    starter.load()

    page.refresh_from_db()
    assert page.title == "The editors' own title"


def test_what_nobody_has_touched_is_brought_up_to_the_file(starter_site):
    page = GuidanceArticlePage.objects.filter(locale__language_code="en").first()
    GuidanceArticlePage.objects.filter(pk=page.pk).update(summary="An older text.")

    starter.load()

    page.refresh_from_db()
    assert page.summary != "An older text."


def test_the_reference_index_agrees_with_a_rebuild(starter_site):
    def referred():
        return {page.pk: len(page.sections) for page in GuidanceArticlePage.objects.order_by("pk")}

    before = referred()
    call_command("rebuild_references_index", verbosity=0)

    assert referred() == before
    assert any(before.values())


def test_every_starter_page_opens(starter_site, client):
    answers = {
        page.url_path: client.get(page.url_path).status_code
        for page in Page.objects.live().filter(depth__gt=1)
    }

    assert [path for path, status in answers.items() if status != 200] == []
