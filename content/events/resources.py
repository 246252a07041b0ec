"""What events bring to the portal."""

from django.utils.translation import gettext_lazy as _

from content.pages.learning import Learning
from portal.api.routers import OpenData
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Part, Searchable
from portal.sitemaps import Rows, Views

from . import documents, following, learning, sections
from .inbox import INBOX
from .models import Event, ProgrammeItem
from .personal import PERSONAL

EVENTS = Place("events:index", _("Events"), order=27)


def of_line(item: ProgrammeItem) -> list[str]:
    return [str(item.event_id)]


register(
    ResourceType(
        following.KIND,
        models=(Event,),
        can=(
            INBOX,
            PERSONAL,
            OpenData("events", "content.events.api.router", order=37),
            following.FOLLOWABLE,
            sections.OF_AREA,
            sections.ON_HOME,
            Learning(_("My events"), learning.of_person, order=20),
            Searchable(
                name=_("Event"),
                plural=_("Events"),
                documents=documents.events,
                examples=documents.examples,
                parts=(Part(ProgrammeItem, of_line),),
                relations=(Event.areas, Event.topics),
                order=47,
            ),
            Listed(
                menu=EVENTS,
                home={"events": EVENTS},
                sitemaps={
                    "events": Views("events:index"),
                    "each-event": Rows(
                        lambda user: Event.objects.visible_to(user).exclude(
                            state=Event.State.CANCELLED
                        )
                    ),
                },
            ),
        ),
    )
)
