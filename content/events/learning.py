"""Events that a person takes part in, for “My learning” on the desk."""

from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.pages.learning import Card
from portal.languages import in_language

from . import links
from .models import Event, Registration

MOST = 100


def of_person(user: Any, language: str) -> list[Card]:
    """A card for each event in which they have a place or wait for one, the last first: a query."""
    rows = Registration.objects.of(user).live().select_related("event", "place", "way")
    rows = rows.filter(event__state=Event.State.PUBLISHED)
    with in_language(language):
        return [
            Card(
                one.event.name,
                links.own_path(one),
                note=_note(one),
                day=timezone.localdate(one.event.starts_at),
            )
            for one in rows.order_by("-event__starts_at", "-pk")[:MOST]
        ]


def _note(one: Registration) -> str:
    day = date_format(timezone.localtime(one.event.starts_at), "DATETIME_FORMAT")
    if one.came_at:
        return f"{day} · {_('You took part')}"
    return f"{day} · {one.place or one.way} · {one.get_state_display()}"
