"""Sections that pages name in plain words: reviewed like links, shown to editors, linked, told."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageLogEntry

from content.editorial import mentions
from content.pages.mentions import with_link
from content.pages.models import ChangeKind, GuidanceArticlePage
from content.pages.related import written_out
from law import impact_reviews
from law.models import ImpactReview
from law.references import Closeness, backlinks_to
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, publish
from tests.factories.law import ActFactory, AmendmentEffectFactory, ChapterFactory, SectionFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

WORDS = {
    "fi": ("<p>Arviointi tehdään 14 §:n 2 momentin mukaan.</p>", "14 §:n"),
    "sv": ("<p>Bedömningen görs enligt 14 § 2 mom. i lagen.</p>", "14 §"),
    "en": ("<p>The assessment follows section 14, subsection 2.</p>", "section 14"),
}


@pytest.fixture
def section():
    return SectionFactory(act=ActFactory(number=681, year=2023), number="14")


def text(html):
    return {"type": "text", "value": html}


def article(html, **fields):
    return ArticleFactory(body=[text(html)], **fields)


def source(page):
    """The body of the newest draft as it is kept."""
    draft = GuidanceArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()
    return [block["value"] for block in draft.body.get_prep_value()]


def test_a_page_that_only_names_a_section_is_reviewed_when_it_changes(section):
    page = article(WORDS["fi"][0], language="fi")

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    assert ImpactReview.objects.get().subject == str(page.pk)
    [(_kind, item)] = backlinks_to([section], AnonymousUser(), "fi")[section.pk]
    assert item.closeness == Closeness.MENTIONED


def test_the_words_of_a_summary_and_of_a_table_count_too(section):
    cells = {
        "caption": "Caption",
        "columns": [{"type": "text", "heading": "Where"}],
        "rows": [{"values": ["14 §"]}],
    }
    table = {"type": "table", "value": {"cells": cells, "first_column_is_header": False}}
    pages = [ArticleFactory(summary="What section 14 says."), ArticleFactory(body=[table])]

    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    subjects = set(ImpactReview.objects.values_list("subject", flat=True))
    assert subjects == {str(page.pk) for page in pages}


def test_a_review_ends_when_the_words_are_gone(section):
    page = article(WORDS["en"][0])
    impact_reviews.open_tasks([AmendmentEffectFactory(section=section)])

    page.body = page.body.stream_block.to_python([text("<p>Nothing of it.</p>")])
    publish(page, ChangeKind.SUBSTANTIVE)

    assert not ImpactReview.objects.filter(state="open").exists()


def test_what_is_linked_somewhere_on_the_page_is_no_plain_mention(section):
    link = f'<a linktype="section" id="{section.pk}" ref="681/2023:14">section 14</a>'
    page = article(f"<p>See {link}. And section 14 again.</p>")

    assert not written_out().exists()
    assert mentions.mentions_of(page) == []


@pytest.mark.parametrize("language", WORDS)
def test_one_click_links_the_words_in_a_new_draft_and_changes_nothing_else(
    section, language, client, enter
):
    html, words = WORDS[language]
    page = article(html, language=language)
    editor = enter("editor")
    shown = client.get(f"/cms/pages/{page.pk}/edit/").content.decode()
    address = f"/cms/mentions/{page.pk}/{section.pk}/"
    assert f'action="{address}"' in shown

    answer = client.post(address)

    assert answer.url == f"/cms/pages/{page.pk}/edit/"
    tag = f'<a linktype="section" id="{section.pk}" ref="681/2023:14">'
    assert source(page) == [html.replace(words, f"{tag}{words}</a>")]
    page.refresh_from_db()
    assert page.has_unpublished_changes
    assert page.latest_revision.user == editor
    assert page.get_latest_revision_as_object().change_kind == ""
    assert GuidanceArticlePage.objects.get(pk=page.pk).body.get_prep_value()[0]["value"] == html
    assert PageLogEntry.objects.filter(page=page, action="wagtail.edit", user=editor).exists()
    assert "mentions__form" not in client.get(f"/cms/pages/{page.pk}/edit/").content.decode()


def test_a_link_is_set_in_call_outs_and_folded_parts(section):
    callout = {"kind": "note", "title": "On section 14", "text": "<p>As section 14 says.</p>"}
    page = ArticleFactory(body=[{"type": "callout", "value": callout}])

    mentions.link(page, section, by=UserFactory(role="editor"))

    [value] = source(page)
    assert value["title"] == "On section 14"
    assert 'ref="681/2023:14">section 14</a> says' in value["text"]


def test_who_may_not_edit_links_nothing(section, client, enter):
    page = article(WORDS["en"][0])
    enter("statistician")

    assert client.post(f"/cms/mentions/{page.pk}/{section.pk}/").status_code == 302
    assert not page.get_latest_revision_as_object().has_unpublished_changes


def test_what_stands_in_a_heading_alone_cannot_be_linked_and_that_is_said(section, client, enter):
    page = ArticleFactory(body=[{"type": "heading", "value": {"text": "Section 14", "anchor": ""}}])
    enter("editor")

    answer = client.post(f"/cms/mentions/{page.pk}/{section.pk}/", follow=True)

    assert "Add it to the box" in answer.content.decode()
    page.refresh_from_db()
    assert not page.has_unpublished_changes


def test_the_first_free_place_is_linked_whatever_stands_in_the_html():
    known = {"14": 1, "15": 2}
    html = '<p>A &amp; B <a href="/x">section 14</a>, <b>sections 14</b> and 15</p>'

    linked = with_link(html, "14", "<a>", known)
    assert linked == (
        '<p>A &amp; B <a href="/x">section 14</a>, <b><a>sections 14</a></b> and 15</p>'
    )
    assert with_link(html, "15", "<a>", known).endswith("</b> and <a>15</a></p>")
    assert with_link("<p>section <b>14</b></p>", "14", "<a>", known) is None


def test_the_keepers_are_told_each_night_only_of_what_is_new(section):
    lawyer = UserFactory(role="lawyer", language="fi")
    UserFactory(role="editor")
    page = article(WORDS["fi"][0], language="fi", keeper="lawyer", title="Alkuarviointi")

    assert mentions.tell_owners() == 1
    letter = Letter.objects.get()
    assert (letter.to, letter.language) == (lawyer.email, "fi")
    assert "Alkuarviointi: 14\xa0§" in letter.text
    assert f"/cms/pages/{page.pk}/edit/" in letter.text
    assert mentions.tell_owners() == 0

    other = article(WORDS["en"][0], keeper="lawyer", title="Another")
    assert mentions.tell_owners() == 1
    assert "Alkuarviointi" not in Letter.objects.latest("pk").text

    other.body = other.body.stream_block.to_python([])
    other = publish(other, ChangeKind.MINOR)
    mentions.tell_owners()
    other.body = other.body.stream_block.to_python([text(WORDS["en"][0])])
    publish(other, ChangeKind.MINOR)
    assert mentions.tell_owners() == 1


def test_a_section_that_comes_later_is_found_in_the_night(section):
    UserFactory(role="editor")
    article("<p>See section 90 a.</p>")
    assert mentions.tell_owners() == 0

    chapter = ChapterFactory(act=section.act)
    later = SectionFactory(act=section.act, chapter=chapter, number="90a")

    assert mentions.tell_owners() == 1
    assert written_out().get().to_object_id == str(later.pk)


def test_the_edit_page_asks_as_much_for_many_mentions(section):
    few = article("<p>section 14</p>")
    for number in range(40, 60):
        SectionFactory(act=section.act, chapter=section.chapter, number=str(number))
    many = article("<p>sections 14, 40, 41, 42, 43, 44, 45, 46, 47, 48 and 49</p>")

    assert queries_of(lambda: mentions.mentions_of(few)) == queries_of(
        lambda: mentions.mentions_of(many)
    )
