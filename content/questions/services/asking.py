"""What the asker does: sends a question, adds to it, withdraws it, or finds that it is answered.

The caller has already asked who may; these ask whether it can be done.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.questions import letters
from content.questions.errors import DraftElsewhere, SentBefore, TooManyToday
from content.questions.models import Deflection, Draft, Message, Question, RegisterYear
from law.models import Section
from portal import working_days
from portal.accounts.models import User
from portal.search_api import Found
from portal.workflow import TransitionNotAllowed, lock

from .transitions import State, move, part


@transaction.atomic
def receive(*, key: UUID, by: User, sections: Iterable[Section] = (), **fields: Any) -> Question:
    """Enter a question in the register and confirm its receipt by letter.

    `key` is that of the draft that was filled in: sending the same one again gives back the
    question that it became, and SentBefore tells that other words came with it: by the browser's
    back button, or from a second window. The draft is gone with it. TooManyToday, and the draft
    stays, if the asker has sent Question.MOST_A_DAY questions on this day of Helsinki's.
    """
    register = _register_of(timezone.localtime())
    form_key, key = key, _own(key, by)
    if earlier := Question.objects.filter(key=key, asker=by).first():
        if not earlier.says(fields["title"], fields["text"]):
            raise SentBefore(earlier)
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
        due_on=working_days.after(today, Question.TIME_TO_ANSWER),
        keep_until=today + Question.TIME_KEPT,
        **fields,
    )
    question.sections.set(sections)
    Draft.objects.filter(user=by, key__in=[form_key, key]).delete()
    log(question, "questions.receive", user=by)
    letters.to_asker("received", question)
    return question


@transaction.atomic
def save_draft(
    *, by: User, key: UUID, fields: dict[str, Any], window: str = "", opened: str = ""
) -> Draft | None:
    """Keep what has been typed so far; None, and nothing kept, if it has been sent meanwhile.

    `window` tells the window that it is typed in from the others, and `opened` is the one whose
    draft that window was opened with. DraftElsewhere, and nothing kept, when a third has written
    the draft since.
    """
    if sent_from(key, by=by):
        return None
    there = Draft.objects.select_for_update().filter(user=by).first()
    if window and there and there.window not in ("", window, opened):
        raise DraftElsewhere(there)
    draft, _made = Draft.objects.update_or_create(
        user=by, defaults={"key": key, "fields": {**fields, "window": window}}
    )
    return draft


@transaction.atomic
def add(question: Question, *, by: User, text: str, confirmed: Iterable[str] = ()) -> Message:
    """Write down what the asker adds; if it was waited for, the work and the clock go on.

    The same words sent twice are one addition. What is `confirmed` as not personal is kept with
    what was confirmed when the question was sent.
    """
    lock(question)
    last = question.messages.last()
    if last and last.from_asker and last.author_id == by.pk and last.text == text:
        return last
    if not question.is_open:
        raise TransitionNotAllowed(f"{question} is {question.state}: nothing can be added")
    message = Message.objects.create(question=question, author=by, from_asker=True, text=text)
    if new := set(confirmed).difference(question.confirmed):
        question.confirmed = [*question.confirmed, *sorted(new)]
        question.save(update_fields=["confirmed"])
    if question.state == State.WAITING:
        move(question, question.waits_from, "questions.add", by=by)
    else:
        log(question, "questions.add", user=by)
    letters.to_handler("lawyer_added", question)
    return message


@transaction.atomic
def withdraw(question: Question, *, by: User) -> None:
    """End the question at the asker's wish, as long as it has not been answered.

    Others who asked the same go on waiting for an answer of their own.
    """
    lock(question)
    move(question, State.WITHDRAWN, "questions.withdraw", by=by, ended_at=timezone.now())
    letters.to_asker("withdrawn", question)
    letters.to_handler("lawyer_withdrawn", question)
    part(question, by=None)


@transaction.atomic
def deflect(found: Found, *, by: User, key: UUID) -> Deflection | None:
    """Count that a draft was not sent because `found` answered it; the draft is thrown away.

    None, and nothing is counted, when the draft is gone already: one draft is not needed once.
    """
    thrown_away, _by_model = Draft.objects.filter(user=by, key=key).delete()
    if not thrown_away:
        return None
    return Deflection.objects.create(
        language=found.language,
        kind=found.kind,
        title=found.title[:255],
        url=found.url[:500],
    )


def sent_from(key: UUID, *, by: User) -> Question | None:
    """The question that the form with this key became, if it has been sent."""
    return Question.objects.filter(key__in=[key, _own(key, by)], asker=by).first()


def _own(key: UUID, by: User) -> UUID:
    """The key itself; or, where it is that of somebody else's question, one made of it for `by`.

    So it is when two people use a browser one after the other and a form of the first is open.
    """
    taken = Question.objects.filter(key=key).exclude(asker=by).exists()
    return uuid5(key, str(by.pk)) if taken else key


def _register_of(now: datetime) -> RegisterYear:
    """The year's row of the register, locked: one question at a time gets a number."""
    RegisterYear.objects.get_or_create(year=now.year)
    return RegisterYear.objects.select_for_update().get(year=now.year)
