"""What the lawyer who writes an answer draws it from; it is kept with the case and never public."""

from collections.abc import Collection

from django.db import transaction
from wagtail.log_actions import log

from content.questions.errors import NotTheirs
from content.questions.models import Question, Source
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock

from .transitions import State


@transaction.atomic
def note(
    question: Question,
    *,
    by: User,
    source: dict[str, str] | None = None,
    left_out: Collection[Source] = (),
) -> Source | None:
    """Keep a `source` (its kind, name, url and words), and drop those `left_out`.

    Only while the answer is being written, by its lawyer: TransitionNotAllowed, NotTheirs.
    """
    lock(question)
    if question.state != State.ASSIGNED:
        raise TransitionNotAllowed(
            f"{question} is {question.state}: its answer is not being written"
        )
    if question.handler_id != by.pk:
        raise NotTheirs
    dropped = question.sources.filter(pk__in=[one.pk for one in left_out])
    for one in dropped:
        log(question, "questions.source_dropped", user=by, data={"source": one.kind})
    dropped.delete()
    if source is None:
        return None
    row = Source.objects.create(question=question, author=by, **source)
    log(question, "questions.source", user=by, data={"source": row.kind})
    return row
