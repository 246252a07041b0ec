"""An event that takes place again: a copy, instead of recurrence."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.events.models import Event, OwnQuestion, ProgrammeItem, Way
from portal.accounts.models import User

COPIED = (
    *(f"{name}_{language}" for name in ("name", "description") for language in ("fi", "sv", "en")),
    *("place", "organiser", "contact_email", "offer_hours", "example"),
)


@transaction.atomic
def copy(event: Event, *, by: User, starts_at: datetime) -> Event:
    """A draft of the same event at another time, with its programme, ways and own questions.

    All times move by as much as the start. Nobody is registered; the remote link is another one
    each time, so it is left empty.
    """
    later = starts_at - event.starts_at
    new = Event.objects.create(
        **{name: getattr(event, name) for name in COPIED},
        slug=_free_slug(event, starts_at),
        starts_at=starts_at,
        ends_at=event.ends_at + later,
        closes_at=event.closes_at + later if event.closes_at else None,
    )
    new.areas.set(event.areas.all())
    new.topics.set(event.topics.all())
    new.save()
    _copy_rows(ProgrammeItem, event, new, later)
    _copy_rows(Way, event, new, timedelta())
    _copy_rows(OwnQuestion, event, new, timedelta())
    log(new, "events.copy", user=by, data={"of": event.pk})
    return new


def _free_slug(event: Event, starts_at: datetime) -> str:
    day = timezone.localdate(starts_at).isoformat()
    stem = f"{event.slug[:60]}-{day}"
    number = Event.objects.filter(slug__startswith=stem).count()
    return f"{stem}-{number + 1}" if number else stem


def _copy_rows(model, event: Event, new: Event, later: timedelta) -> None:
    for row in model.objects.filter(event=event):
        row.pk, row.event = None, new
        if model is ProgrammeItem:
            row.starts_at += later
        row.save(force_insert=True)
