"""Who is away, and how their cases go to another lawyer.

The caller has already asked who may. The time to answer goes on: nothing here moves it.
"""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from content.questions import letters
from content.questions.models import Absence, Question
from portal.accounts.models import User
from portal.workflow import lock

from .casework import give
from .transitions import State

WITH_A_LAWYER = (State.ASSIGNED, State.DRAFTED, State.CHECKED)


@transaction.atomic
def away(lawyer: User, *, by: User, until: date) -> Absence:
    """Say that the lawyer is away through that day; `by` is the lawyer or another one."""
    absence, _made = Absence.objects.update_or_create(lawyer=lawyer, defaults={"until": until})
    log(absence, "questions.away", user=by, data={"lawyer": lawyer.pk, "until": str(until)})
    return absence


@transaction.atomic
def back(lawyer: User, *, by: User) -> None:
    """The lawyer is here after all; nothing if they were not away."""
    absence = Absence.objects.filter(lawyer=lawyer).first()
    if absence is not None:
        log(absence, "questions.back", user=by, data={"lawyer": lawyer.pk})
        absence.delete()


def cases_of_the_away(today: date) -> QuerySet[Question]:
    """What lawyers who are away today have taken and not yet answered, the most urgent first."""
    taken = Q(state__in=WITH_A_LAWYER) | Q(state=State.WAITING, waits_from__in=WITH_A_LAWYER)
    return Question.objects.filter(taken, handler__absence__until__gte=today).by_urgency()


def checks_of_the_away(today: date) -> QuerySet[Question]:
    """The checks that lawyers who are away today have begun, the most urgent first."""
    begun = Question.objects.filter(state=State.CHECKED, checker__absence__until__gte=today)
    return begun.by_urgency()


def may_go(question: Question, to: User) -> bool:
    """Whether the lawyer can go on with it: not who asked it, nor who is checking its answer."""
    return to.pk not in (question.asker_id, question.checker_id, question.handler_id)


@transaction.atomic
def hand_on(questions: Collection[Question], *, by: User, to: User) -> list[Question]:
    """Give cases of people who are away to another lawyer, with one letter; returns what went.

    What cannot go to them stays, and so does what somebody else has been given meanwhile.
    """
    lock(*questions)
    away_now = set(
        cases_of_the_away(timezone.localdate())
        .filter(pk__in=[question.pk for question in questions])
        .values_list("pk", flat=True)
    )
    going = [one for one in questions if one.pk in away_now and may_go(one, to)]
    for question in going:
        give(question, by=by, to=to)
    if going and to != by:
        letters.given(to, going)
    return going
