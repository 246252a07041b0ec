"""What can happen to feedback: each function is one event, whole or not at all.

The caller has already asked who may; these ask whether it can be done, and raise
TransitionNotAllowed if it cannot.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal.mail import outbox
from portal.mail.models import Letter
from portal.workflow import transition

from .models import Feedback, Opinion

Status = Feedback.Status
RECEIPTS_A_DAY = 3


class NoAddressError(Exception):
    """The sender left no address, so no answer can be sent."""


@transaction.atomic
def receive(*, key: UUID, language: str, **fields) -> Feedback:
    """Keep what somebody sent, and confirm it by letter if there is an address.

    The letter quotes nothing: nobody has confirmed that the address is the sender's. One address
    gets three of them a day.

    `key` is that of the form that was opened: sending the same form again returns the first. With
    another text, written after the browser's back button, it is feedback of its own.
    """
    said = {"language": language, **fields}
    feedback, new = Feedback.objects.get_or_create(key=key, defaults=said)
    if feedback.text != said["text"]:
        own = uuid5(key, said["text"])
        feedback, new = Feedback.objects.get_or_create(key=own, defaults=said)
    if new:
        log(feedback, "feedback.receive")
        if _receipts_in_a_day(feedback.email) < RECEIPTS_A_DAY:
            _write("feedback/received", feedback)
    return feedback


@transaction.atomic
def answer(feedback: Feedback, *, by: AbstractBaseUser, text: str) -> None:
    """Send the answer in the sender's language, and close the feedback with it."""
    if not feedback.email:
        raise NoAddressError
    transition(
        feedback,
        Status.ANSWERED,
        "feedback.answer",
        by=by,
        closed_at=timezone.now(),
        closed_by=by,
        answer=text,
        note="",
    )
    _write("feedback/answered", feedback)


@transaction.atomic
def close(feedback: Feedback, *, by: AbstractBaseUser, note: str) -> None:
    """Close what needs no answer or can have none; the note says why."""
    now = timezone.now()
    transition(
        feedback, Status.CLOSED, "feedback.close", by=by, closed_at=now, closed_by=by, note=note
    )


@transaction.atomic
def reopen(feedback: Feedback, *, by: AbstractBaseUser) -> None:
    """Take closed feedback up again; its clock has run all the time."""
    transition(feedback, Status.OPEN, "feedback.reopen", by=by, closed_at=None, closed_by=None)


def clear(now: datetime | None = None) -> int:
    """Delete what was closed, or said of a page, two years ago or more; returns how many.

    The log of events stays.
    """
    now = now or timezone.now()
    total, _by_model = Feedback.objects.kept_long_enough(now).delete()
    opinions, _by_model = Opinion.objects.filter(at__lt=now - Opinion.TIME_KEPT).delete()
    return total + opinions


def hear(*, address: str, owner: str, language: str, **fields) -> Opinion:
    """Keep what a reader said of a page: `helped`, and if not, `reason` and `text`."""
    return Opinion.objects.create(address=address, owner=owner, language=language, **fields)


@transaction.atomic
def deal_with(opinion: Opinion, *, by: AbstractBaseUser, note: str) -> None:
    """Mark an opinion as dealt with; the note says what was done about it."""
    now, state = timezone.now(), Opinion.State.DEALT_WITH
    transition(opinion, state, "opinion.deal_with", by=by, dealt_at=now, dealt_by=by, note=note)


@transaction.atomic
def take_up_again(opinion: Opinion, *, by: AbstractBaseUser) -> None:
    """Put an opinion back among those to be dealt with."""
    state = Opinion.State.NEW
    transition(opinion, state, "opinion.take_up_again", by=by, dealt_at=None, dealt_by=None)


def _receipts_in_a_day(email: str) -> int:
    since = timezone.now() - timedelta(days=1)
    receipts = Letter.objects.filter(template="feedback/received", created_at__gt=since)
    return receipts.filter(to__iexact=email).count()


def _write(template: str, feedback: Feedback) -> None:
    if feedback.email:
        outbox.write(
            template,
            to=feedback.email,
            language=feedback.language,
            context={"feedback": feedback},
        )
