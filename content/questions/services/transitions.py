"""How a question moves: locked, asked of the map, saved by its fields, logged once."""

from typing import Any

from django.utils import timezone
from wagtail.log_actions import log

from content.questions import letters
from content.questions.errors import MoveNotAllowed
from content.questions.models import Question
from portal import working_days
from portal.accounts.models import User

State = Question.State


def lock(*questions: Question) -> None:
    """Reload the caller's own rows and keep others from them until the transaction ends.

    The oldest is locked first, as `part` does: two events never wait for each other's rows.
    """
    for question in sorted(questions, key=lambda one: one.pk):
        question.refresh_from_db(from_queryset=Question.objects.select_for_update())


def move(
    question: Question,
    state: str,
    event: str,
    *,
    by: User | None,
    since: str = "",
    data: dict[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Take a locked question to `state` with what changes with it, and log who did it.

    `since` is the only state that the event begins in, where the map has more ways to `state`.
    The wait for the asker ends with whatever follows it: the last day to answer moves by the
    working days that went. MoveNotAllowed if the map does not have the move.
    """
    if (since and question.state != since) or not question.can_become(state):
        raise MoveNotAllowed(f"{question} is {question.state} and cannot become {state}")
    if question.state == State.WAITING:
        fields = {**_wait_over(question), **fields}
    question.state = state
    for name, value in fields.items():
        setattr(question, name, value)
    question.save(update_fields=["state", *fields])
    log(question, event, user=by, data=data or {})


def part(question: Question, *, by: User | None) -> None:
    """Put what was joined with a locked question back in the queue: no answer for it comes here."""
    joined = question.merged.select_for_update(of=("self",)).filter(state=State.MERGED)
    for other in joined.order_by("pk"):
        move(
            other,
            State.RECEIVED,
            "questions.part",
            by=by,
            merged_into=None,
            handler=None,
            ended_at=None,
            reason="",
        )
        letters.to_asker("parted", other)


def _wait_over(question: Question) -> dict[str, Any]:
    today = timezone.localdate()
    waited = working_days.between(question.paused_on or today, today)
    return {
        "due_on": working_days.after(question.due_on, waited),
        "waited_days": question.waited_days + waited,
        "paused_on": None,
        "waits_from": "",
    }
