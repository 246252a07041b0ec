"""Events in calendars: entries in letters, and feeds, read by two independent parsers."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import vobject
from django.utils import timezone
from icalendar import Calendar

from content.events.models import CalendarAddress, Event, Registration, Way
from content.events.services import calendar_addresses, organising, own
from portal.mail import sending
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, WayFactory

State = Registration.State


def mail_of(letter):
    """The parts of a letter as it goes over the wire, by their types."""
    raw = sending.message_of(letter).message().as_bytes(linesep="\r\n")
    return {
        part.get_content_type(): part
        for part in message_from_bytes(raw, policy=policy.default).walk()
    }


def last_letter(registration):
    return Letter.objects.filter(to=registration.email).order_by("pk").last()


def entry_of(letter):
    """The one entry of the calendar part, and its method; both parsers agree on them."""
    part = mail_of(letter)["text/calendar"]
    calendar = Calendar.from_ical(part.get_content())
    (event,) = calendar.walk("VEVENT")
    other = vobject.readOne(part.get_content())
    assert part.get_param("method") == calendar["method"] == other.method.value
    assert (other.vevent.uid.value, other.vevent.sequence.value) == (
        event["uid"],
        str(event["sequence"]),
    )
    assert other.vevent.dtstart.value == event["dtstart"].dt
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]
    return str(calendar["method"]), event


def moved(event, **fields):
    for name, value in fields.items():
        setattr(event, name, value)
    organising.save(event, lambda: event.save() or event)


def test_a_letter_moves_and_takes_out_the_entry_that_it_brought(event, on_site, joined):
    person = joined(on_site)
    method, first = entry_of(last_letter(person))
    assert (method, first["sequence"], first["status"]) == ("REQUEST", 0, "CONFIRMED")
    assert first["attendee"] == f"mailto:{person.email}"
    assert first["organizer"] == "mailto:events@example.org" and not first["organizer"].params

    moved(
        event,
        starts_at=event.starts_at + timedelta(hours=1),
        ends_at=event.ends_at + timedelta(hours=1),
    )
    method, second = entry_of(last_letter(person))
    assert (method, second["uid"], second["sequence"]) == ("REQUEST", first["uid"], 1)
    assert second["dtstart"].dt - first["dtstart"].dt == timedelta(hours=1)

    organising.cancel(Event.objects.get(), by=UserFactory(), reason="The speaker is ill.")
    method, third = entry_of(last_letter(person))
    assert (method, third["uid"], third["sequence"]) == ("CANCEL", first["uid"], 2)
    assert third["status"] == "CANCELLED"


def test_who_gives_the_place_back_takes_the_entry_out(event, on_site, joined):
    person = joined(on_site)
    own.cancel(person)
    method, entry = entry_of(last_letter(person))
    assert (method, entry["attendee"]) == ("CANCEL", f"mailto:{person.email}")


def test_who_has_no_place_has_nothing_in_the_calendar(event, on_site, joined):
    joined(on_site)
    waits = joined(on_site)
    assert waits.state == State.WAITING
    moved(event, place="Torikatu 2, Oulu")
    organising.cancel(Event.objects.get(), by=UserFactory(), reason="Ill.")
    assert list(Letter.objects.filter(to=waits.email).values_list("calendar", flat=True)) == [
        "",
        "",
        "",
    ]


def test_the_remote_link_stands_in_the_entry_of_who_takes_part_so(event, joined):
    Event.objects.update(remote_link="https://meet.example.org/abc")
    here, there = (
        WayFactory(event=event, kind=kind) for kind in (Way.Kind.ON_SITE, Way.Kind.REMOTE)
    )
    event.refresh_from_db()
    letters = [last_letter(joined(way)) for way in (here, there)]
    assert [entry_of(one)[1]["location"] for one in letters] == [
        "Kirkkokatu 1, Oulu",
        "https://meet.example.org/abc",
    ]


def test_the_entry_is_a_part_beside_the_words_and_a_file_and_forgotten_with_them(
    event, on_site, joined, mailoutbox
):
    joined(on_site)
    letter = Letter.objects.latest("pk")
    parts = mail_of(letter)
    assert {"text/plain", "text/html", "text/calendar", "application/ics"} <= parts.keys()
    assert parts["application/ics"].get_filename() == "invite.ics"
    sending.send_due()
    letter.refresh_from_db()
    assert letter.sent_at and (letter.text, letter.calendar) == ("", "")


def feed(client, address, **query):
    answer = client.get(address, query)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    vobject.readOne(answer.content.decode())
    return Calendar.from_ical(answer.content)


@pytest.mark.parametrize("one", [True, False])
def test_feeds_publish_and_name_nobody(client, event, on_site, joined, one):
    person = joined(on_site)
    draft = EventFactory(state=Event.State.DRAFT, name_en="Secret")
    EventFactory(starts_at=timezone.now() - timedelta(days=200))
    address = f"/en/events/{event.slug}/calendar.ics" if one else "/en/events/calendar.ics"
    calendar = feed(client, address)
    (entry,) = calendar.walk("VEVENT")
    assert (calendar["method"], entry["organizer"]) == ("PUBLISH", "mailto:events@example.org")
    assert "attendee" not in entry and person.email not in str(calendar.to_ical())
    assert client.get(f"/en/events/{draft.slug}/calendar.ics").status_code == 404


def test_all_events_are_narrowed_as_the_list_is(client, event, on_site):
    EventFactory()
    assert len(feed(client, "/en/events/calendar.ics").walk("VEVENT")) == 2
    assert len(feed(client, "/en/events/calendar.ics", way="on_site").walk("VEVENT")) == 1


def test_my_events_stand_under_a_secret_address_that_can_be_made_anew(
    client, event, on_site, joined
):
    user = UserFactory(email="me@example.org")
    joined(on_site, email="me@example.org")
    EventFactory()
    client.force_login(user)
    client.post("/en/events/mine/")
    client.logout()
    old = CalendarAddress.objects.get().key.hex
    calendar = feed(client, "/en/events/mine/calendar.ics", key=old)
    assert [str(one["summary"]) for one in calendar.walk("VEVENT")] == [event.name_en]
    assert "attendee" not in calendar.walk("VEVENT")[0]

    new = calendar_addresses.renew(user).key.hex
    known = [
        client.get("/en/events/mine/calendar.ics", {"key": key}) for key in (old, new, "x", "")
    ]
    assert [one.status_code for one in known] == [404, 200, 404, 404]
