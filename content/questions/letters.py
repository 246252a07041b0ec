"""Letters about a question, written within the event's transaction.

Those to the asker are in the language of the question, those to its lawyer in the lawyer's own.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse

from law.models import Section
from portal.accounts.models import User
from portal.mail.models import Letter
from portal.mail.outbox import write

from .models import Answer, Question
from .permissions import may_take


def to_asker(
    template: str, question: Question, *, words: str = "", sections: Iterable[Section] = ()
) -> None:
    """Write `questions/<template>` to the asker, unless the account is gone or closed.

    A letter travels in the open: it never quotes the question, and says nothing of a secret one
    but that there is something to read on its page.
    """
    if question.asker is None or not question.asker.is_active:
        return
    told = {"words": words, "sections": list(sections)}
    write(
        f"questions/{template}",
        to=question.asker.email,
        language=question.language,
        context={"question": question} | ({} if question.secret else told),
    )


def to_askers(
    template: str, question: Question, *, words: str = "", sections: Iterable[Section] = ()
) -> None:
    """Write to the asker of a question, and to those of the questions joined with it."""
    sections = list(sections)
    for one in with_joined(question):
        to_asker(template, one, words=words, sections=sections)


def with_joined(question: Question) -> list[Question]:
    """A question and those that were joined with it: all of them have its answer."""
    return [question, *_joined(question)]


def written(template: str, questions: Iterable[Question], since: datetime) -> QuerySet[Letter]:
    """The letters about the questions that `to_asker` has written with a template since then."""
    about = Q(pk__in=[])
    for question in questions:
        about |= Q(text__contains=f"/{question.slug}/")
    return Letter.objects.filter(about, template=f"questions/{template}", created_at__gte=since)


def _joined(question: Question) -> QuerySet[Question]:
    joined = question.merged.filter(state=Question.State.MERGED)
    return joined.select_related("asker").order_by("pk")


def answered(question: Question, answer: Answer) -> None:
    """Send the answer to its asker, and to those whose questions were joined with this one."""
    send(answer, with_joined(question))


def send(answer: Answer, questions: Iterable[Question]) -> None:
    """Send an answer, with the sections that it rests on, to the asker of each question."""
    sections = answer.sections.select_related("act")
    for question in questions:
        to_asker("answered", question, words=answer.text, sections=sections)


def to_handler(template: str, question: Question) -> None:
    """Write `questions/<template>` to the lawyer who has the question, if somebody has it.

    It says what happened, the register number and the address in the desk, and nothing of the case.
    """
    lawyer = question.handler
    if lawyer is None or not may_take(lawyer, question):
        return
    address = reverse("legal_questions:inspect", args=[question.pk])
    write(
        f"questions/{template}",
        to=lawyer.email,
        language=lawyer.language,
        context={"question": question, "address": address},
    )


def given(lawyer: User, questions: Sequence[Question]) -> None:
    """Write one letter to a lawyer who has been given the cases of somebody who is away.

    It has the register numbers and the address of their own list, and nothing of the cases.
    """
    if len(questions) == 1:
        to_handler("lawyer_given", questions[0])
        return
    write(
        "questions/lawyer_given_many",
        to=lawyer.email,
        language=lawyer.language,
        context={
            "questions": questions,
            "address": f"{reverse('legal_questions:index')}?whose=mine",
        },
    )
