"""The final test of a course: a try is begun, answered question by question, and finished.

An answer is kept as it is sent, so a lost connection loses no more than the answer at hand; the
next one, in whatever language, is to the same question.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from content.skills.models import Answer, CoursePage, Enrolment, TestTry
from content.skills.questions import Question, is_right, shown

from .learning import complete


class NoTryLeft(Exception):
    """Today's tries at the test have been used."""


def tries_left(enrolment: Enrolment, course: CoursePage) -> int | None:
    """How many tries are left today; None when any number of them may be made."""
    if not course.tries_a_day:
        return None
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    used = TestTry.objects.filter(enrolment=enrolment, started_at__gte=day).count()
    return max(course.tries_a_day - used, 0)


@transaction.atomic
def begin(enrolment: Enrolment, course: CoursePage, number: int, *, more_time: bool) -> TestTry:
    """The try of that number: the one that is open, or a new one.

    Raises NoTryLeft. `more_time` takes the time limit off, for this try and those to come.
    """
    Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    last = TestTry.objects.filter(enrolment=enrolment).last()
    if last and (last.finished_at is None or number <= last.number):
        return last
    if tries_left(enrolment, course) == 0:
        raise NoTryLeft
    if enrolment.more_time != more_time:
        enrolment.more_time = more_time
        enrolment.save(update_fields=["more_time"])
    limited = course.test_minutes and not more_time
    now = timezone.now()
    return TestTry.objects.create(
        enrolment=enrolment,
        number=last.number + 1 if last else 1,
        started_at=now,
        ends_at=now + timedelta(minutes=course.test_minutes) if limited else None,
        questions=len(course.test),
    )


def questions(attempt: TestTry, course: CoursePage) -> list[Question]:
    """The questions of a test with what was answered in a try: one query."""
    rows = Answer.objects.filter(
        enrolment=attempt.enrolment_id, number=attempt.number, question__in=_keys(course)
    )
    given = {str(row.question): row for row in rows}
    return [shown(child, [given[child.id]] if child.id in given else ()) for child in course.test]


def _keys(course: CoursePage) -> list[str]:
    return [child.id for child in course.test]


@transaction.atomic
def answer(attempt: TestTry, course: CoursePage, child: Any, given: Sequence[str]) -> None:
    """Keep the answer to a question, unless it has one, the try is over or its time has ended."""
    attempt.refresh_from_db(from_queryset=TestTry.objects.select_for_update())
    if settle(attempt, course):
        return
    Answer.objects.get_or_create(
        enrolment_id=attempt.enrolment_id,
        question=UUID(child.id),
        number=attempt.number,
        defaults={"given": list(given), "right": is_right(child, given)},
    )
    settle(attempt, course)


@transaction.atomic
def settle(attempt: TestTry, course: CoursePage) -> bool:
    """Finish a try whose questions are all answered or whose time is over; whether it is over."""
    if attempt.finished_at:
        return True
    now = timezone.now()
    every = questions(attempt, course)
    late = attempt.ends_at is not None and attempt.ends_at < now
    if not late and not all(one.answered for one in every):
        return False
    attempt.finished_at = min(now, attempt.ends_at) if attempt.ends_at else now
    attempt.right = sum(one.right for one in every)
    attempt.questions = len(every)
    attempt.passed = attempt.right * 100 >= course.pass_percent * len(every)
    attempt.save(update_fields=["finished_at", "right", "questions", "passed"])
    if attempt.passed:
        complete(attempt.enrolment, course)
    return True
