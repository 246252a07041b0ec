"""What the lawyers do with a question, from sorting it to its answer or other end.

The caller has already asked who may; these ask whether it can be done. That nobody checks their
own answer is asked here too, under the lock: a view's answer to it may be out of date.
"""

from collections.abc import Iterable
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from content.questions import letters
from content.questions.errors import (
    LawChanged,
    NotForOthers,
    NothingWritten,
    NotTheirs,
    OtherLanguage,
    SameLawyer,
)
from content.questions.models import Answer, Message, Note, Question
from law.models import Section
from portal import working_days
from portal.accounts.models import User
from portal.concurrency import Stale, compare
from portal.topics.models import Topic
from portal.workflow import TransitionNotAllowed, lock

from .publishing import changes_of
from .transitions import State, move, part


class Sorting(TypedDict):
    """How a question is sorted: what it is about, and whether it is secret and by which section."""

    topic: Topic
    sections: Iterable[Section]
    secret: bool
    secrecy_ground: str


@transaction.atomic
def triage(question: Question, *, by: User, **sorting: Unpack[Sorting]) -> None:
    """Sort a new question; now it can be taken."""
    lock(question)
    columns = _columns(sorting)
    move(question, State.TRIAGED, "questions.triage", by=by, since=State.RECEIVED, **columns)
    question.sections.set(sorting["sections"])


@transaction.atomic
def classify(
    question: Question, *, by: User, expect: str | None = None, **sorting: Unpack[Sorting]
) -> None:
    """Sort a question anew, at any time before it is published; no move of it follows.

    `expect` is the sorting that the lawyer had before them; Stale if it is another now.
    What was joined with an open one goes back to the queue when it becomes secret: the answer is
    not for others any more.
    """
    lock(question)
    if question.state == State.PUBLISHED:
        raise TransitionNotAllowed(f"{question} is published")
    compare(question, expect)
    columns = _columns(sorting)
    for name, value in columns.items():
        setattr(question, name, value)
    question.save(update_fields=[*columns])
    question.sections.set(sorting["sections"])
    log(question, "questions.classify", user=by)
    if question.secret and question.is_open:
        part(question, by=by)


def _columns(sorting: Sorting) -> dict[str, Any]:
    """What the question itself keeps of its sorting: no ground of secrecy where there is none."""
    secret = sorting["secret"]
    ground = sorting["secrecy_ground"] if secret else ""
    return {"topic": sorting["topic"], "secret": secret, "secrecy_ground": ground}


@transaction.atomic
def claim(question: Question, *, by: User) -> None:
    """Take the question to answer it."""
    lock(question)
    move(question, State.ASSIGNED, "questions.claim", by=by, since=State.TRIAGED, handler=by)


@transaction.atomic
def release(question: Question, *, by: User) -> None:
    """Give the question back to the queue; what was written stays with it."""
    _own(question, by)
    move(question, State.TRIAGED, "questions.release", by=by, since=State.ASSIGNED, handler=None)


@transaction.atomic
def substitute(question: Question, *, by: User, to: User) -> None:
    """Give the question to another lawyer, who goes on from where it stands.

    TransitionNotAllowed unless it has been taken; SameLawyer if the other one is checking it.
    """
    lock(question)
    if not question.is_with_a_lawyer:
        raise TransitionNotAllowed(f"{question} is {question.state} and nobody's")
    if to.pk == question.checker_id:
        raise SameLawyer
    give(question, by=by, to=to)
    if to != by:
        letters.to_handler("lawyer_given", question)


def give(question: Question, *, by: User, to: User) -> None:
    """Make a locked question another lawyer's, without a letter."""
    question.handler = to
    question.save(update_fields=["handler"])
    log(question, "questions.substitute", user=by, data={"to": to.pk})


@transaction.atomic
def note(question: Question, *, by: User, text: str) -> Note:
    """Keep a remark for the lawyers' own eyes."""
    row = Note.objects.create(question=question, author=by, text=text)
    log(question, "questions.note", user=by)
    return row


@transaction.atomic
def write(
    question: Question,
    *,
    by: User,
    text: str,
    sections: Iterable[Section],
    expect: str | None = None,
) -> Answer:
    """Save the wording that is being written; no move follows from it.

    `expect` is the token of the wording that it was written over. Stale if that is not the
    last one any more: the same lawyer in another window, or somebody who had the question between.
    """
    _own(question, by)
    _not_meanwhile(question, text, expect)
    if question.state != State.ASSIGNED:
        raise TransitionNotAllowed(
            f"{question} is {question.state}: its answer is not being written"
        )
    return _save(question, by, text, sections)


@transaction.atomic
def submit(
    question: Question,
    *,
    by: User,
    text: str,
    sections: Iterable[Section],
    expect: str | None = None,
) -> Answer:
    """Put the answer forward for the check by another lawyer; `expect` as in `write`."""
    _own(question, by)
    if question.state == State.ASSIGNED:
        _not_meanwhile(question, text, expect)
    if not text.strip():
        raise NothingWritten
    move(question, State.DRAFTED, "questions.submit", by=by, since=State.ASSIGNED, checker=None)
    answer = _save(question, by, text, sections)
    answer.submitted_at = timezone.now()
    answer.save(update_fields=["submitted_at"])
    return answer


@transaction.atomic
def take_back(question: Question, *, by: User) -> None:
    """Go on writing what waits for the check; nobody has begun to check it."""
    _own(question, by)
    move(question, State.ASSIGNED, "questions.take_back", by=by, since=State.DRAFTED)


@transaction.atomic
def claim_check(question: Question, *, by: User) -> None:
    """Begin the second lawyer's check. SameLawyer for whoever has or wrote the answer."""
    lock(question)
    if question.state == State.DRAFTED and (
        by.pk == question.handler_id or question.written_by(by)
    ):
        raise SameLawyer
    move(question, State.CHECKED, "questions.claim_check", by=by, since=State.DRAFTED, checker=by)


@transaction.atomic
def release_check(question: Question, *, by: User) -> None:
    """Leave the check to another lawyer; anybody may when the second lawyer is away or gone."""
    lock(question)
    move(
        question, State.DRAFTED, "questions.release_check", by=by, since=State.CHECKED, checker=None
    )


@transaction.atomic
def return_answer(question: Question, *, by: User, text: str) -> None:
    """Give the answer back to its lawyer, with a note on what is to be changed."""
    _own_check(question, by)
    move(question, State.ASSIGNED, "questions.return", by=by, since=State.CHECKED, checker=None)
    Note.objects.create(question=question, author=by, text=text)
    returned = question.answers.filter(submitted_at__isnull=False).order_by("-submitted_at").first()
    if returned is not None:
        returned.returned_at = timezone.now()
        returned.save(update_fields=["returned_at"])
    letters.to_handler("lawyer_returned", question)


@transaction.atomic
def approve(
    question: Question, *, by: User, seen: int | None = None, wording: int | None = None
) -> Answer:
    """Send the answer, which a second lawyer has now checked, to the asker.

    `seen` is how many messages the lawyer had before them, and `wording` the primary key of the
    wording; Stale if there are more messages now, or another wording. LawChanged if a section that
    it rests on has changed since it was written.
    """
    _own_check(question, by)
    if seen is not None and seen != question.messages.count():
        raise Stale(question)
    answer = question.answers.filter(submitted_at__isnull=False).order_by("-submitted_at").first()
    if answer is None:
        raise NothingWritten
    if wording is not None and wording != answer.pk:
        raise Stale(question)
    if question.written_by(by):
        raise SameLawyer
    if changes_of(answer, answer.saved_at).exists():
        raise LawChanged
    now = timezone.now()
    taken = working_days.between(timezone.localdate(question.received_at), timezone.localdate(now))
    move(
        question,
        State.ANSWERED,
        "questions.approve",
        by=by,
        since=State.CHECKED,
        answered_at=now,
        days_taken=max(0, taken - question.waited_days),
    )
    answer.checked_by, answer.sent_at = by, now
    answer.save(update_fields=["checked_by", "sent_at"])
    letters.answered(question, answer)
    return answer


@transaction.atomic
def ask_back(question: Question, *, by: User, text: str) -> Message:
    """Ask the asker for more; the clock stands until something comes.

    NotTheirs while another lawyer is answering it.
    """
    _not_anothers(question, by)
    move(
        question,
        State.WAITING,
        "questions.ask_back",
        by=by,
        waits_from=question.state,
        paused_on=timezone.localdate(),
    )
    message = Message.objects.create(question=question, author=by, from_asker=False, text=text)
    letters.to_asker("waiting", question, words=text)
    return message


@transaction.atomic
def resume(question: Question, *, by: User) -> None:
    """Go on without what was asked back."""
    lock(question)
    if question.state != State.WAITING:
        raise TransitionNotAllowed(
            f"{question} is {question.state} and does not wait for the asker"
        )
    move(question, question.waits_from, "questions.resume", by=by)


@transaction.atomic
def hand_over(question: Question, *, by: User, authority: str, reason: str) -> None:
    """Give the question to the authority whose matter it is, and tell the asker where it went.

    Administrative Procedure Act 434/2003, section 21: a matter that came to the wrong authority is
    transferred, and its sender told.
    """
    _end(question, State.HANDED_OVER, "handed_over", by=by, authority=authority, reason=reason)
    part(question, by=by)


@transaction.atomic
def close(question: Question, *, by: User, reason: str) -> None:
    """End what cannot be answered, and say why: an individual client's case, for one."""
    _end(question, State.CLOSED, "closed", by=by, reason=reason)
    part(question, by=by)


@transaction.atomic
def merge(question: Question, *, by: User, into: Question, reason: str) -> None:
    """Join the question with an earlier one: its answer, sent or to come, answers both.

    NotForOthers if the earlier one is secret or its asker wants the answer alone.
    TransitionNotAllowed if it is the question itself, came later, or ended without an answer.
    OtherLanguage if its answer would not be in the language that this asker chose.
    """
    lock(question, into)
    if into.pk == question.pk or not (into.is_open or into.has_answer):
        raise TransitionNotAllowed(f"{into} cannot be joined with")
    if (into.received_at, into.pk) > (question.received_at, question.pk):
        raise TransitionNotAllowed(f"{into} came after {question}")
    if not into.may_go_public:
        raise NotForOthers
    if into.language != question.language:
        raise OtherLanguage
    _end(question, State.MERGED, "merged", by=by, merged_into=into, reason=reason)
    # Those who were joined with this one go along to where the answer is.
    along = list(question.merged.filter(state=State.MERGED).select_related("asker").order_by("pk"))
    question.merged.update(merged_into=into)
    if answer := into.sent_answer:
        letters.send(answer, [question, *along])


def _end(question: Question, state: str, word: str, *, by: User, **fields: Any) -> None:
    _not_anothers(question, by)
    move(question, state, f"questions.{word}", by=by, ended_at=timezone.now(), **fields)
    letters.to_asker(word, question, words=question.reason)


def _own(question: Question, by: User) -> None:
    """Lock the question, which must be `by`'s to answer. NotTheirs says that it is another's."""
    lock(question)
    if question.handler_id is None:
        raise TransitionNotAllowed(f"{question} is {question.state} and nobody's")
    if question.handler_id != by.pk:
        raise NotTheirs


def _not_anothers(question: Question, by: User) -> None:
    """Lock the question, which nobody else may be answering: somebody may just have taken it."""
    lock(question)
    if question.state == State.ASSIGNED and question.handler_id != by.pk:
        raise NotTheirs


def _not_meanwhile(question: Question, text: str, expect: str | None) -> None:
    last = question.wording
    if expect is None or last is None or text.strip() == last.text.strip():
        return
    if expect != last.version_token:
        raise Stale(last)


def _own_check(question: Question, by: User) -> None:
    lock(question)
    if question.state != State.CHECKED:
        raise TransitionNotAllowed(f"{question} is {question.state}: it is not being checked")
    if question.checker_id != by.pk:
        raise NotTheirs


def _save(question: Question, by: User, text: str, sections: Iterable[Section]) -> Answer:
    answer = question.answers.filter(submitted_at=None).first()
    if answer is None:
        answer = Answer(question=question)
    answer.author, answer.text, answer.saved_at = by, text, timezone.now()
    answer.save()
    answer.writers.add(by)
    answer.sections.set(sections)
    return answer
