"""What courses bring to the portal."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from law.impact_reviews import under_review
from law.references import Backlink, Description, Reference, Referrer
from portal.accounts.roles import EDITOR
from portal.api.routers import OpenData
from portal.inbox import Inbox, Task
from portal.languages import LANGUAGES, in_language
from portal.notifications.following import Followable, Target, Verb
from portal.places.area_sections import AreaSection
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import PUBLIC, STAFF, Entry, Searchable
from portal.sitemaps import Rows, Views

from .models import Course

KEY = "course"
BEGINS = Verb("begins", _("A course begins"), is_new=True)


def of_sections(sections, user, language):
    """The courses on each of the sections."""
    found = defaultdict(list)
    courses = Course.objects.visible_to(user).filter(section__in=sections)
    with in_language(language):
        for course in courses.annotate(under_review=under_review(KEY, "pk")):
            item = Backlink(
                course.name,
                course.get_absolute_url(),
                kind=KEY,
                under_review=course.under_review,
            )
            found[course.section_id].append(item)
    return found


def references(sections):
    """The courses that a change of the sections concerns."""
    for pk, section in Course.objects.filter(section__in=sections).values_list("pk", "section"):
        yield Reference(section, str(pk), str(pk), EDITOR)


def describe(subjects, user, language):
    """Those that `user` may see; editors may confirm them."""
    with in_language(language):
        return {
            str(course.pk): Description(course.name, course.get_absolute_url(), may_confirm=True)
            for course in Course.objects.visible_to(user).filter(pk__in=subjects)
        }


def find(subjects, user, language):
    """The courses by slug."""
    with in_language(language):
        return {
            course.slug: Target(course.name, course.get_absolute_url())
            for course in Course.objects.visible_to(user).filter(slug__in=subjects)
        }


def documents(rows):
    """A document in each language, for everybody or for the staff."""
    for course in rows:
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind=KEY,
                    key=str(course.pk),
                    language=language,
                    title=course.name,
                    path=course.get_absolute_url(),
                    audiences=frozenset({PUBLIC if course.open else STAFF}),
                )


def of_area(area, user):
    """The courses in an area; nothing where there are none."""
    courses = list(Course.objects.visible_to(user).filter(area=area))
    return {"courses": courses} if courses else None


def tasks(user):
    """A course that is not open yet waits for those who work here."""
    if user.has_perm("wagtailadmin.access_admin"):
        for course in Course.objects.filter(open=False):
            yield Task(course.name, course.get_absolute_url(), what=_("Open the course"))


INDEX = Place("courses:index", _("Courses"), order=50)

register(
    ResourceType(
        KEY,
        models=(Course,),
        can=(
            Referrer(_("Courses"), of_sections, references, describe),
            Followable(_("Courses"), find, verbs=(BEGINS,)),
            Searchable(
                name=_("Course"),
                plural=_("Courses"),
                documents=documents,
                rows=lambda model: model.objects.all(),
            ),
            AreaSection("courses", _("Courses"), "courses/list.html", of_area),
            Inbox(_("Courses"), tasks),
            OpenData("courses", "tests.room.courses.api.router"),
            Listed(
                menu=INDEX,
                home={"courses": INDEX},
                sitemaps={
                    "courses-list": Views("courses:index"),
                    "courses": Rows(Course.objects.visible_to),
                },
            ),
        ),
    )
)
