"""What the law brings to the portal: its acts, its sections, and our plain summaries of these."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Part, Searchable
from portal.sitemaps import Rows, Views

from . import bill_following, comparisons, documents, following, summaries
from .models import (
    Act,
    Amendment,
    Chapter,
    ImpactReview,
    IncomingAmendment,
    PendingBill,
    Section,
    SectionVersion,
)

DECISION = _("The decision is the legal service's; who of its people took it is taken off.")

register(
    ResourceType(
        "act",
        models=(Act,),
        can=(
            Personal(
                Held(IncomingAmendment, ("decided_by",), stays=DECISION),
                Held(PendingBill, ("confirmed_by",), stays=DECISION),
                Held(SectionVersion, ("checked_by",), stays=DECISION),
                Held(ImpactReview, ("done_by",), stays=DECISION),
            ),
            following.ACTS,
            Searchable(
                name=_("Act"),
                plural=_("Acts"),
                documents=documents.acts,
                examples=documents.example_acts,
                parts=(Part(Amendment, lambda row: [str(row.act_id)]),),
                order=28,
            ),
            OpenData("law", "law.api.router", order=10),
            Listed(
                menu=Place("law:index", _("Law"), order=10),
                home={"law": Place("law:index", _("The law"), order=10)},
                sitemaps={
                    "law": Views("law:index"),
                    "acts": Rows(lambda user: Act.objects.visible_to(user).real()),
                    "law_changes": Rows(comparisons.all_days),
                },
            ),
        ),
    )
)
register(
    ResourceType(
        following.KIND,
        models=(Section,),
        can=(
            following.FOLLOWABLE,
            Searchable(
                name=_("Law"),
                plural=_("Law"),
                documents=documents.sections,
                examples=documents.example_sections,
                parts=(Part(SectionVersion, lambda row: [str(row.section_id)]),),
                order=30,
            ),
            Listed(
                sitemaps={
                    "sections": Rows(
                        lambda user: Section.objects.visible_to(user).real().select_related("act")
                    )
                }
            ),
        ),
    )
)
register(
    ResourceType(
        bill_following.KIND,
        models=(PendingBill,),
        can=(
            bill_following.FOLLOWABLE,
            Searchable(
                name=_("Pending bill"),
                plural=_("Pending bills"),
                documents=documents.bills,
                examples=documents.example_bills,
                relations=(PendingBill.acts, PendingBill.sections),
                order=35,
            ),
            Listed(
                home={"bills": Place("law:bills", _("Pending bills"), order=12)},
                sitemaps={
                    "bills": Views("law:bills"),
                    "each_bill": Rows(PendingBill.objects.visible_to),
                },
            ),
        ),
    )
)
register(ResourceType(following.CHAPTER, models=(Chapter,), can=(following.CHAPTERS,)))
register(ResourceType(summaries.KEY, can=(summaries.REFERRER,)))
