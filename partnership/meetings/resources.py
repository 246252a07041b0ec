"""What meetings bring to the portal: worksheets, and what was decided over them."""

from django.utils.translation import gettext_lazy as _

from partnership.organisations.acts import OnBehalf
from partnership.organisations.models import Organisation
from partnership.programme.happening import Happening
from portal.api.routers import OpenData
from portal.notifications.following import Followable
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Rows, Views

from . import documents, following, inbox, sections
from .models import Decision
from .personal import PERSONAL


def whose(pk: int):
    """The organisation that stands for the area of a decision."""
    bodies = Organisation.objects.filter(public_bodies__area__decisions=pk)
    return bodies.values_list("pk", flat=True)


register(
    ResourceType(
        following.DECISION,
        models=(Decision,),
        can=(
            OpenData("meetings", "partnership.meetings.api.router", order=32),
            Followable(_("Decisions of meetings"), following.find, verbs=(following.RECORDED,)),
            Searchable(
                name=_("Decision of a meeting"),
                plural=_("Decisions of meetings"),
                documents=documents.decisions,
                examples=documents.examples,
                order=46,
            ),
            sections.OF_AREA,
            inbox.INBOX,
            PERSONAL,
            OnBehalf({Decision: whose}),
            Happening(sections.latest_decisions),
            Listed(
                home={"meetings": Place("meetings:index", _("Figures in use"), order=62)},
                sitemaps={
                    "meetings": Views("meetings:index"),
                    "decisions": Rows(lambda user: Decision.objects.visible_to(user)),
                },
            ),
        ),
    )
)
