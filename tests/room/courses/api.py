"""Courses in the API."""

from django.http import HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from portal.api.parameters import Paged
from portal.api.responses import READER, Many, Names, many, names

from .models import Course

SOURCE = _("The integration portal: its courses")
router = Router()


class CourseShape(Schema):
    slug: str
    names: Names


@router.get(
    "",
    response=Many[CourseShape],
    operation_id="courses",
    summary=_("Courses"),
    description=_("Courses that are open to everybody."),
)
def courses(request, response: HttpResponse, asked: Query[Paged]):
    """The open courses by their slugs."""
    rows = Course.objects.visible_to(READER).order_by("slug")
    return many(request, asked, rows, _shape, SOURCE)


def _shape(course: Course) -> dict:
    return {"slug": course.slug, "names": names(course)}
