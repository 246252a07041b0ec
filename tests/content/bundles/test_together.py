"""A bundle goes live in one transaction at its minute, approved by who wrote none of it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from content.bundles import services
from content.bundles.models import Bundle
from portal.concurrency import Stale
from portal.languages import in_language
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, publish

pytestmark = pytest.mark.django_db
State = Bundle.State


@pytest.fixture
def editor(db):
    return UserFactory(role="editor", language="en")


@pytest.fixture
def another(db):
    return UserFactory(role="editor", language="en")


def draft_of(page, editor, title):
    newer = page.get_latest_revision_as_object()
    newer.title, newer.change_kind = title, "minor"
    newer.save_revision(user=editor)
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def pages(editor):
    found = []
    for language in ("fi", "sv", "en"):
        page = publish(ArticleFactory(language=language, title=f"Old {language}"))
        found.append(draft_of(page, editor, f"New {language}"))
    return found


@pytest.fixture
def bundle(editor, pages):
    row = Bundle.objects.create(
        title="The change", go_at=timezone.now() + timedelta(hours=1), made_by=editor
    )
    services.put_in(row, pages, by=editor)
    return row


@pytest.fixture
def ready(bundle, another):
    services.approve(bundle, by=another, expect=bundle.version_token)
    return bundle


def titles(pages):
    return {type(page).objects.get(pk=page.pk).title for page in pages}


OLD, NEW = {"Old fi", "Old sv", "Old en"}, {"New fi", "New sv", "New en"}


def at_its_minute(bundle):
    bundle.refresh_from_db()
    with time_machine.travel(bundle.go_at + timedelta(seconds=1)):
        return services.publish_due()


def test_all_go_live_at_their_minute_and_not_before(ready, pages, editor, another):
    assert services.publish_due() == 0
    assert titles(pages) == OLD

    assert at_its_minute(ready) == 1

    assert titles(pages) == NEW
    assert Bundle.objects.get().state == State.PUBLISHED
    assert {letter.to for letter in Letter.objects.all()} == {editor.email, another.email}
    assert at_its_minute(ready) == 0


def test_with_one_that_fails_nothing_is_published_and_a_letter_says_why(ready, pages, editor):
    page = pages[-1]
    newer = page.get_latest_revision_as_object()
    newer.title = "Changed behind the back"
    newer.save_revision(user=editor)

    assert at_its_minute(ready) == 0

    assert titles(pages) == OLD
    bundle = Bundle.objects.get()
    assert bundle.state == State.STOPPED
    assert "Changed after it was approved" in bundle.trouble
    assert all("Changed after" in letter.text for letter in Letter.objects.all())
    assert Letter.objects.count() == 2


def test_a_worker_that_dies_in_the_middle_publishes_nothing_then_all(ready, pages):
    with (
        patch("content.bundles.services.letters.published", side_effect=KeyboardInterrupt),
        pytest.raises(KeyboardInterrupt),
    ):
        at_its_minute(ready)
    assert titles(pages) == OLD

    assert at_its_minute(ready) == 1
    assert titles(pages) == NEW


@pytest.mark.parametrize("change", ["put in", "take out", "move"])
def test_any_change_asks_for_approval_anew(change, ready, pages, editor):
    if change == "put in":
        page = publish(ArticleFactory(language="fi", title="Another"))
        services.put_in(ready, [draft_of(page, editor, "Another, new")], by=editor)
    elif change == "take out":
        services.take_out(ready, pages[0], by=editor)
    else:
        services.move(ready, ready.go_at + timedelta(hours=1), by=editor)
        assert "Moved" in Letter.objects.get().subject

    assert Bundle.objects.get().state == State.DRAFT
    assert at_its_minute(ready) == 0
    assert titles(pages) == OLD


def test_nobody_approves_their_own(bundle, editor, another, pages):
    with in_language("en"), pytest.raises(services.BundleError) as refused:
        services.approve(bundle, by=editor, expect=bundle.version_token)
    assert "Whoever put it together does not approve it." in refused.value.args
    Bundle.objects.update(made_by=another)
    bundle.refresh_from_db()
    with in_language("en"), pytest.raises(services.BundleError) as refused:
        services.approve(bundle, by=editor, expect=bundle.version_token)
    assert "You wrote the newest draft of New fi (fi)." in refused.value.args


def test_what_was_changed_after_it_was_seen_is_not_approved(bundle, another, pages, editor):
    seen = bundle.version_token
    draft_of(pages[0], editor, "Changed meanwhile")

    with pytest.raises(Stale):
        services.approve(bundle, by=another, expect=seen)


def test_what_is_published_is_over(ready):
    at_its_minute(ready)

    with pytest.raises(TransitionNotAllowed):
        services.cancel(ready, by=ready.made_by)


def test_in_the_cms_from_nothing_to_published(client, editor, another, pages):
    client.force_login(editor)
    when = timezone.localtime() + timedelta(hours=2)
    client.post(
        reverse("bundles:index"), {"title": "Change", "go_at": when.strftime("%Y-%m-%dT%H:%M")}
    )
    bundle = Bundle.objects.get()
    page = reverse("bundles:bundle", args=[bundle.pk])
    client.post(page, {"do": "put-in", "pages": [one.pk for one in pages]})
    assert bundle.items.count() == 3
    client.post(page, {"do": "approve", "seen": bundle.version_token})
    assert Bundle.objects.get().state == State.DRAFT

    client.force_login(another)
    assert "What still stops it" not in client.get(page).content.decode()
    client.post(page, {"do": "approve", "seen": bundle.version_token})

    assert Bundle.objects.get().state == State.READY
    at_its_minute(bundle)
    assert titles(pages) == NEW


def test_a_moment_gone_by_is_refused(client, editor):
    client.force_login(editor)

    page = client.post(reverse("bundles:index"), {"title": "Change", "go_at": "2020-01-01T10:00"})

    assert "This moment has gone by." in page.content.decode()
    assert not Bundle.objects.exists()
