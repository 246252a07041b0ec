"""What a publication means for the page's public history, whoever or whatever publishes."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from content.pages.models import ChangeKind, GuidanceArticlePage, PageChange
from tests.factories.content import ArticleFactory, publish

pytestmark = pytest.mark.django_db


def changes_of(page):
    return [(change.kind, change.note) for change in PageChange.objects.filter(page_id=page.pk)]


def test_each_publication_is_a_row_of_the_history_the_newest_first():
    page = ArticleFactory()

    publish(page, ChangeKind.MINOR, "")
    publish(page, ChangeKind.SUBSTANTIVE, "The time limit is two weeks.")

    assert changes_of(page) == [
        ("substantive", "The time limit is two weeks."),
        ("minor", ""),
        ("substantive", "What changed."),
    ]


def test_saving_a_draft_is_no_change():
    page = ArticleFactory()

    page.change_kind = ChangeKind.SUBSTANTIVE
    page.save_revision()

    assert len(changes_of(page)) == 1


def test_a_minor_change_leaves_the_dates_as_they_were():
    with time_machine.travel("2026-01-15T12:00:00+02:00", tick=False):
        page = ArticleFactory()
    with time_machine.travel("2026-03-01T12:00:00+02:00", tick=False):
        page = publish(page, ChangeKind.MINOR, "")

    assert timezone.localdate(page.changed_at).isoformat() == "2026-01-15"
    assert page.review_due_on.isoformat() == "2027-01-15"


def test_a_substantive_change_moves_the_dates():
    with time_machine.travel("2026-01-15T12:00:00+02:00", tick=False):
        page = ArticleFactory()
    with time_machine.travel("2026-03-01T12:00:00+02:00", tick=False):
        page = publish(page, ChangeKind.SUBSTANTIVE, "New.")

    assert timezone.localdate(page.changed_at).isoformat() == "2026-03-01"


def test_an_older_revision_does_not_bring_its_dates_back():
    page = ArticleFactory()
    first = page.latest_revision
    page = publish(page, ChangeKind.SUBSTANTIVE, "New.")

    revived = first.as_object()

    assert revived.changed_at == page.changed_at


def test_withdrawing_a_page_is_in_its_history():
    page = ArticleFactory()

    page.unpublish()

    assert changes_of(page)[0] == ("withdrawn", "")


def test_a_scheduled_publication_holds_what_was_chosen_when_it_was_scheduled():
    page = ArticleFactory(title="Before")
    page.title = "After"
    page.change_kind, page.change_note = ChangeKind.SUBSTANTIVE, "The title is another."
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    assert len(changes_of(page)) == 1

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")

    assert changes_of(page)[0] == ("substantive", "The title is another.")
    assert GuidanceArticlePage.objects.get(pk=page.pk).title == "After"


def test_a_page_that_expires_is_withdrawn():
    page = ArticleFactory()
    page.expire_at = timezone.now() + timedelta(hours=1)
    publish(page, ChangeKind.MINOR, "")

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")

    assert changes_of(page)[0] == ("withdrawn", "")


def test_a_copy_begins_without_history():
    page = ArticleFactory()

    copy = page.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=False)

    assert changes_of(copy) == []
    assert copy.changed_at is None
    assert copy.change_kind == ""


def test_readers_see_the_history_on_the_page(client):
    page = ArticleFactory()
    publish(page, ChangeKind.SUBSTANTIVE, "The time limit is two weeks.")

    html = client.get(page.url_path).content.decode()

    assert "The time limit is two weeks." in html
    assert "Substantive change" in html


def test_a_page_that_no_change_of_the_law_concerns_asks_once_for_its_checks():
    page = ArticleFactory()

    with CaptureQueriesContext(connection) as captured:
        publish(page, ChangeKind.SUBSTANTIVE, "New.")

    assert len([each for each in captured if 'FROM "law_impactreview"' in each["sql"]]) == 1
