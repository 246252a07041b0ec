"""What courses bring to the portal: a room in the menu, found by search, resting on the law."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from content.certificates.standing import Certified
from content.pages.documents import documents_of
from content.pages.learning import Learning
from content.pages.references import referrer
from portal.api.routers import OpenData
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Entry, Searchable

from .learning import of_person
from .models import CoursePage, LessonPage
from .personal import PERSONAL
from .services.certificates import standing

SKILLS = Place("content:skills", _("Skills"), order=25)


def _courses(pages: QuerySet) -> Iterator[Entry]:
    return documents_of("course", pages, boost=1.4)


def _lessons(pages: QuerySet) -> Iterator[Entry]:
    return documents_of("lesson", pages, boost=1.1)


register(
    ResourceType(
        "course",
        models=(CoursePage,),
        can=(
            referrer("course", _("Courses")),
            Searchable(name=_("Course"), plural=_("Courses"), documents=_courses, order=40),
            Learning(_("My courses"), of_person, order=10),
            OpenData("courses", "content.skills.api.router", order=52),
            Listed(menu=SKILLS, home={"skills": SKILLS}),
            PERSONAL,
            Certified(standing),
        ),
    )
)
register(
    ResourceType(
        "lesson",
        models=(LessonPage,),
        can=(
            referrer("lesson", _("Lessons")),
            Searchable(name=_("Lesson"), plural=_("Lessons"), documents=_lessons, order=41),
        ),
    )
)
