"""The public history of a page: every publication, each text as it was, and what changed."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from content.editorial.versions import Piece, compare
from content.pages.models import ChangeKind, PageChange, PageReview, PublishedText
from tests.factories.accounts import UserFactory
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    index,
    law_box,
    publish,
    text,
)
from tests.factories.law import SectionFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db

CANARY = "canary-of-a-draft"


def heading(words, block_id):
    return {"type": "heading", "value": {"text": words, "anchor": words.lower()}, "id": block_id}


def paragraph(html, block_id):
    return text(html) | {"id": block_id}


def rewritten(page, *blocks, note="What changed.", kind=ChangeKind.SUBSTANTIVE):
    page.body = page.body.stream_block.to_python(list(blocks))
    return publish(page, kind, note)


def read(client, address, status=200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


@pytest.fixture
def page(db):
    """Three versions: a text, another, and the second with a minor change."""
    page = ArticleFactory(
        title="Assessment",
        body=[heading("Who", "a1"), paragraph("<p>The plan is made in two weeks.</p>", "b2")],
    )
    page = rewritten(
        page,
        heading("Who", "a1"),
        paragraph("<p>The plan is made in three weeks.</p>", "b2"),
        note="The time is three weeks.",
    )
    return rewritten(
        page,
        heading("Who", "a1"),
        paragraph("<p>The plan is made in three weeks.</p><ul><li>Soon</li></ul>", "b2"),
        kind=ChangeKind.MINOR,
        note="",
    )


def test_every_publication_is_listed_with_its_kind_and_note(client, page):
    html = read(client, page.url_path + "history/")

    assert [html.index(f"Version {number}<") for number in (3, 2, 1)] == sorted(
        html.index(f"Version {number}<") for number in (3, 2, 1)
    )
    assert "The time is three weeks." in html
    assert "Minor change" in html


@pytest.mark.parametrize(
    ("language", "word"), [("fi", "historia"), ("sv", "historik"), ("en", "history")]
)
def test_the_address_of_a_history_is_in_its_language(client, language, word):
    page = ArticleFactory(language=language)

    assert page.history_url == f"{page.url_path}{word}/"
    assert page.history_url in read(client, page.url_path)
    read(client, page.history_url)


def test_what_changed_between_two_versions_is_told_word_by_word(client, page):
    html = read(client, page.url_path + "history/?from=1&to=2")

    assert "two" in html.partition("<del>")[2].partition("</del>")[0]
    assert "three" in html.partition("<ins>")[2].partition("</ins>")[0]
    assert '<p class="comparison__heading">Who</p>' in html


def test_without_numbers_the_last_two_are_compared(client, page):
    html = read(client, page.url_path + "history/?to=2")

    assert "from version 1 to version 2" in html


def test_an_earlier_version_is_read_as_it_was_and_says_so(client, page):
    html = read(client, page.url_path + "history/1/")

    assert "The plan is made in two weeks." in html
    assert "This is an earlier version of “Assessment”" in html
    assert 'name="robots" content="noindex"' in html


def test_the_words_of_a_draft_are_nowhere(client, page):
    page.title, page.summary = CANARY, CANARY
    page.body = page.body.stream_block.to_python([paragraph(f"<p>{CANARY}</p>", "b2")])
    page.change_kind, page.change_note = ChangeKind.SUBSTANTIVE, CANARY
    draft = page.save_revision()
    address = page.url_path + "history/"

    for suffix in ("", "?from=1&to=3", "1/", "2/", "3/"):
        assert CANARY not in read(client, address + suffix)
    read(client, address + "4/", 404)
    read(client, address + f"{draft.pk}/", 404)
    read(client, address + "?from=1&to=4", 400)


def test_a_published_revision_that_is_overwritten_keeps_its_text(client, page):
    page.title = CANARY
    page.save_revision(overwrite_revision=page.latest_revision)

    html = read(client, page.url_path + "history/3/")

    assert CANARY not in html
    assert "• Soon" in html


def test_a_page_that_was_withdrawn_and_is_back_shows_both(client, page):
    page.unpublish()
    read(client, page.url_path + "history/", 404)
    read(client, page.url_path + "history/1/", 404)

    page = publish(page, ChangeKind.MINOR, "")
    html = read(client, page.url_path + "history/?from=3&to=4")

    assert "Withdrawn" in html
    assert "The text of the two versions is the same." in html


def test_the_history_of_a_restricted_page_is_for_those_who_may_see_the_page(client, people, page):
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="lawyer"))

    read(client, page.url_path + "history/", 404)
    read(client, page.url_path + "history/1/", 404)
    client.force_login(people["lawyer"])
    read(client, page.url_path + "history/1/")
    client.force_login(people["editor"])
    read(client, page.url_path + "history/", 404)


def test_what_was_published_for_some_stays_theirs_when_the_page_opens(client):
    page = ArticleFactory(live=False, body=[text(f"<p>{CANARY}</p>")])
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    page = publish(page)
    page = rewritten(page, text("<p>For everybody.</p>"))
    restriction.delete()

    read(client, page.url_path + "history/1/", 404)
    read(client, page.url_path + "history/?from=1&to=2", 400)
    assert CANARY not in read(client, page.url_path + "history/")
    assert "For everybody." in read(client, page.url_path + "history/2/")


def test_the_note_of_a_private_time_stays_private_when_the_page_opens(client):
    page = publish(ArticleFactory(body=[text("<p>For everybody.</p>")]), note="Open note.")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    page = publish(page, note=CANARY)
    client.force_login(UserFactory())
    assert CANARY in read(client, page.url_path)
    client.logout()
    restriction.delete()

    for address in (
        page.url_path,
        page.url_path + "history/",
        page.url_path + "history/?from=1&to=2",
        page.url_path + "history/3/",
        "/en/news/feed.atom",
        "/en/",
    ):
        assert CANARY not in read(client, address)
    assert "Open note." in read(client, page.url_path + "history/")
    assert "Open note." in read(client, "/en/")


def test_an_alias_has_the_history_and_the_dates_of_its_original(client, page):
    alias = page.create_alias(update_slug="alias")
    publish(page, note="The original moved on.", user=UserFactory(role="editor"))

    html = read(client, alias.url_path)
    assert "The original moved on." in html
    assert "The original moved on." in read(client, alias.url_path + "history/")
    assert "two weeks" in read(client, alias.url_path + "history/1/")
    assert not PageChange.objects.filter(page_id=alias.pk).exists()
    assert not PageReview.objects.filter(page_id=alias.pk).exists()
    alias.refresh_from_db()
    page.refresh_from_db()
    assert (alias.changed_at, alias.reviewed_on) == (page.changed_at, page.reviewed_on)
    assert str(page.translation_key) in html


def test_an_alias_of_a_page_that_was_private_keeps_its_notes_private(client):
    page = ArticleFactory(live=False)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    page = publish(page, note=CANARY)
    alias = page.create_alias(update_slug="alias")
    restriction.delete()

    assert CANARY not in read(client, alias.url_path)


def test_a_published_page_without_any_change_is_read(client, page):
    PageChange.objects.filter(page_id=page.pk).delete()

    read(client, page.url_path)
    read(client, page.url_path + "history/")


@pytest.mark.parametrize(
    ("query", "name"),
    [("?from=x", "from"), ("?to=99", "to"), ("?from=0&to=1", "from"), ("?page=x", "page")],
)
def test_a_version_that_there_is_not_is_an_error_that_names_the_parameter(
    client, page, query, name
):
    assert f"“{name}”" in read(client, page.url_path + "history/" + query, 400)


def test_indexes_have_no_history_and_a_page_called_history_is_read(client):
    read(client, "/en/guidance/history/", 404)
    page = ArticleFactory(slug="history", title="A page of this name")

    assert "A page of this name" in read(client, page.url_path)
    assert page.url_path == "/en/guidance/history/"
    assert "Version 1" in read(client, page.url_path + "history/")
    assert index("guidance", "en").url_path == "/en/guidance/"


@pytest.mark.parametrize("factory", [ArticleFactory, NewsFactory, InformationFactory])
def test_each_kind_of_text_has_a_history(client, factory):
    assert "Version 1" in read(client, factory().url_path + "history/")


def test_six_publications_cost_the_queries_of_one(client):
    page = publish(ArticleFactory())
    address = page.url_path + "history/"
    of_one = queries_of_page(client, address)
    of_two_compared = queries_of_page(client, address + "?from=1&to=2")
    for _more in range(5):
        page = publish(page)

    assert queries_of_page(client, address) == of_one <= 12
    assert queries_of_page(client, address + "?from=1&to=6") == of_two_compared <= 14


def test_blocks_of_every_kind_are_kept_in_words(page):
    section = SectionFactory(number="14", name_en="Assessment")
    callout = {"kind": "note", "title": "Mind", "text": "<p>One</p><p>Two</p>"}
    contact = {"name": "Desk", "role": "", "email": "desk@example.org", "phone": ""}
    cells = {
        "caption": "Times",
        "columns": [{"type": "text", "heading": "Step"}, {"type": "number", "heading": "Days"}],
        "rows": [{"values": ["Plan", "14"]}],
    }
    page = rewritten(
        page,
        law_box(section),
        {"type": "callout", "value": callout},
        {"type": "contact", "value": contact},
        {"type": "table", "value": {"cells": cells, "first_column_is_header": True}},
    )

    pieces = PublishedText.objects.get(change=page.history[0]).pieces

    assert [piece["text"] for piece in pieces[2:]] == [
        "section 14 Assessment\nWhy it matters.",
        "Mind\nOne\nTwo",
        "Desk\ndesk (at) example.org",
        "Times\nStep | Days\nPlan | 14",
    ]


def test_a_block_that_came_between_is_told_as_added_and_the_others_as_the_same():
    old = [Piece("1", "text", "First."), Piece("2", "text", "Second.")]
    new = [
        Piece("1", "text", "First."),
        Piece("3", "callout", "New."),
        Piece("2", "text", "Second."),
    ]

    assert [(change.state, change.text) for change in compare(old, new)] == [
        ("same", "First."),
        ("added", "New."),
        ("same", "Second."),
    ]


def test_a_space_that_breaks_no_line_is_no_change():
    old, new = Piece("1", "law", "14 § Palvelut"), Piece("1", "law", "14\xa0§ Palvelut")

    assert [change.state for change in compare([old], [new])] == ["same"]
