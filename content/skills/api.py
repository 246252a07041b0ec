"""Courses in the API: what is published of them, and nothing of anybody who takes one."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models.functions import Substr
from django.http import Http404
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, One, absolute, many, one
from portal.languages import LANGUAGES

from .models import CoursePage, LessonPage
from .models.pages import IN_COURSE, sizes_of

SOURCE = _("The integration portal")

router = Router()


class CourseVersion(Schema):
    language: Literal["fi", "sv", "en"]
    slug: str = Field(description=_("The word that its address ends in, in this language."))
    title: str
    url: str = Field(description=_("Its page on the portal."))


class CourseShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in this language."))
    key: str = Field(description=_("What the course is known by in all languages, for good."))
    language: Literal["fi", "sv", "en"]
    title: str
    summary: str
    aim: str = Field(description=_("What the learner knows or can do after the course."))
    lessons: int = Field(description=_("How many lessons it has."))
    minutes: int = Field(description=_("How long its lessons take together."))
    questions: int = Field(description=_("How many questions its final test has."))
    changed: datetime | None = Field(description=_("When readers last had to know of a change."))
    versions: list[CourseVersion] = Field(description=_("The languages in which it is published."))
    example: bool = Field(description=_("Whether it is an example."))
    url: str = Field(description=_("Its page on the portal."))


class LessonShape(Schema):
    key: str = Field(description=_("What the lesson is known by in all languages, for good."))
    title: str
    summary: str
    module: str = Field(description=_("The key of its module; empty where it is in none."))
    minutes: int
    url: str = Field(description=_("Its page on the portal."))


class WholeCourse(CourseShape):
    contents: list[LessonShape] = Field(description=_("Its lessons in order."))


@router.get(
    "",
    response=Many[CourseShape],
    operation_id="courses",
    summary=_("Courses"),
    description=_("The published courses of a language, in the order of their list."),
)
def courses(request, asked: Query[Paged]):
    return many(request, asked, _published(asked.language), _told, SOURCE, together=True)


@router.get(
    "/{slug}",
    response=One[WholeCourse],
    operation_id="course",
    summary=_("One course"),
    description=_(
        "A course with its lessons. Not found when it has not been published in the language that "
        "is asked for."
    ),
)
def course(
    request,
    asked: Query[Parameters],
    slug: str = Path(
        ...,
        description=_("The word that its address ends in, in the language that is asked for."),
        example="kotoutumislaki-tyossa",
    ),
):
    page = _published(asked.language).filter(slug=slug).first()
    if page is None:
        raise Http404
    [told] = _told([page])
    lessons = (
        LessonPage.objects.visible_to(READER)
        .annotate(course=Substr("path", 1, IN_COURSE))
        .filter(course=page.path)
        .defer_streamfields()
        .order_by("path")
    )
    return one({**told, "contents": [_lesson(lesson) for lesson in lessons]}, SOURCE)


def _published(language: str):
    rows = CoursePage.objects.visible_to(READER).in_language(language)
    return rows.select_related("locale").order_by("path")


def _lesson(lesson: LessonPage) -> dict:
    return {
        "key": str(lesson.translation_key),
        "title": lesson.title,
        "summary": lesson.summary,
        "module": lesson.module,
        "minutes": lesson.minutes,
        "url": absolute(lesson.url_path),
    }


def _told(pages: Sequence[CoursePage]) -> list[dict]:
    """What is told of each of the courses: two queries, however many there are."""
    sizes, versions = sizes_of(pages), _versions_of(pages)
    return [
        {
            "slug": page.slug,
            "key": str(page.translation_key),
            "language": page.language,
            "title": page.title,
            "summary": page.summary,
            "aim": page.aim,
            "lessons": sizes[page.path].lessons,
            "minutes": sizes[page.path].minutes,
            "questions": len(page.test),
            "changed": page.changed_at,
            "versions": versions[page.translation_key],
            "example": page.example,
            "url": absolute(page.url_path),
        }
        for page in pages
    ]


def _versions_of(pages: Sequence[CoursePage]) -> dict[UUID, list[dict]]:
    """Translation key → the published versions, in the order of the languages."""
    rows = (
        CoursePage.objects.visible_to(READER)
        .filter(translation_key__in={page.translation_key for page in pages})
        .order_by()
        .values_list("translation_key", "locale__language_code", "slug", "title", "url_path")
    )
    found = defaultdict(list)
    for key, language, slug, title, url in sorted(rows, key=lambda row: LANGUAGES.index(row[1])):
        found[key].append(
            {"language": language, "slug": slug, "title": title, "url": absolute(url)}
        )
    return found
