"""Beginning a course, answering on a lesson, being done with one, completing the course.

Who may learn is anybody with an account. What is sent twice happens once.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from content.skills.models import (
    Answer,
    CoursePage,
    Enrolment,
    LessonPage,
    LessonProgress,
    Reflection,
)
from content.skills.models.standing import done_in, passed
from content.skills.questions import is_right

from .certificates import certify


def enrol(user: Any, course: CoursePage) -> Enrolment:
    """The enrolment of a person in a course, made when there is none in any language."""
    return Enrolment.objects.get_or_create(user=user, course=course.translation_key)[0]


@transaction.atomic
def answer(
    enrolment: Enrolment, lesson: LessonPage, child: Any, given: Sequence[str], number: int
) -> Answer:
    """The answer of that number to a question of a lesson: the first that arrives is kept.

    A number that is too large, in a form of somebody's own making, becomes the next one.
    """
    known = Answer.objects.filter(enrolment=enrolment, question=child.id).count()
    kept, _made = Answer.objects.get_or_create(
        enrolment=enrolment,
        question=UUID(child.id),
        number=min(max(number, 1), known + 1),
        defaults={"given": list(given), "right": is_right(child, given)},
    )
    touch(enrolment, lesson, f"part-{child.id}")
    return kept


@transaction.atomic
def reflect(enrolment: Enrolment, lesson: LessonPage, child: Any, text: str) -> None:
    """Keep what the learner wrote for themselves; without words nothing of it stays."""
    rows = Reflection.objects.filter(enrolment=enrolment, reflection=child.id)
    if text.strip():
        Reflection.objects.update_or_create(
            enrolment=enrolment,
            reflection=UUID(child.id),
            defaults={"text": text, "at": timezone.now()},
        )
    else:
        rows.delete()
    touch(enrolment, lesson, f"part-{child.id}")


def touch(enrolment: Enrolment, lesson: LessonPage, place: str) -> None:
    """Remember where on a lesson the learner is, in any language."""
    LessonProgress.objects.update_or_create(
        enrolment=enrolment,
        lesson=lesson.translation_key,
        defaults={"place": place, "touched_at": timezone.now()},
    )


@transaction.atomic
def finish_lesson(enrolment: Enrolment, lesson: LessonPage) -> None:
    """Mark a lesson as done; it stays as done as it was the first time."""
    progress, _made = LessonProgress.objects.get_or_create(
        enrolment=enrolment, lesson=lesson.translation_key
    )
    if progress.done_at is None:
        progress.done_at = timezone.now()
        progress.save(update_fields=["done_at"])
    complete(enrolment, lesson.course)


def complete(enrolment: Enrolment, course: CoursePage) -> bool:
    """Complete the course once every lesson is done and its test, if any, is passed.

    A certificate is given with it.
    """
    if enrolment.completed_at:
        return True
    if {lesson.translation_key for lesson in course.lessons} - done_in(enrolment):
        return False
    if course.test and not passed(enrolment):
        return False
    enrolment.completed_at = timezone.now()
    enrolment.save(update_fields=["completed_at"])
    certify(enrolment, course)
    return True
