"""Events for those who follow them, their themes or their areas."""

from collections.abc import Collection, Mapping

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy, pgettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb

from .models import Event

KIND = "event"
PUBLISHED = Verb("published", gettext_lazy("New event"), is_new=True)
MOVED = Verb("moved", gettext_lazy("The event has another time or place"))
CANCELLED = Verb("cancelled", gettext_lazy("The event is cancelled"))


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The events by primary key that everybody may know of: one query."""
    wanted = [int(one) for one in subjects if one.isdecimal() and len(one) < 10]
    rows = Event.objects.published().filter(pk__in=wanted)
    with in_language(language):
        return {str(row.pk): Target(row.name, row.get_absolute_url()) for row in rows}


def published(event: Event) -> None:
    """Tell those who follow a theme or an area of it that there is a new event, and when."""
    _record(event, PUBLISHED, "published", _when(event))


def moved(event: Event) -> None:
    """Tell who follows the event when and where it is now."""
    _record(event, MOVED, f"moved:{event.sequence}", _when(event), alone=True)


def cancelled(event: Event) -> None:
    """Tell those who follow it, its themes or its areas why it does not take place."""
    _record(event, CANCELLED, "cancelled", dict.fromkeys(LANGUAGES, event.reason))


def _when(event: Event) -> dict[str, str]:
    notes = {}
    for language in LANGUAGES:
        with in_language(language):
            day = date_format(localtime(event.starts_at), "DATETIME_FORMAT")
        notes[language] = f"{day}, {event.place}" if event.place else day
    return notes


def _record(event: Event, verb: Verb, key: str, notes: dict[str, str], alone=False) -> None:
    thing = (KIND, str(event.pk))
    targets = [thing]
    if not alone:
        targets += [("topic", one) for one in event.topics.values_list("key", flat=True)]
        targets += [("area", one) for one in event.areas.values_list("key", flat=True)]
    activity.record_activity(
        f"event:{event.pk}:{key}", thing=thing, targets=targets, verb=verb, notes=notes
    )


FOLLOWABLE = Followable(
    pgettext_lazy("a gathering", "events"), find, verbs=(PUBLISHED, MOVED, CANCELLED)
)
