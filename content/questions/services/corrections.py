"""An answer that was sent, written anew after a change of the law and checked by a second lawyer.

The question stays answered. The caller has already asked who may; that nobody checks what they
wrote is asked here, under the lock.
"""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.questions import letters
from content.questions.errors import NothingWritten, SameLawyer
from content.questions.models import Answer, Question
from content.questions.validity import OWN_KIND
from law import impact_reviews
from law.models import Section
from portal.accounts.models import User
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed, lock

from .transitions import State


@transaction.atomic
def correct(
    question: Question, *, by: User, text: str, sections: Iterable[Section], seen: str = ""
) -> Answer:
    """Put a new wording of the answer forward; what waited before is no longer offered.

    TransitionNotAllowed unless the question is answered and not published; Stale if its wording is
    another than the `seen` one.
    """
    lock(question)
    if question.state not in (State.ANSWERED, State.PREPARED):
        raise TransitionNotAllowed(f"{question} is {question.state}: its answer is not corrected")
    if not text.strip():
        raise NothingWritten
    last = question.wording
    if seen and last is not None and seen != last.version_token:
        raise Stale(last)
    now = timezone.now()
    answer = Answer.objects.create(
        question=question, author=by, text=text, saved_at=now, submitted_at=now
    )
    answer.writers.add(by)
    if last is not None and last.sent_at is None:
        answer.writers.add(*last.writers.all())
    answer.sections.set(sections)
    log(question, "questions.correct", user=by)
    return answer


@transaction.atomic
def send_correction(question: Question, *, by: User, wording: int) -> Answer:
    """Send the new wording, which a second lawyer has now read, to the askers.

    It settles the reviews of changes that are in force. Stale if another wording waits, SameLawyer
    for who wrote it.
    """
    lock(question)
    answer = question.correction
    if answer is None:
        raise TransitionNotAllowed(f"{question} has no new wording that waits")
    if answer.pk != wording:
        raise Stale(answer)
    if answer.writers.filter(pk=by.pk).exists():
        raise SameLawyer
    answer.checked_by, answer.sent_at = by, timezone.now()
    answer.save(update_fields=["checked_by", "sent_at"])
    log(question, "questions.send_correction", user=by)
    impact_reviews.changed(OWN_KIND, str(question.pk), by=by)
    sections = answer.sections.select_related("act")
    letters.to_askers("corrected", question, words=answer.text, sections=sections)
    return answer
