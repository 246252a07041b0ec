"""What workshops bring to the portal."""

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

from .models import Workshop

KEY = "workshop"
BEGINS = Verb("begins", _("A workshop begins"), is_new=True)


def of_sections(sections, user, language):
    """The workshops on each of the sections."""
    found = defaultdict(list)
    workshops = Workshop.objects.visible_to(user).filter(section__in=sections)
    with in_language(language):
        for workshop in workshops.annotate(under_review=under_review(KEY, "pk")):
            item = Backlink(
                workshop.name,
                workshop.get_absolute_url(),
                kind=KEY,
                under_review=workshop.under_review,
            )
            found[workshop.section_id].append(item)
    return found


def references(sections):
    """The workshops that a change of the sections concerns."""
    for pk, section in Workshop.objects.filter(section__in=sections).values_list("pk", "section"):
        yield Reference(section, str(pk), str(pk), EDITOR)


def describe(subjects, user, language):
    """Those that `user` may see; editors may confirm them."""
    with in_language(language):
        return {
            str(one.pk): Description(one.name, one.get_absolute_url(), may_confirm=True)
            for one in Workshop.objects.visible_to(user).filter(pk__in=subjects)
        }


def find(subjects, user, language):
    """The workshops by slug."""
    with in_language(language):
        return {
            workshop.slug: Target(workshop.name, workshop.get_absolute_url())
            for workshop in Workshop.objects.visible_to(user).filter(slug__in=subjects)
        }


def documents(rows):
    """A document in each language, for everybody or for the staff."""
    for workshop in rows:
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind=KEY,
                    key=str(workshop.pk),
                    language=language,
                    title=workshop.name,
                    path=workshop.get_absolute_url(),
                    audiences=frozenset({PUBLIC if workshop.open else STAFF}),
                )


def of_area(area, user):
    """The workshops in an area; nothing where there are none."""
    workshops = list(Workshop.objects.visible_to(user).filter(area=area))
    return {"workshops": workshops} if workshops else None


def tasks(user):
    """A workshop that is not open yet waits for those who work here."""
    if user.has_perm("wagtailadmin.access_admin"):
        for workshop in Workshop.objects.filter(open=False):
            yield Task(workshop.name, workshop.get_absolute_url(), what=_("Open the workshop"))


INDEX = Place("workshops:index", _("Workshops"), order=50)

register(
    ResourceType(
        KEY,
        models=(Workshop,),
        can=(
            Referrer(_("Workshops"), of_sections, references, describe),
            Followable(_("Workshops"), find, verbs=(BEGINS,)),
            Searchable(
                name=_("Workshop"),
                plural=_("Workshops"),
                documents=documents,
                rows=lambda model: model.objects.all(),
            ),
            AreaSection("workshops", _("Workshops"), "workshops/list.html", of_area),
            Inbox(_("Workshops"), tasks),
            OpenData("workshops", "tests.room.workshops.api.router"),
            Listed(
                menu=INDEX,
                home={"workshops": INDEX},
                sitemaps={
                    "workshops-list": Views("workshops:index"),
                    "workshops": Rows(Workshop.objects.visible_to),
                },
            ),
        ),
    )
)
