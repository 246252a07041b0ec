"""Letters to those who take part, in their language, each with their own link.

Each is written in the transaction of what it tells. `_write` is the one place where they become
rows of the outbox.
"""

from collections.abc import Collection

from portal.languages import in_language
from portal.mail.models import Letter
from portal.mail.outbox import write

from . import links
from .calendar.entries import invitation, withdrawal
from .models import Event, Registration, Request, Way

State = Registration.State


def confirm(registration: Registration) -> None:
    """Press to confirm the address: what one gets after the form."""
    _write("confirm", registration)


def already(registration: Registration) -> None:
    """Somebody filled in the form once more with an address that is registered."""
    _write("already", registration)


def registered(registration: Registration) -> None:
    """There is a place: when, where, how; and the entry for the calendar."""
    _write("registered", registration, calendar=invitation(registration))


def waiting(registration: Registration) -> None:
    """No place yet; which number on the waiting list."""
    _write("waiting", registration, before=registration.before_me())


def offer(registration: Registration) -> None:
    """A place is held until a time; also of the other way, when one's own gives no more."""
    _write("offer", registration)


def lapsed(registration: Registration) -> None:
    """The time to answer is over, and the place has passed on."""
    _write("lapsed", registration)


def cancelled(registration: Registration, *, had: Way | None) -> None:
    """The registration was cancelled as its person asked; `had` is the place that they had."""
    _write("cancelled", registration, calendar=withdrawal(registration, had))


def removed(registration: Registration, *, had: Way | None) -> None:
    """The organiser cancelled the registration; `had` is the place that they had."""
    _write("removed", registration, calendar=withdrawal(registration, had))


def closed(registration: Registration) -> None:
    """The way that one waits for gives no more places: what about the other?"""
    _write("closed", registration)


def reminder(registration: Registration) -> None:
    """It begins soon: when, where, how, with the instructions of the way."""
    _write("reminder", registration)


def moved(registration: Registration, before: Event, changed: Collection[str]) -> None:
    """The event is at another time or place; `before` is what it was, `changed` which fields."""
    calendar = invitation(registration) if registration.state == State.REGISTERED else ""
    _write("moved", registration, calendar=calendar, before=before, changed=changed)


def called_off(registration: Registration) -> None:
    """The event does not take place."""
    had = registration.place if registration.state == State.REGISTERED else None
    _write("called_off", registration, calendar=withdrawal(registration, had))


def answered(request: Request) -> None:
    """The organiser answered what was asked after the deadline."""
    _write("answered", request.registration, request=request)


def _write(name: str, registration: Registration, calendar: str = "", **context) -> Letter:
    with in_language(registration.language):
        return write(
            f"events/{name}",
            to=registration.email,
            language=registration.language,
            context={
                "registration": registration,
                "event": registration.event,
                "place": registration.place,
                "link": links.own(registration),
                **context,
            },
            holds_key=True,
            calendar=calendar,
        )
