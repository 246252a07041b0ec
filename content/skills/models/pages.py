"""The place to learn, courses below it, and the lessons of each course below the course."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Sum
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import StreamField
from wagtail_localize.fields import SynchronizedField

from content.pages.learning import offered
from content.pages.models import BasePage, SubjectPage
from content.pages.models.panels import NOTE, SUBJECT, tabs
from content.skills.blocks import LessonBodyBlock, ModuleBlock, TestBlock
from portal.languages import in_language
from portal.paging import page_of
from portal.topics.models import Audience

from .standing import of_course, of_lesson

IN_COURSE = 16  # characters of the tree path of a course
LONGEST = 10  # minutes of a lesson


class SkillsIndexPage(BasePage):
    """The one place to learn: courses, and what other rooms offer for learning."""

    PER_PAGE = 20

    edit_handler = tabs([])
    page_description = _("The one place to learn: courses and everything else that is offered.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["skills.CoursePage"]
    max_count = 3

    class Meta:
        verbose_name = _("place to learn")
        verbose_name_plural = _("places to learn")

    def get_context(self, request, *args, **kwargs):
        """`audience` of the address narrows the courses to a role's path."""
        courses = (
            CoursePage.objects.visible_to(request.user)
            .filter(locale_id=self.locale_id)
            .with_review_state()
            .defer_streamfields()
            .order_by("path")
        )
        roles = Audience.objects.filter(
            pk__in=CoursePage.audiences.through.objects.filter(
                coursepage__in=courses.order_by().values("pk")
            ).values("audience")
        )
        role = next((one for one in roles if one.key == request.GET.get("audience")), None)
        if role:
            courses = courses.filter(audiences=role)
        page = page_of(courses, request, self.PER_PAGE)
        sizes = sizes_of(page.object_list)
        return super().get_context(request, *args, **kwargs) | {
            "courses": page,
            "sized": [(course, sizes[course.path]) for course in page],
            "roles": roles,
            "role": role,
            "offers": [
                (one, cards)
                for one in offered()
                if not role and page.number == 1 and (cards := one.of(self.language))
            ],
        }


@dataclass(frozen=True)
class Size:
    lessons: int = 0
    minutes: int = 0


def sizes_of(courses: Sequence["CoursePage"]) -> dict[str, Size]:
    """How long courses are, by their paths in the tree: one query for all of them."""
    paths = [course.path for course in courses]
    rows = (
        LessonPage.objects.live()
        .annotate(course=Substr("path", 1, IN_COURSE))
        .filter(course__in=paths)
        .order_by()
        .values("course")
        .annotate(lessons=Count("pk"), length=Sum("minutes"))
    )
    found = {row["course"]: Size(row["lessons"], row["length"]) for row in rows}
    return {path: found.get(path, Size()) for path in paths}


class CoursePage(SubjectPage):
    """A course: its aim, its modules, its final test; the lessons are the pages below it."""

    REVIEW_MONTHS = 12

    aim = models.TextField(
        _("aim"),
        max_length=600,
        blank=True,
        help_text=_("What the learner knows or can do after the course."),
    )
    modules = StreamField([("module", ModuleBlock())], verbose_name=_("modules"), blank=True)
    test = StreamField(TestBlock(), verbose_name=_("final test"), blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("passed with per cent right"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    test_minutes = models.PositiveSmallIntegerField(
        _("minutes for the test"),
        default=30,
        help_text=_(
            "0 is no time limit. Whoever needs more time takes the limit off and gives no reason."
        ),
    )
    tries_a_day = models.PositiveSmallIntegerField(
        _("tries at the test in a day"), default=3, help_text=_("0 is any number of them.")
    )
    example = models.BooleanField(_("an example"), default=False, editable=False)

    referrer_key = "course"
    told_first = ("aim",)
    override_translatable_fields = [
        *SubjectPage.override_translatable_fields,
        SynchronizedField("pass_percent"),
        SynchronizedField("test_minutes"),
        SynchronizedField("tries_a_day"),
    ]
    exclude_fields_in_copy = [*BasePage.exclude_fields_in_copy, "example"]
    edit_handler = tabs(
        [
            FieldPanel("aim"),
            FieldPanel("body"),
            FieldPanel("modules"),
            FieldPanel("test"),
            FieldRowPanel(
                [FieldPanel("pass_percent"), FieldPanel("test_minutes"), FieldPanel("tries_a_day")]
            ),
        ],
        about=SUBJECT,
        note=NOTE,
    )
    page_description = _("A course in modules and lessons, with a final test and a certificate.")
    parent_page_types = ["skills.SkillsIndexPage"]
    subpage_types = ["skills.LessonPage"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def get_context(self, request, *args, **kwargs):
        return (
            super().get_context(request, *args, **kwargs)
            | {"lessons": self.lessons}
            | of_course(self, request.user)
        )

    @cached_property
    def lessons(self) -> "list[LessonPage]":
        """Its published lessons in order, without their bodies: one query."""
        return list(LessonPage.objects.child_of(self).live().defer_streamfields().order_by("path"))

    @property
    def in_modules(self) -> "list[tuple[Any, list[LessonPage]]]":
        """Each module with its lessons; lessons of no module come last, under None."""
        known = {child.value["key"]: child.value for child in self.modules}
        parts = [
            (value, [one for one in self.lessons if one.module == key])
            for key, value in known.items()
        ]
        parts.append((None, [one for one in self.lessons if one.module not in known]))
        return [(value, lessons) for value, lessons in parts if lessons]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def begin_url(self) -> str:
        return address_of("course_begin", self.url_path)

    @property
    def test_url(self) -> str:
        return address_of("course_test", self.url_path)


class LessonPage(SubjectPage):
    """A lesson of at most ten minutes: to read, to answer and to think over."""

    REVIEW_MONTHS = 12

    module = models.SlugField(
        _("module"),
        max_length=80,
        blank=True,
        help_text=_("The key of one of the modules of the course."),
    )
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=LONGEST,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST)],
        help_text=_("How long the lesson takes: at most ten minutes."),
    )
    body = StreamField(LessonBodyBlock(), verbose_name=_("body"), blank=True)

    referrer_key = "lesson"
    override_translatable_fields = [
        *SubjectPage.override_translatable_fields,
        SynchronizedField("module"),
        SynchronizedField("minutes"),
    ]
    edit_handler = tabs(
        [FieldRowPanel([FieldPanel("module"), FieldPanel("minutes")]), FieldPanel("body")],
        about=SUBJECT,
        note=NOTE,
    )
    page_description = _("A lesson of at most ten minutes, with questions and reflections.")
    parent_page_types = ["skills.CoursePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | of_lesson(self, request.user)

    @cached_property
    def course(self) -> CoursePage:
        return CoursePage.objects.select_related("locale").get(path=self.path[:IN_COURSE])

    @property
    def answers_url(self) -> str:
        return address_of("course_answer", self.url_path)

    @property
    def done_url(self) -> str:
        return address_of("course_done", self.url_path)


def address_of(view: str, url_path: str) -> str:
    """The address of a view of the course or the lesson at an address, in its language."""
    language, _skills, *slugs = url_path.strip("/").split("/")[:4]
    names = dict(zip(("course", "lesson"), slugs, strict=False))
    with in_language(language):
        return reverse(f"content:{view}", kwargs=names)


def found_question(stream: Any, key: str) -> Any:
    """The question of a stream that has a key, None when there is none."""
    found = (one for one in stream if one.block_type == "question" and one.id == key)
    return next(found, None)
