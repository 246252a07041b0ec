"""What commitments bring to the portal."""

from django.utils.translation import gettext_lazy as _

from partnership.programme.figures import Counted
from partnership.programme.happening import Happening
from portal.api.routers import OpenData
from portal.embedding import Embeddable
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Part, Searchable
from portal.sitemaps import Rows, Views

from . import (
    acts,
    documents,
    following,
    inbox,
    merging,
    own_tables,
    personal,
    references,
    sections,
    year,
)
from .models import Commitment, Milestone


def of_milestone(milestone: Milestone) -> list[str]:
    return [str(milestone.commitment_id)]


register(
    ResourceType(
        following.KIND,
        models=(Commitment,),
        can=(
            personal.PERSONAL,
            own_tables.OWNED,
            OpenData("commitments", "partnership.commitments.api.router", order=35),
            following.FOLLOWABLE,
            references.REFERRER,
            inbox.INBOX,
            acts.ON_BEHALF,
            acts.SIGNS_OF_LIFE,
            merging.MERGE,
            sections.OF_AREA,
            sections.OF_ORGANISATION,
            Counted(_("Commitments"), sections.by_area, order=20),
            Happening(sections.latest),
            Embeddable(
                "commitments",
                _("Commitments"),
                "commitments/embedded.html",
                sections.embedded,
                "commitments:index",
            ),
            year.COMMITMENTS,
            Searchable(
                name=_("Commitment"),
                plural=_("Commitments"),
                documents=documents.commitments,
                examples=documents.examples,
                parts=(Part(Milestone, of_milestone),),
                relations=(Commitment.areas,),
                order=45,
            ),
            Listed(
                menu=Place("commitments:index", _("Commitments"), order=25),
                home={"commitments": Place("commitments:index", _("Commitments"), order=45)},
                sitemaps={
                    "commitments": Views("commitments:index"),
                    "each-commitment": Rows(
                        lambda user: Commitment.objects.visible_to(user).public()
                    ),
                },
            ),
        ),
    )
)
register(ResourceType("law-of-commitments", can=(year.LAW,)))
