"""The certificate of a course: what was taught, and whether it still holds."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from content.certificates.models import Certificate
from content.certificates.services import issue
from content.certificates.standing import Standing
from content.skills.models import CoursePage, Enrolment, LessonPage
from law.models import SectionVersion
from portal.languages import LANGUAGES

KIND = "course"


def certify(enrolment: Enrolment, course: CoursePage) -> Certificate:
    """Give the certificate of a course that was completed; the same one when asked again."""
    together = CoursePage.objects.filter(translation_key=course.translation_key).live()
    return issue(
        KIND,
        enrolment.user,
        about_key=str(course.translation_key),
        titles=dict(together.values_list("locale__language_code", "title")),
        on=timezone.localdate(enrolment.completed_at),
        acts=taught(course),
        minutes=course.minutes or None,
    )


def taught(course: CoursePage) -> list[dict[str, Any]]:
    """The acts whose sections the lessons of a course name, in the state that they are in now."""
    acts: dict[str, dict[str, Any]] = {}
    for lesson in LessonPage.objects.child_of(course).live().order_by("path"):
        for block in lesson.body:
            for section in block.value["sections"] if block.block_type == "law" else ():
                act = section.act
                reference = f"{act.number}/{act.year}"
                one = acts.setdefault(
                    reference,
                    {
                        "act": reference,
                        "titles": {code: getattr(act, f"short_{code}") for code in LANGUAGES},
                        "amended_to": act.consolidated_to,
                        "sections": {},
                    },
                )
                one["sections"][str(section.pk)] = section.number
    return list(acts.values())


def standing(certificates: Sequence[Certificate]) -> dict[int, Standing]:
    """The certificates of which a section that was taught has got new words since: one query."""
    taught_in = {
        one.pk: {int(pk) for act in one.acts for pk in act["sections"]} for one in certificates
    }
    changed: dict[int, Any] = {}
    rows = SectionVersion.objects.filter(
        section__in=set().union(*taught_in.values()),
        valid_from__gt=min(one.on for one in certificates),
        valid_from__lte=timezone.localdate(),
    )
    for section, day in rows.order_by("valid_from").values_list("section", "valid_from"):
        changed[section] = day
    return {
        one.pk: Standing.WRITING
        for one in certificates
        if any(changed[pk] > one.on for pk in taught_in[one.pk] & changed.keys())
    }
