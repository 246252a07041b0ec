"""Registering: by an account at once, without one by an address that is confirmed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.events import letters
from content.events.errors import LinkOver, NotOpen
from content.events.models import Event, Needs, Registration, Way
from content.events.models.registrations import TIME_TO_CONFIRM
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock

from .places import give, opened, pass_on

State = Registration.State


@dataclass(frozen=True, kw_only=True)
class Words:
    """What one says of oneself: `answers` by the number of the question, needs kept apart."""

    name: str
    way: Way
    flexible: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)
    interpretation: str = ""
    accessibility: str = ""


@transaction.atomic
def ask(event: Event, words: Words, *, email: str, language: str) -> None:
    """Write to an address to confirm that it registers; nobody has a place by it yet.

    The same answer and one letter whatever the address is: one that is registered already gets the
    link to its registration, one that has not confirmed yet another letter with what was typed
    last. NotOpen when the event takes no registrations.
    """
    lock(event)
    _must_be_open(event)
    email = email.lower()
    known = event.registrations.filter(email=email)
    live = known.live().first()
    if live:
        letters.already(live)
        return
    row = known.filter(state=State.UNCONFIRMED).first() or Registration(event=event, email=email)
    row.language, row.asked_at = language, timezone.now()
    write_down(row, words)
    letters.confirm(row)


@transaction.atomic
def register(event: Event, words: Words, *, user: User, language: str) -> Registration:
    """Register an account, whose address is known to be its own: at once.

    Twice is once: what is there already is returned as it is. NotOpen, WayClosed.
    """
    opened(event)
    _must_be_open(event)
    email = user.email.lower()
    live = event.registrations.filter(email=email).live().first()
    if live:
        live.user = user
        live.save(update_fields=["user"])
        return live
    row = event.registrations.filter(email=email, state=State.UNCONFIRMED).first()
    row = row or Registration(event=event, email=email)
    row.user, row.language, row.asked_at = user, language, timezone.now()
    write_down(row, words)
    give(row, "events.register", by=user, confirmed_at=timezone.now())
    return row


@transaction.atomic
def confirm(registration: Registration, *, by: User | None = None) -> None:
    """The address is confirmed: a place, or a turn on the waiting list; pressed twice, once.

    NotOpen after the deadline, LinkOver two days after it was asked, WayClosed.
    """
    event = registration.event
    opened(event)
    lock(registration)
    registration.event = event
    if registration.state != State.UNCONFIRMED:
        return
    _must_be_open(event)
    if not registration.can_still_confirm:
        raise LinkOver
    give(registration, "events.register", by=by, confirmed_at=timezone.now())


@transaction.atomic
def come_back(registration: Registration, *, by: User | None = None) -> None:
    """Whoever cancelled, declined or did not answer asks again, behind all who wait.

    NotOpen, WayClosed; TransitionNotAllowed when the organiser took them off, or they are there.
    """
    event = registration.event
    opened(event)
    lock(registration)
    registration.event = event
    _must_be_open(event)
    if registration.state not in Registration.MAY_COME_BACK:
        raise TransitionNotAllowed(f"{registration} is {registration.state}")
    registration.turn = None
    give(registration, "events.come_back", by=by)


def _must_be_open(event: Event) -> None:
    if not event.takes_registrations:
        raise NotOpen


def write_down(row: Registration, words: Words) -> None:
    """Keep what somebody said of themselves; their needs in a row of their own."""
    row.name, row.way, row.flexible = words.name, words.way, words.flexible
    row.answers = dict(words.answers)
    row.save()
    needs = {"interpretation": words.interpretation, "accessibility": words.accessibility}
    if any(needs.values()):
        Needs.objects.update_or_create(registration=row, defaults=needs)
    else:
        Needs.objects.filter(registration=row).delete()


@transaction.atomic
def change(registration: Registration, words: Words, *, by: User | None = None) -> None:
    """Other words before the deadline; while they wait, also another way, at the same turn."""
    event = registration.event
    opened(event)
    lock(registration)
    registration.event = event
    _must_be_open(event)
    if registration.state != State.WAITING:
        words = Words(**{**words.__dict__, "way": registration.way})
    write_down(registration, words)
    log(registration, "events.change", user=by)
    pass_on(event)


def forget_unconfirmed() -> int:
    """Delete what nobody confirmed in time; how many."""
    old = timezone.now() - TIME_TO_CONFIRM - timedelta(days=1)
    rows = Registration.objects.filter(state=State.UNCONFIRMED, asked_at__lt=old)
    number, _models = rows.delete()
    return number
