"""How a question moves: as every row does, and what waiting and joining add to it."""

from typing import Any

from django.utils import timezone

from content.questions import letters
from content.questions.models import Question
from portal import working_days
from portal.accounts.models import User
from portal.workflow import transition

State = Question.State


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
    """Take a locked question to `state` with what changes with it, as `transition` does.

    The wait for the asker ends with whatever follows it: the last day to answer moves by the
    working days that went.
    """
    if question.state == State.WAITING:
        fields = {**_wait_over(question), **fields}
    transition(question, state, event, by=by, since=since, data=data, **fields)


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
