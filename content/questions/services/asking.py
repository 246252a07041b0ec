"""What the asker does: sends a question, adds to it, withdraws it, or finds that it is answered.

The caller has already asked who may; these ask whether it can be done.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.questions import days, letters
from content.questions.errors import MoveNotAllowed, TooManyToday
from content.questions.models import Deflection, Draft, Message, Question, RegisterYear
from portal.accounts.models import User
from portal.finding import Found
from portal.law.models import Section

from .moving import State, lock, move


@transaction.atomic
def receive(*, key: UUID, by: User, sections: Iterable[Section] = (), **fields: Any) -> Question:
    """Enter a question in the register and confirm its receipt by letter.

    `key` is that of the draft that was filled in: sending the same one again gives back the
    question that it became. The draft is gone with it. TooManyToday, and the draft stays, if the
    asker has sent Question.MOST_A_DAY questions on this day of Helsinki's.
    """
    register = _register_of(timezone.localtime())
    if earlier := Question.objects.filter(key=key, asker=by).first():
        return earlier
    now = timezone.now()
    today = timezone.localdate(now)
    if Question.objects.filter(asker=by).received_on(today).count() >= Question.MOST_A_DAY:
        raise TooManyToday
    register.last += 1
    register.save(update_fields=["last"])
    question = Question.objects.create(
        key=key,
        number=str(register),
        asker=by,
        received_at=now,
        due_on=days.after(today, Question.TIME_TO_ANSWER),
        keep_until=today + Question.TIME_KEPT,
        **fields,
    )
    question.sections.set(sections)
    Draft.objects.filter(user=by, key=key).delete()
    log(question, "questions.receive", user=by)
    letters.to_asker("received", question)
    return question


@transaction.atomic
def save_draft(*, by: User, key: UUID, fields: dict[str, Any]) -> Draft | None:
    """Keep what has been typed so far; None, and nothing kept, if it has been sent meanwhile."""
    if Question.objects.filter(key=key, asker=by).exists():
        return None
    draft, _made = Draft.objects.update_or_create(user=by, defaults={"key": key, "fields": fields})
    return draft


@transaction.atomic
def add(question: Question, *, by: User, text: str) -> Message:
    """Write down what the asker adds; if it was waited for, the work and the clock go on."""
    lock(question)
    if not question.is_open:
        raise MoveNotAllowed(f"{question} is {question.state}: nothing can be added")
    message = Message.objects.create(question=question, author=by, from_asker=True, text=text)
    if question.state == State.WAITING:
        move(question, question.waits_from, "questions.add", by=by)
    else:
        log(question, "questions.add", user=by)
    return message


@transaction.atomic
def withdraw(question: Question, *, by: User) -> None:
    """End the question at the asker's wish, as long as it has not been answered."""
    lock(question)
    move(question, State.WITHDRAWN, "questions.withdraw", by=by, ended_at=timezone.now())
    letters.to_asker("withdrawn", question)


def deflect(found: Found, *, by: User) -> Deflection:
    """Count that a draft was not sent because `found` answered it; the draft is thrown away."""
    with transaction.atomic():
        Draft.objects.filter(user=by).delete()
        return Deflection.objects.create(
            language=found.language,
            kind=found.kind,
            title=found.title[:255],
            url=found.url[:500],
        )


def _register_of(now: datetime) -> RegisterYear:
    """The year's row of the register, locked: one question at a time gets a number."""
    RegisterYear.objects.get_or_create(year=now.year)
    return RegisterYear.objects.select_for_update().get(year=now.year)
