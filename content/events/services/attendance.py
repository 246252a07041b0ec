"""Who came: by the code that is shown on the screen, or by the organiser's list.

Whoever came and has an account gets a certificate of attendance, once.
"""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.certificates.services import issue
from content.events.errors import NotNow, WrongCode
from content.events.models import Event, Registration
from portal.accounts.models import User
from portal.languages import LANGUAGES
from portal.workflow import TransitionNotAllowed, lock

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is read as another
EARLY, LATE = timedelta(hours=1), timedelta(hours=24)


@transaction.atomic
def show_code(event: Event, *, by: User) -> None:
    """Make the code that is shown on the screen; the one that there is stays."""
    lock(event)
    if event.state != Event.State.PUBLISHED:
        raise TransitionNotAllowed
    if not event.attendance_code:
        event.attendance_code = "".join(secrets.choice(LETTERS) for _ in range(6))
        event.save(update_fields=["attendance_code"])
        log(event, "events.show_code", user=by)


def takes_code(event: Event) -> bool:
    """Whether the code is taken now: from an hour before the start to a day after the end."""
    return bool(event.attendance_code) and (
        event.starts_at - EARLY <= timezone.now() <= event.ends_at + LATE
    )


def come(registration: Registration, code: str, *, by: User | None = None) -> None:
    """The code as one typed it, in any case. NotNow, WrongCode; twice is once."""
    event = registration.event
    if not takes_code(event):
        raise NotNow
    if not secrets.compare_digest(code.strip().upper().encode(), event.attendance_code.encode()):
        raise WrongCode
    _came(registration, by)


def mark(registration: Registration, *, by: User) -> None:
    """The organiser saw them; not before the day of the event (NotNow)."""
    if timezone.now() < registration.event.starts_at - EARLY:
        raise NotNow
    _came(registration, by)


@transaction.atomic
def _came(registration: Registration, by: User | None) -> None:
    event = registration.event
    lock(registration)
    registration.event = event
    if registration.state != Registration.State.REGISTERED:
        raise TransitionNotAllowed
    if registration.came_at is None:
        registration.came_at = timezone.now()
        registration.save(update_fields=["came_at"])
        log(registration, "events.come", user=by)
    holder = registration.user or User.objects.filter(email__iexact=registration.email).first()
    if holder is not None:
        issue(
            "event",
            holder,
            about_key=str(event.uid),
            titles={language: getattr(event, f"name_{language}") for language in LANGUAGES},
            on=timezone.localdate(event.starts_at),
            acts=[],
            minutes=int((event.ends_at - event.starts_at).total_seconds() // 60),
        )
