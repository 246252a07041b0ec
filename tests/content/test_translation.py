"""An editor has a Finnish article translated into Swedish, segment by segment."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.models import ChangeKind, GuidanceArticlePage, PageChange
from tests.factories.content import ArticleFactory, law_box, publish, section_link, text
from tests.factories.law import SectionFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db(transaction=True)

TABLE = {
    "type": "table",
    "value": {
        "cells": {
            "caption": "Määräajat",
            "columns": [
                {"type": "text", "heading": "Vaihe"},
                {"type": "number", "heading": "Päivää"},
            ],
            "rows": [{"values": ["Arviointi", "14"]}],
        },
        "first_column_is_header": True,
    },
}


@pytest.fixture
def finnish(db):
    section = SectionFactory()
    page = ArticleFactory(
        title="Arviointi",
        slug="arviointi",
        language="fi",
        topics=[TopicFactory()],
        body=[
            {"type": "heading", "value": {"text": "Kuka", "anchor": "kuka"}},
            text(section_link(section, "pykälä")),
            TABLE,
            law_box(section),
        ],
    )
    return publish(page, ChangeKind.SUBSTANTIVE, "Määräaika on uusi.")


def submit(client, page):
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    swedish = Locale.objects.get(language_code="sv")
    response = client.post(address, {"locales": [swedish.pk]})
    assert response.status_code == 302
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation):
    """Every segment gets a Swedish text: the Finnish one with "sv " in front."""
    for segment in StringSegment.objects.filter(source=translation.source):
        data = segment.string.data
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            defaults={"data": "arviointi-sv" if data == "arviointi" else _in_swedish(data)},
        )


def _in_swedish(html):
    return html.replace(">", ">sv ", 1) if html.startswith("<") else f"sv {html}"


def publish_translation(client, translation):
    page = translation.get_target_instance()
    response = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"action": "publish"}
    )
    assert response.status_code == 302
    return GuidanceArticlePage.objects.get(pk=page.pk)


def changes_of(page):
    return list(PageChange.objects.filter(page_id=page.pk))


def test_the_whole_of_an_article_is_translated_and_carries_its_change(client, editor, finnish):
    translation = submit(client, finnish)
    translate(translation)

    swedish = publish_translation(client, translation)
    html = client.get(swedish.url_path).content.decode()

    assert swedish.live
    assert "sv Kuka" in html
    assert 'id="kuka"' in html
    assert "sv Määräajat</caption>" in html
    assert "sv Arviointi</th>" in html
    assert ">14</td>" in html
    assert "/sv/lag/681-2023/" in html or "/sv/law/681-2023/" in html
    assert list(swedish.topics.all()) == list(finnish.topics.all())
    [change] = changes_of(swedish)
    assert change.kind == ChangeKind.SUBSTANTIVE
    assert change.note == "sv Määräaika on uusi."
    assert change.carries == changes_of(finnish)[0]


def test_a_note_that_nobody_translated_is_not_shown_in_another_language(client, editor, finnish):
    translation = submit(client, finnish)

    swedish = publish_translation(client, translation)

    assert [change.note for change in changes_of(swedish)] == [""]


def test_a_translation_mended_between_changes_of_its_original_is_a_minor_change(
    client, editor, finnish
):
    translation = submit(client, finnish)
    translate(translation)
    publish_translation(client, translation)

    swedish = publish_translation(client, translation)

    assert [change.kind for change in changes_of(swedish)] == ["minor", "substantive"]


def test_a_translation_is_not_seen_before_it_is_published(client, editor, finnish):
    translation = submit(client, finnish)
    page = translation.get_target_instance()
    client.logout()

    assert not page.live
    assert client.get(page.url_path).status_code == 404
    assert "sv" not in client.get(finnish.url_path).context["alternates"]


def test_plain_pages_joined_by_their_key_answer_for_themselves(finnish):
    english = ArticleFactory(language="en", together=finnish)

    publish(english, ChangeKind.MINOR, "")

    assert [change.kind for change in changes_of(english)] == ["minor", "substantive"]
