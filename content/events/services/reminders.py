"""Reminders: before an event who has a place hears when, where and how once more."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from content.events import letters
from content.events.models import Event, Registration
from portal.workflow import lock

LONGEST = timedelta(hours=336)  # the most hours before that a way may say


def remind_due() -> int:
    """Write to who has a place, as many hours before as their way says; how many letters.

    Once each. Who got the place within those hours has just had a letter and gets no reminder.
    """
    now = timezone.now()
    rows = Registration.objects.filter(
        state=Registration.State.REGISTERED,
        reminded_at=None,
        place__reminder_hours__gt=0,
        event__state=Event.State.PUBLISHED,
        event__starts_at__gt=now,
        event__starts_at__lte=now + LONGEST,
    )
    number = 0
    for row in rows.select_related("event", "place", "way"):
        hours = row.place.reminder_hours if row.place else 0
        due = row.event.starts_at - timedelta(hours=hours)
        if due <= now:
            number += _remind(row, late=bool(row.confirmed_at and row.confirmed_at > due))
    return number


@transaction.atomic
def _remind(row: Registration, *, late: bool) -> int:
    lock(row)
    if row.reminded_at or row.state != Registration.State.REGISTERED:
        return 0
    row.reminded_at = timezone.now()
    row.save(update_fields=["reminded_at"])
    if late:
        return 0
    letters.reminder(row)
    return 1
