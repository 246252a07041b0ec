"""What an editor is asked when publishing, through the real forms of /cms/."""

import pytest
from django.urls import reverse
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.test.utils.form_data import (
    inline_formset,
    nested_form_data,
    rich_text,
    streamfield,
)

from content.pages.models import ChangeKind, GuidanceArticlePage, PageChange
from tests.factories.content import ArticleFactory, home, index, section_link, text
from tests.factories.law import SectionFactory

pytestmark = pytest.mark.django_db


def form_data(page=None, **fields):
    data = {
        "title": page.title if page else "A new article",
        "slug": page.slug if page else "a-new-article",
        "summary": "What it is about.",
        "keeper": "editor",
        "body": streamfield([("text", rich_text("<p>Words.</p>"))]),
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        "deadlines": inline_formset([]),
        "path_order": 50,
        "change_kind": "",
        "change_note": "",
    }
    return nested_form_data(data | fields)


def edit(client, page, **fields):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, form_data(page, **fields))


def add(client, **fields):
    parent = index("guidance", "en")
    address = reverse("wagtailadmin_pages:add", args=["content", "guidancearticlepage", parent.pk])
    return client.post(address, form_data(**fields))


def test_an_article_is_written_and_published_with_a_note(client, editor):
    answer = {"change_kind": "substantive", "change_note": "First."}

    response = add(client, **answer, **{"action-publish": "1"})

    assert response.status_code == 302
    page = GuidanceArticlePage.objects.get(slug="a-new-article")
    assert page.live
    assert PageChange.objects.get(page_id=page.pk).note == "First."


def test_a_draft_needs_no_answer(client, editor):
    response = add(client)

    assert response.status_code == 302
    assert not GuidanceArticlePage.objects.get(slug="a-new-article").live


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ({}, "change_kind"),
        ({"change_kind": "substantive"}, "change_note"),
        ({"change_kind": "substantive", "change_note": "   "}, "change_note"),
        ({"change_kind": "minor"}, "change_kind"),
        ({"change_kind": "withdrawn", "change_note": "No such kind."}, "change_kind"),
    ],
)
def test_publishing_without_an_answer_is_refused_and_keeps_what_was_written(
    client, editor, answer, field
):
    response = add(client, title="Kept", **answer, **{"action-publish": "1"})

    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert "Kept" in response.content.decode()
    assert not GuidanceArticlePage.objects.filter(slug="a-new-article").exists()


def test_a_minor_change_needs_no_note(client, editor):
    page = ArticleFactory()

    response = edit(client, page, change_kind="minor", **{"action-publish": "1"})

    assert response.status_code == 302
    assert PageChange.objects.filter(page_id=page.pk).first().kind == ChangeKind.MINOR


def test_the_question_is_empty_at_each_publication(client, editor):
    page = ArticleFactory()

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert form["change_kind"].value() == ""
    assert form["change_note"].value() == ""


def test_a_draft_keeps_the_answer_that_was_typed(client, editor):
    page = ArticleFactory()
    edit(client, page, change_kind="substantive", change_note="Half a sentence")

    form = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).context["form"]

    assert form["change_note"].value() == "Half a sentence"


def publish_many(client, *pages, **choices):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?" + "&".join(f"id={page.pk}" for page in pages), choices)


def draft(kind, note, **fields):
    page = ArticleFactory(live=False, **fields)
    page.change_kind, page.change_note = kind, note
    page.save_revision()
    return page


@pytest.mark.parametrize(
    ("kind", "note", "published"),
    [
        ("", "", False),
        ("substantive", "", False),
        ("substantive", "New.", True),
        ("minor", "", False),
    ],
)
def test_many_drafts_are_published_at_once_only_with_an_answer_and_its_note(
    client, editor, kind, note, published
):
    page = draft(kind, note)

    publish_many(client, page)

    assert GuidanceArticlePage.objects.get(pk=page.pk).live is published


def test_the_drafts_below_a_page_are_asked_too(client, editor):
    page = draft("substantive", "")

    publish_many(client, page.get_parent(), include_descendants="on")

    assert not GuidanceArticlePage.objects.get(pk=page.pk).live


def test_an_answer_that_was_given_before_does_not_count_again(client, editor):
    page = ArticleFactory()

    publish_many(client, page)

    assert PageChange.objects.filter(page_id=page.pk).count() == 1


def test_a_copy_is_not_published_as_it_is_made(client, editor):
    page = ArticleFactory()
    data = {
        "new_title": "A copy",
        "new_slug": "a-copy",
        "new_parent_page": page.get_parent().pk,
        "publish_copies": "on",
    }

    client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)

    assert not GuidanceArticlePage.objects.filter(slug="a-copy").exists()


def test_the_last_day_is_not_before_the_first_and_the_field_is_named(client, editor):
    days = {"applies_from": "2027-01-01", "applies_to": "2026-12-31"}

    response = add(client, **days, **{"action-publish": "1"})

    assert "applies_to" in response.context["form"].errors


def test_a_script_in_running_text_does_not_reach_the_page(client, editor):
    page = ArticleFactory()
    body = streamfield([("text", rich_text('<p onclick="x()">Words<script>alert(1)</script></p>'))])

    edit(client, page, body=body, change_kind="minor", **{"action-publish": "1"})
    html = client.get(page.url_path).content.decode()

    assert "onclick" not in html
    assert "<script>alert" not in html


def test_a_javascript_link_is_not_kept(client, editor):
    page = ArticleFactory()
    body = streamfield([("text", rich_text('<p><a href="javascript:alert(1)">Words</a></p>'))])

    edit(client, page, body=body, change_kind="minor", **{"action-publish": "1"})

    assert "javascript:" not in client.get(page.url_path).content.decode()


def test_a_link_to_a_section_survives_the_editor(client, editor):
    section = SectionFactory()
    page = ArticleFactory()
    body = streamfield([("text", rich_text(section_link(section), features=["section-link"]))])

    edit(client, page, body=body, change_kind="minor", **{"action-publish": "1"})

    assert (
        f'href="/en/law/681-2023/{section.number}/"' in client.get(page.url_path).content.decode()
    )


def test_headings_get_anchors_that_stay_and_differ(client, editor):
    page = ArticleFactory()
    twice = [("heading", {"text": "Who may", "anchor": ""})] * 2

    edit(client, page, body=streamfield(twice), change_kind="minor", **{"action-publish": "1"})
    page.refresh_from_db()
    assert [heading["anchor"] for heading in page.headings] == ["who-may", "who-may-2"]

    reworded = [("heading", {"text": "Who can", "anchor": "who-may"})]
    edit(client, page, body=streamfield(reworded), change_kind="minor", **{"action-publish": "1"})
    page = GuidanceArticlePage.objects.get(pk=page.pk)
    assert [heading["anchor"] for heading in page.headings] == ["who-may"]


def test_a_table_needs_a_caption_and_headings():
    block = GuidanceArticlePage._meta.get_field("body").stream_block.child_blocks["table"]
    value = block.to_python(
        {
            "cells": {
                "caption": "",
                "columns": [{"type": "text", "heading": ""}],
                "rows": [{"values": ["1"]}],
            }
        }
    )

    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(value)

    assert len(refused.value.block_errors["cells"].messages) == 2


def test_the_chooser_finds_a_section_by_number_and_by_heading(client, editor):
    SectionFactory(number="32a", name_en="Fee for a missed appointment")
    SectionFactory(number="14", name_en="Assessment")

    by_number = client.get(reverse("section_chooser:choose_results") + "?q=32 a §")
    by_word = client.get(reverse("section_chooser:choose_results") + "?q=assess")

    assert "Fee for a missed" in by_number.content.decode()
    assert "Assessment" not in by_number.content.decode()
    assert "Assessment" in by_word.content.decode()


def test_a_draft_can_be_previewed(client, editor):
    page = ArticleFactory()
    page.body = [text("<p>Only in the draft.</p>")]
    page.save_revision()

    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).content.decode()

    assert "Only in the draft." in html
    assert "Only in the draft." not in client.get(page.url_path).content.decode()


def test_the_preview_may_stand_in_the_editors_frame_and_has_the_checks(client, editor):
    page = ArticleFactory()
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, form_data(page))

    response = client.get(address + "?mode=")

    assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert "wagtail-userbar" in response.content.decode()
    assert "wagtail-userbar" not in client.get(page.url_path).content.decode()


def test_the_title_of_a_page_without_an_address_to_write_looks_for_no_field(client, enter):
    enter("editor", is_superuser=True)

    home_form = client.get(reverse("wagtailadmin_pages:edit", args=[home("fi").pk]))
    article_form = client.get(reverse("wagtailadmin_pages:edit", args=[ArticleFactory().pk]))

    assert "data-w-sync-target-value" not in home_form.content.decode()
    assert 'data-w-sync-target-value="#id_slug"' in article_form.content.decode()
