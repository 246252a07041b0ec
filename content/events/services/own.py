"""What one does with one's own registration: take or decline, change ways, cancel, ask.

Each begins with the event's lock and ends with what became free passed on.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.events import letters
from content.events.errors import AfterDeadline, AskedAlready, NoRoom, OfferOver
from content.events.models import Event, Registration, Request, Way
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock, transition

from .places import free, opened, pass_on

State = Registration.State


@contextmanager
def taken_up(registration: Registration):
    """The registration on its locked event; what becomes free meanwhile is passed on."""
    event = registration.event
    with transaction.atomic():
        opened(event)
        lock(registration)
        registration.event = event
        yield
        pass_on(event)


def accept(registration: Registration, *, by: User | None = None) -> None:
    """Take the place that is offered; pressed twice, once.

    OfferOver when the time to answer has passed, TransitionNotAllowed when none is offered.
    """
    with taken_up(registration):
        before = registration.state
        if before == State.OFFERED and registration.event.state == Event.State.PUBLISHED:
            transition(
                registration,
                State.REGISTERED,
                "events.accept",
                by=by,
                since=State.OFFERED,
                way=registration.place,
                answer_by=None,
            )
            letters.registered(registration)
    # After the transaction: what has passed on by now stays so.
    if before == State.LAPSED:
        raise OfferOver
    if registration.state != State.REGISTERED:
        raise TransitionNotAllowed(f"{registration} is {before}")


def decline(registration: Registration, *, by: User | None = None) -> None:
    """Leave the place that is offered to the next; TransitionNotAllowed when none is."""
    with taken_up(registration):
        if registration.state == State.DECLINED:
            return
        transition(
            registration, State.DECLINED, "events.decline", by=by, place=None, answer_by=None
        )


def leave(registration: Registration, *, by: User | None = None) -> None:
    """Leave the waiting list; also after the deadline."""
    with taken_up(registration):
        if registration.state == State.CANCELLED:
            return
        transition(registration, State.CANCELLED, "events.leave", by=by, since=State.WAITING)


def cancel(registration: Registration, *, by: User | None = None) -> None:
    """Give the place back; AfterDeadline when that has to be asked of the organiser."""
    with taken_up(registration):
        if registration.state == State.CANCELLED:
            return
        if not before_deadline(registration.event):
            raise AfterDeadline
        _give_back(registration, by)


def _give_back(registration: Registration, by: User | None) -> None:
    had = registration.place
    transition(
        registration,
        State.CANCELLED,
        "events.cancel",
        by=by,
        since=State.REGISTERED,
        place=None,
    )
    letters.cancelled(registration, had=had)


def before_deadline(event: Event) -> bool:
    return timezone.now() < event.deadline


def other_way(registration: Registration) -> Way | None:
    """The other way of taking part in the event, if it has one that gives places."""
    own = registration.place or registration.way
    ways = Way.objects.filter(event=registration.event, is_open=True)
    return ways.exclude(pk=own.pk).first()


def change_way(registration: Registration, *, by: User | None = None) -> None:
    """Take part the other way: with a place when there is room; whoever waits keeps their turn.

    NoRoom when all its places are taken, or there is no other way; AfterDeadline.
    """
    with taken_up(registration):
        if not before_deadline(registration.event):
            raise AfterDeadline
        transfer(registration, by)


def transfer(registration: Registration, by: User | None) -> None:
    """To the other way, on a locked event; see `change_way`."""
    way = other_way(registration)
    if way is None:
        raise NoRoom
    if registration.state == State.WAITING:
        if way in free(registration.event):
            transition(
                registration, State.REGISTERED, "events.change_way", by=by, place=way, way=way
            )
            letters.registered(registration)
        else:
            registration.way = way
            registration.save(update_fields=["way"])
            log(registration, "events.change_way", user=by)
        return
    if registration.state != State.REGISTERED:
        raise TransitionNotAllowed
    if way not in free(registration.event):
        raise NoRoom
    registration.place = registration.way = way
    registration.save(update_fields=["place", "way"])
    log(registration, "events.change_way", user=by)
    letters.registered(registration)


@transaction.atomic
def request(
    registration: Registration, kind: str, words: str, *, by: User | None = None
) -> Request:
    """Ask the organiser for a change after the deadline; AskedAlready when one waits."""
    if registration.event.has_started or not registration.is_live:
        raise TransitionNotAllowed
    try:
        with transaction.atomic():
            row = Request.objects.create(registration=registration, kind=kind, words=words)
    except IntegrityError as error:
        raise AskedAlready from error
    log(registration, "events.request", user=by, data={"kind": kind})
    return row


def accept_request(row: Request, *, by: User, answer: str = "") -> None:
    """The organiser makes the change that was asked. NoRoom, TransitionNotAllowed."""
    registration = row.registration
    with taken_up(registration):
        if row.kind == Request.Kind.CANCEL and registration.is_live:
            end(registration, by)
        elif row.kind == Request.Kind.CHANGE_WAY:
            transfer(registration, by)
        _decide(row, Request.State.ACCEPTED, by, answer)


@transaction.atomic
def refuse_request(row: Request, *, by: User, answer: str) -> None:
    """The organiser says why the change cannot be made."""
    _decide(row, Request.State.REFUSED, by, answer)


def _decide(row: Request, to: str, by: User, answer: str) -> None:
    transition(
        row,
        to,
        "events.answer_request",
        by=by,
        answer=answer,
        decided_at=timezone.now(),
        decided_by=by,
    )
    letters.answered(row)


def end(registration: Registration, by: User | None) -> None:
    """Cancelled as its person asks, whatever it is now; on a locked event."""
    had = place_of(registration)
    to = State.DECLINED if registration.state == State.OFFERED else State.CANCELLED
    transition(registration, to, "events.cancel", by=by, place=None, answer_by=None)
    letters.cancelled(registration, had=had)


def place_of(registration: Registration) -> Way | None:
    """The place that somebody has: one that is only offered is none."""
    return registration.place if registration.state == State.REGISTERED else None


def remove(registration: Registration, *, by: User) -> None:
    """The organiser takes somebody off, who is told."""
    with taken_up(registration):
        had = place_of(registration)
        transition(registration, State.REMOVED, "events.remove", by=by, place=None, answer_by=None)
        letters.removed(registration, had=had)


def move_to_other_way(registration: Registration, *, by: User) -> None:
    """The organiser changes somebody's way of taking part. NoRoom, TransitionNotAllowed."""
    with taken_up(registration):
        transfer(registration, by)


def give_up(registration: Registration) -> None:
    """Free what somebody holds who goes from the portal: no letter, and it passes on."""
    with taken_up(registration):
        to = State.DECLINED if registration.state == State.OFFERED else State.CANCELLED
        transition(registration, to, "events.cancel", by=None, place=None, answer_by=None)
