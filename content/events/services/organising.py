"""What the organiser does with an event: publish, change, move, cancel."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.events import following, letters
from content.events.models import Event, Way
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock, transition

from .places import opened, pass_on


@transaction.atomic
def publish(event: Event, *, by: User | None) -> None:
    """Put it up for all, and open its registration."""
    transition(event, Event.State.PUBLISHED, "events.publish", by=by, published_at=timezone.now())
    following.published(event)


@transaction.atomic
def cancel(event: Event, *, by: User, reason: str) -> None:
    """It does not take place: everybody who has a place or waits for one is told why."""
    opened(event)
    transition(
        event,
        Event.State.CANCELLED,
        "events.call_off",
        by=by,
        reason=reason,
        sequence=event.sequence + 1,
    )
    for registration in event.registrations.live().order_by("turn", "pk"):
        registration.event = event
        letters.called_off(registration)
    following.cancelled(event)


@transaction.atomic
def show_recording(event: Event, *, by: User, address: str) -> None:
    """After the event: lead to its recording and slides. TransitionNotAllowed before its end."""
    lock(event)
    if not event.is_over or event.state != Event.State.PUBLISHED:
        raise TransitionNotAllowed
    event.material_url = address
    event.save(update_fields=["material_url"])
    log(event, "events.show_recording", user=by)


@transaction.atomic
def save(event: Event, write: Callable[[], Event]) -> Event:
    """Save other words of an event by `write`, and do what follows from them.

    Another time or place raises `sequence`, and everybody who takes part or waits hears of it. Ways
    that were closed: those who wait for them are asked. More places are offered at once; fewer take
    nobody's away. What others did meanwhile to the state of the row is kept.
    """
    before = Event.objects.get(pk=event.pk)
    opened(before)
    ways = Way.objects.filter(event=before)
    was_open = set(ways.filter(is_open=True).values_list("pk", flat=True))
    for name in ("state", "reason", "sequence", "published_at"):
        setattr(event, name, getattr(before, name))
    moved = [name for name in Event.WHEN_AND_WHERE if getattr(event, name) != getattr(before, name)]
    stands = event.state == Event.State.PUBLISHED
    if moved and stands:
        event.sequence += 1
    saved = write()
    if not stands:
        return saved
    fresh = Event.objects.get(pk=saved.pk)
    if moved:
        following.moved(fresh)
        for registration in fresh.registrations.live().select_related("way", "place"):
            registration.event = fresh
            letters.moved(registration, before, moved)
    for way in ways.filter(pk__in=was_open, is_open=False):
        _ask_about_the_other(fresh, way)
    pass_on(fresh)
    return saved


def _ask_about_the_other(event: Event, way: Way) -> None:
    """Those who wait for a way that gives no more places are told, and keep their turn."""
    for registration in event.registrations.in_turn().filter(way=way):
        registration.event = event
        letters.closed(registration)
