"""Places: who gets one, in which order, and how long an offer stands.

The rule. A place goes to the first of the waiting list, by the order in which they confirmed, for
whom it will do: whoever wants that way, whom either way suits, or whose own way gives no more
places – these are asked, not passed over. It is held for them until they answer or the time is
over; then it passes on. Nobody gets a place past somebody who waits for it, and nobody who has one
loses it when the organiser lowers the number of places.

All that gives or frees a place begins with `opened`, which locks the event's row: of two presses at
the same moment one waits for the other.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from content.events import letters
from content.events.errors import WayClosed
from content.events.models import Event, Registration, Way
from portal.accounts.models import User
from portal.workflow import lock, transition

State = Registration.State


def opened(event: Event) -> None:
    """Lock the event until the transaction ends, and let offers that are over pass on."""
    lock(event)
    lapsed = event.registrations.overdue().order_by("answer_by", "pk")
    for registration in lapsed:
        transition(registration, State.LAPSED, "events.lapse", by=None, place=None, answer_by=None)
        registration.event = event
        letters.lapsed(registration)
    if lapsed:
        pass_on(event)


def free(event: Event) -> dict[Way, int | None]:
    """The ways that have places to give, and how many; None without a limit. One query."""
    ways = Way.objects.filter(event=event).counted()
    left = {way: way.left(way.taken) for way in ways}
    return {way: number for way, number in left.items() if number != 0}


def give(registration: Registration, event_name: str, *, by: User | None, **fields) -> None:
    """Give a place, or a turn on the waiting list when there is none; on a locked event.

    WayClosed when no way that will do gives places any more.
    """
    event = registration.event
    open_ways = Way.objects.filter(event=event, is_open=True)
    if not registration.way.is_open and not (registration.flexible and open_ways.exists()):
        raise WayClosed
    place = registration.takes(free(event))
    fields["turn"] = registration.turn or _next_turn(event)
    if place is None:
        transition(registration, State.WAITING, event_name, by=by, **fields)
        letters.waiting(registration)
    else:
        fields |= {"place": place, "way": place}
        transition(registration, State.REGISTERED, event_name, by=by, **fields)
        letters.registered(registration)


def _next_turn(event: Event) -> int:
    return (event.registrations.aggregate(last=Max("turn"))["last"] or 0) + 1


def pass_on(event: Event) -> int:
    """Offer what is free to those who wait, in turn; on a locked event. How many were offered.

    Nothing is offered of an event that has started or does not take place.
    """
    if event.state != Event.State.PUBLISHED or event.has_started:
        return 0
    left, number = free(event), 0
    while left:
        waiting = event.registrations.who_can_take(list(left)).select_related("way").first()
        if waiting is None:
            break
        waiting.event = event
        place = waiting.takes(left)
        offer(waiting, place)
        number += 1
        count = left[place]
        if count == 1:
            del left[place]
        elif count is not None:
            left[place] = count - 1
    return number


def offer(registration: Registration, place: Way) -> None:
    """Hold a place for somebody who waits, until they answer, and write to them."""
    event = registration.event
    answer_by = min(timezone.now() + timedelta(hours=event.offer_hours), event.starts_at)
    transition(
        registration, State.OFFERED, "events.offer", by=None, place=place, answer_by=answer_by
    )
    letters.offer(registration)


def expire_due() -> int:
    """Let every offer that was not answered in time pass on; how many events had some."""
    overdue = Registration.objects.overdue()
    events = Event.objects.filter(pk__in=overdue.values("event")).order_by("pk")
    number = 0
    for event in events:
        with transaction.atomic():
            opened(event)
        number += 1
    return number
