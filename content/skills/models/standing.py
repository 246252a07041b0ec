"""How far a reader is in a course and on a lesson: what their pages show beside the words."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from content.skills.questions import Question, shown

from .learners import Answer, Enrolment, LessonProgress, Reflection, TestTry


@dataclass(frozen=True)
class Thought:
    """A reflection, with what its learner has written."""

    key: str
    value: Any
    text: str

    @property
    def anchor(self) -> str:
        return f"part-{self.key}"


@dataclass(frozen=True)
class Part:
    """A stretch of a lesson: blocks to read, a question or a reflection."""

    kind: str
    blocks: list[Any]
    asked: Question | Thought | None = None


def enrolment_of(user: Any, course: UUID) -> Enrolment | None:
    if not user.is_authenticated:
        return None
    return Enrolment.objects.filter(user=user, course=course).first()


def done_in(enrolment: Enrolment | None) -> set[UUID]:
    """The lessons that are done, by the keys of their translations."""
    rows = LessonProgress.objects.filter(enrolment=enrolment, done_at__isnull=False)
    return set(rows.values_list("lesson", flat=True)) if enrolment else set()


def of_course(course: Any, user: Any) -> dict[str, Any]:
    """`next` is the lesson to go on with, `tries` the finished ones at the test: four queries."""
    enrolment = enrolment_of(user, course.translation_key)
    done = done_in(enrolment)
    left = [lesson for lesson in course.lessons if lesson.translation_key not in done]
    modules = [
        (module, [(one, one.translation_key in done) for one in lessons])
        for module, lessons in course.in_modules
    ]
    return {
        "enrolment": enrolment,
        "modules": modules,
        "number_done": len(course.lessons) - len(left),
        "next": left[0] if left else None,
        "passed": bool(enrolment) and passed(enrolment),
        "certificate": reverse("certificates:own"),
    }


def passed(enrolment: Enrolment | None) -> bool:
    return TestTry.objects.filter(enrolment=enrolment, passed=True).exists()


def of_lesson(lesson: Any, user: Any) -> dict[str, Any]:
    """The parts of a lesson with what the learner answered, and where the lesson stands.

    A lesson that is not saved yet, in the preview of the editor, stands in no course.
    """
    course = lesson.course if lesson.path else None
    enrolment = enrolment_of(user, course.translation_key) if course else None
    progress = None
    answers: dict[str, list[Answer]] = {}
    texts: dict[str, str] = {}
    if enrolment:
        progress = LessonProgress.objects.filter(
            enrolment=enrolment, lesson=lesson.translation_key
        ).first()
        for answer in _of_body(Answer.objects.filter(enrolment=enrolment), "question", lesson):
            answers.setdefault(str(answer.question), []).append(answer)
        rows = Reflection.objects.filter(enrolment=enrolment)
        texts = {str(one.reflection): one.text for one in _of_body(rows, "reflection", lesson)}
    every = course.lessons if course else [lesson]
    here = next((n for n, one in enumerate(every) if one.pk == lesson.pk), 0)
    return {
        "course": course,
        "enrolment": enrolment,
        "progress": progress,
        "parts": _parts(lesson, answers, texts),
        "place_in_course": here + 1,
        "number_of_lessons": len(every),
        "next": every[here + 1] if here + 1 < len(every) else None,
        "before": every[here - 1] if here else None,
    }


def _of_body(rows: QuerySet, field: str, lesson: Any) -> QuerySet:
    keys = [child.id for child in lesson.body if child.block_type == field]
    return rows.filter(**{f"{field}__in": keys})


def _parts(lesson: Any, answers: dict[str, list[Answer]], texts: dict[str, str]) -> list[Part]:
    parts: list[Part] = []
    for child in lesson.body:
        if child.block_type == "question":
            asked: Question | Thought = shown(child, answers.get(child.id, ()))
            parts.append(Part("question", [child], asked))
        elif child.block_type == "reflection":
            asked = Thought(child.id, child.value, texts.get(child.id, ""))
            parts.append(Part("reflection", [child], asked))
        elif parts and parts[-1].kind == "words":
            parts[-1].blocks.append(child)
        else:
            parts.append(Part("words", [child]))
    return parts
