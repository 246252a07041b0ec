"""What can happen to feedback: each function is one event, whole or not at all.

The caller has already asked who may; these ask whether it can be done.
"""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.notices import letters

from .models import Feedback

Status = Feedback.Status


class MoveNotAllowedError(Exception):
    """The feedback is not in a state that this event can follow."""


class NoAddressError(Exception):
    """The sender left no address, so no answer can be sent."""


@transaction.atomic
def receive(*, key: UUID, language: str, **fields) -> Feedback:
    """Keep what somebody sent, and confirm it by letter if there is an address.

    `key` is that of the form that was opened: sending the same form again returns the first.
    """
    feedback, new = Feedback.objects.get_or_create(
        key=key, defaults={"language": language, **fields}
    )
    if new:
        log(feedback, "feedback.receive")
        _write("feedback/received", feedback)
    return feedback


@transaction.atomic
def answer(feedback: Feedback, *, by: AbstractBaseUser, text: str) -> None:
    """Send the answer in the sender's language, and close the feedback with it."""
    if not feedback.email:
        raise NoAddressError
    _move(feedback, Status.ANSWERED, "feedback.answer", by, closed_by=by, answer=text, note="")
    _write("feedback/answered", feedback)


@transaction.atomic
def close(feedback: Feedback, *, by: AbstractBaseUser, note: str) -> None:
    """Close what needs no answer or can have none; the note says why."""
    _move(feedback, Status.CLOSED, "feedback.close", by, closed_by=by, note=note)


@transaction.atomic
def reopen(feedback: Feedback, *, by: AbstractBaseUser) -> None:
    """Take closed feedback up again; its clock has run all the time."""
    _move(feedback, Status.OPEN, "feedback.reopen", by, closed_by=None)


def clear(now: datetime | None = None) -> int:
    """Delete what was closed two years ago or more; returns how many. The log of events stays."""
    old = Feedback.objects.kept_long_enough(now or timezone.now())
    _total, by_model = old.delete()
    return by_model.get(Feedback._meta.label, 0)


def _move(feedback: Feedback, status: Status, event: str, by: AbstractBaseUser, **fields) -> None:
    """Lock the row, see that the move is allowed, save it, and log who made it."""
    feedback.refresh_from_db(from_queryset=Feedback.objects.select_for_update())
    if not feedback.can_become(status):
        raise MoveNotAllowedError(f"{feedback} cannot become {status}")
    feedback.status = status
    feedback.closed_at = None if status == Status.OPEN else timezone.now()
    for name, value in fields.items():
        setattr(feedback, name, value)
    feedback.save(update_fields=["status", "closed_at", *fields])
    log(feedback, event, user=by)


def _write(template: str, feedback: Feedback) -> None:
    if feedback.email:
        letters.write(
            template,
            to=feedback.email,
            language=feedback.language,
            context={"feedback": feedback},
        )
