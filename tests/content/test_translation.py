"""An editor has a Finnish article translated into Swedish, segment by segment."""

import pytest
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from content.pages.models import ChangeKind, GuidanceArticlePage, PageChange
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


def press_publish(client, translation, **words):
    page = translation.get_target_instance()
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(address, {"action": "publish"} | words)


def publish_translation(client, translation, **words):
    page = translation.get_target_instance()
    assert press_publish(client, translation, **words).status_code == 302
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


def synchronise(client, translation, **choices):
    address = reverse("wagtail_localize:update_translations", args=[translation.source_id])
    return client.post(address, choices)


def test_a_note_that_nobody_translated_is_asked_for_before_anything_goes_live(
    client, editor, finnish
):
    translation = submit(client, finnish)

    response = press_publish(client, translation)

    assert response.status_code == 200
    assert "Määräaika on uusi." in response.content.decode()
    assert not translation.get_target_instance().live


def test_an_empty_note_is_refused_and_the_field_is_named(client, editor, finnish):
    translation = submit(client, finnish)

    response = press_publish(client, translation, change_note="  ")

    assert "change_note" in response.context["form"].errors
    assert not translation.get_target_instance().live


def test_the_note_that_was_asked_for_is_told_with_the_translation(client, editor, finnish):
    translation = submit(client, finnish)

    swedish = publish_translation(client, translation, change_note="Tidsfristen är ny.")

    [change] = changes_of(swedish)
    assert (change.kind, change.note) == ("substantive", "Tidsfristen är ny.")


def test_a_substantive_change_is_not_lost_behind_a_minor_one(client, editor, finnish):
    translation = submit(client, finnish)
    publish_translation(client, translation, change_note="Första.")
    substantive = publish(finnish, ChangeKind.SUBSTANTIVE, "Toinen muutos.")
    publish(substantive, ChangeKind.MINOR, "")
    synchronise(client, translation)

    assert press_publish(client, translation).status_code == 200
    swedish = publish_translation(client, translation, change_note="Andra ändringen.")

    assert [change.note for change in changes_of(swedish)] == ["Andra ändringen.", "Första."]


def test_a_change_that_the_translation_has_not_taken_in_is_not_told(client, editor, finnish):
    translation = submit(client, finnish)
    publish_translation(client, translation, change_note="Första.")
    publish(finnish, ChangeKind.SUBSTANTIVE, "Toinen muutos.")

    swedish = publish_translation(client, translation)

    assert [change.kind for change in changes_of(swedish)] == ["minor", "substantive"]


def test_synchronising_does_not_publish_a_substantive_change_without_its_note(
    client, editor, finnish
):
    translation = submit(client, finnish)
    swedish = publish_translation(client, translation, change_note="Första.")
    publish(finnish, ChangeKind.SUBSTANTIVE, "Toinen muutos.")

    response = synchronise(client, translation, publish_translations="on")

    assert response.status_code == 200
    assert "publish_translations" in response.context["form"].errors
    assert len(changes_of(swedish)) == 1


def test_synchronising_publishes_a_minor_change(client, editor, finnish):
    translation = submit(client, finnish)
    swedish = publish_translation(client, translation, change_note="Första.")
    publish(finnish, ChangeKind.MINOR, "")

    response = synchronise(client, translation, publish_translations="on")

    assert response.status_code == 302
    assert [change.kind for change in changes_of(swedish)] == ["minor", "substantive"]


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
