"""An event as iCalendar: what letters carry to one person, and what feeds give to all.

What an event is known by (UID) never changes, and SEQUENCE rises when it moves or is cancelled, so
that a calendar knows which of two is the newer. Letters are REQUEST or CANCEL with the one person
to whom they go; feeds are PUBLISH and name nobody. The organiser is a bare address, without a name
or a word of whom it acts for: programs that do not know the sender then ask no question.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Timezone, vCalAddress
from icalendar import Event as Component

from content.events import links
from content.events.models import Event, Registration, Way
from portal.api.responses import absolute
from portal.languages import in_language

HELSINKI = ZoneInfo("Europe/Helsinki")
MADE_BY = "-//KEHA Centre//Integration portal//EN"


def invitation(registration: Registration) -> str:
    """For who has a place: take the event into the calendar, or move what is there."""
    return _letter("REQUEST", registration, registration.place)


def withdrawal(registration: Registration, had: Way | None) -> str:
    """For who had a place: take the event out of the calendar; empty for who never had it there."""
    return _letter("CANCEL", registration, had) if had else ""


def _letter(method: str, registration: Registration, place: Way | None) -> str:
    event = registration.event
    with in_language(registration.language):
        entry = component(event, stamp=timezone.now(), place=place)
        words = [place.instructions if place else "", links.own(registration)]
        entry.pop("description")
        entry.add("description", "\n\n".join(filter(None, words)))
        person = vCalAddress(f"mailto:{registration.email}")
        person.params["PARTSTAT"] = "ACCEPTED"
        person.params["RSVP"] = "FALSE"
        entry.add("attendee", person)
        if method == "CANCEL":
            entry["status"] = "CANCELLED"
        return whole(method, [entry]).to_ical().decode()


def published(events: Iterable[Event], name: str) -> bytes:
    """Events as everybody may know of them, a calendar with the given name."""
    calendar = whole("PUBLISH", [component(one, stamp=one.changed_at) for one in events])
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    return calendar.to_ical()


def component(event: Event, *, stamp: datetime, place: Way | None = None) -> Component:
    """The entry of an event in the active language; `place` says how one person takes part."""
    entry = Component()
    entry.add("uid", f"{event.uid}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", stamp)
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.starts_at.astimezone(HELSINKI))
    entry.add("dtend", event.ends_at.astimezone(HELSINKI))
    entry.add("summary", event.name)
    if where := _where(event, place):
        entry.add("location", where)
    entry.add("description", event.description)
    entry.add("url", absolute(event.get_absolute_url()))
    entry.add("organizer", vCalAddress(f"mailto:{event.contact_email}"))
    entry.add("status", "CANCELLED" if event.state == Event.State.CANCELLED else "CONFIRMED")
    entry.add("last-modified", event.changed_at)
    return entry


def _where(event: Event, place: Way | None) -> str:
    """The street address, or the link for who takes part remotely: nobody else is given it."""
    if place is not None and place.kind == Way.Kind.REMOTE:
        return event.remote_link or _("Remotely")
    return event.place or _("Remotely")


def whole(method: str, entries: Iterable[Component]) -> Calendar:
    """A calendar of entries with the rules of Finnish time that they need."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    entries = list(entries)
    years = [entry.decoded("dtstart").year for entry in entries]
    if years:
        calendar.add_component(_time_zone(min(years), max(years)))
    for entry in entries:
        calendar.add_component(entry)
    return calendar


@cache
def _time_zone(first: int, last: int) -> Timezone:
    return Timezone.from_tzinfo(
        HELSINKI, "Europe/Helsinki", date(first, 1, 1), date(last + 1, 12, 31)
    )
