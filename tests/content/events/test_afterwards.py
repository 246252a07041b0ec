"""Around an event: reminders by way, and forgetting what people said of themselves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from content.events import starter
from content.events.models import Event, Needs, Registration, Request, Way
from content.events.services import own, registering, reminders, retention
from portal.mail import sending
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory
from tests.factories.notices import LetterFactory

WORDS = ("CANARY-interpretation", "CANARY-access", "CANARY-answer", "CANARY-asked", "CANARY-told")


def starts(event, when):
    Event.objects.filter(pk=event.pk).update(starts_at=when, ends_at=when + timedelta(hours=2))


def confirmed(row, when):
    Registration.objects.filter(pk=row.pk).update(confirmed_at=when)


def test_each_way_reminds_by_itself_and_once(event, joined):
    here = WayFactory(
        event=event, kind=Way.Kind.ON_SITE, reminder_hours=48, instructions_en="Main door."
    )
    there = WayFactory(event=event, kind=Way.Kind.REMOTE, reminder_hours=3)
    on_site, remote = joined(here), joined(there)
    now = timezone.now()
    for row in (on_site, remote):
        confirmed(row, now - timedelta(days=5))
    starts(event, now + timedelta(hours=40))
    assert reminders.remind_due() == 1
    letter = Letter.objects.get(template="events/reminder")
    assert letter.to == on_site.email and "Main door." in letter.text

    starts(event, now + timedelta(hours=2))
    assert reminders.remind_due() == 1
    assert Letter.objects.filter(template="events/reminder").latest("pk").to == remote.email
    assert reminders.remind_due() == 0


def test_no_reminder_to_who_has_just_registered_waits_or_wants_none(event, joined):
    way = WayFactory(event=event, places=1)
    none = WayFactory(event=event, kind=Way.Kind.REMOTE, reminder_hours=0)
    joined(way)
    joined(way)
    confirmed(joined(none), timezone.now() - timedelta(days=5))
    starts(event, timezone.now() + timedelta(hours=5))
    assert reminders.remind_due() == 0
    assert not Letter.objects.filter(template="events/reminder").exists()


def found(word):
    """The tables in which a word stands in some column."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        hits = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in str(value) for row in cursor.fetchall() for value in row):
                hits.append(table)
    return hits


@pytest.mark.django_db
def test_thirty_days_after_an_event_no_word_of_a_need_is_anywhere(mailoutbox):
    way = WayFactory()
    event = way.event
    row = RegistrationFactory(way=way)
    words = registering.Words(
        name=row.name,
        way=way,
        answers={"1": WORDS[2]},
        interpretation=WORDS[0],
        accessibility=WORDS[1],
    )
    registering.ask(event, words, email=row.email, language="en")
    row.refresh_from_db()
    registering.confirm(row)
    row.refresh_from_db()
    asked = own.request(row, Request.Kind.OTHER, WORDS[3])
    own.refuse_request(asked, by=UserFactory(), answer=WORDS[4])
    while sending.send_due():
        pass
    # One that the server refused for good keeps its words for ninety days, but not these.
    refused = LetterFactory(template="events/answered", text=WORDS[4], given_up_at=timezone.now())
    old = timezone.now() - timedelta(days=31)
    Letter.objects.filter(pk=refused.pk).update(created_at=old)
    assert all(found(word) for word in WORDS)

    starts(event, timezone.now() - timedelta(days=30))
    assert retention.forget_needs() == 0 and Needs.objects.exists()
    starts(event, timezone.now() - timedelta(days=30, hours=3))
    assert retention.forget_needs() == 1
    assert [(word, found(word)) for word in WORDS if found(word)] == []
    assert Registration.objects.get().state == Registration.State.REGISTERED


@pytest.mark.django_db
def test_the_examples_are_marked_open_and_entered_once(client):
    starter.load()
    starter.load()
    events = list(Event.objects.order_by("starts_at"))
    assert [event.ways.count() for event in events] == [1, 2]
    assert all(event.example and event.takes_registrations for event in events)
    for language in ("fi", "sv", "en"):
        assert all(getattr(event, f"description_{language}") for event in events)
    EventFactory(slug="another")
    assert "example" in client.get("/en/events/").content.decode()
