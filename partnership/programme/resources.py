"""What the programme brings to the portal: its plan, its calls, and what is sought and offered."""

from django.utils.translation import gettext_lazy as _

from partnership.organisations.acts import OnBehalf
from partnership.organisations.models import Membership, Organisation
from partnership.organisations.owned import Owned, Table
from partnership.organisations.personal import ACT
from portal.api.routers import OpenData
from portal.embedding import Embeddable
from portal.notifications.following import CHANGED, Followable
from portal.personal import Held, Personal
from portal.places.area_map import MapCount
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Part, Searchable
from portal.sitemaps import Rows, Views

from . import documents, following, happenings, inbox, sections
from .figures import Counted
from .happening import Happening
from .merging import MERGE
from .models import (
    BarometerBox,
    BarometerInvitation,
    BarometerKey,
    BarometerRound,
    Call,
    Figure,
    Interest,
    Measure,
    Offer,
)


def members_by_area():
    """Each member with each area where it works."""
    members = Organisation.objects.listed().filter(areas__isnull=False)
    return members.order_by().values_list("pk", "areas")


def partners_of_areas():
    """How many partners each area has, as the worker counted them last."""
    return dict(Figure.objects.filter(key=following.MEASURE).values_list("area", "number"))


def offers_by_area():
    """Each open offer with each of its areas."""
    return Offer.objects.running().order_by().values_list("pk", "areas")


def whose(pk: int):
    """The organisation whose offer it is."""
    return Offer.objects.filter(pk=pk).values_list("organisation", flat=True)


def of_membership(membership: Membership) -> list[str]:
    """The offers that are public because of it."""
    return [str(pk) for pk in membership.organisation.offers.values_list("pk", flat=True)]


def has_ended(membership: Membership) -> bool:
    """What its organisation offers can no longer be found."""
    return membership.status != Membership.Status.ACTIVE


register(
    ResourceType(
        following.MEASURE,
        models=(Measure,),
        can=(
            OpenData("programme", "partnership.programme.api.router", order=28),
            Followable(_("Measures of the plan"), following.find_measures, verbs=(CHANGED,)),
            Searchable(
                name=_("Measure of the plan"),
                plural=_("Measures of the plan"),
                documents=documents.measures,
                examples=documents.EXAMPLES[following.MEASURE],
                order=42,
            ),
            Counted(_("Partners"), members_by_area, order=10),  # of a room that this one rests on
            MapCount(_("Partners"), partners_of_areas, order=10),
            Happening(happenings.of_programme),
            Listed(
                menu=Place("programme:index", _("Programme"), order=15),
                home={"programme": Place("programme:index", _("Partnership programme"), order=42)},
                sitemaps={
                    "programme": Views(
                        "programme:index",
                        "programme:calls",
                        "programme:offers",
                        "programme:centres",
                        "programme:barometer",
                    ),
                    "measures": Rows(lambda user: Measure.objects.visible_to(user)),
                },
            ),
        ),
    )
)
register(
    ResourceType(
        following.CALL,
        models=(Call,),
        can=(
            Followable(_("Calls"), following.find_calls, verbs=(following.OPENED,)),
            Searchable(
                name=_("Call"),
                plural=_("Calls"),
                documents=documents.calls,
                examples=documents.EXAMPLES[following.CALL],
                relations=(Call.areas, Call.topics),
                order=43,
            ),
            sections.CALLS,
            inbox.OF_CALLS,
            MERGE,
            Listed(
                home={"calls": Place("programme:calls", _("Calls"), order=43)},
                sitemaps={"calls": Rows(lambda user: Call.objects.visible_to(user))},
            ),
        ),
    )
)
register(
    ResourceType(
        following.OFFER,
        models=(Offer,),
        can=(
            Followable(_("We seek, we offer"), following.find_offers, verbs=(following.PUBLISHED,)),
            Searchable(
                name=_("Sought or offered"),
                plural=_("Sought and offered"),
                documents=documents.offers,
                rows=documents.running,
                examples=documents.EXAMPLES[following.OFFER],
                parts=(Part(Membership, of_membership, has_ended),),
                relations=(Offer.areas, Offer.topics),
                order=44,
            ),
            Counted(_("Sought or offered"), offers_by_area, order=30),
            sections.OFFERS,
            sections.OF_ORGANISATION,
            inbox.OF_OFFERS,
            OnBehalf({Offer: whose}),
            Embeddable(
                "offers",
                _("We seek, we offer"),
                "programme/rows.html",
                sections.embedded,
                "programme:offers",
            ),
            Listed(
                home={"offers": Place("programme:offers", _("We seek, we offer"), order=44)},
                sitemaps={"offers": Rows(lambda user: Offer.objects.running())},
            ),
        ),
    )
)
register(
    ResourceType(
        "own-of-programme",
        can=(
            Personal(
                Held(Offer, ("by",), stays=ACT),
                Held(Interest, ("by",), stays=ACT, words=("text",)),
            ),
            Owned(
                Table(Offer, lambda organisation: organisation.offers.all()),
                leaves={
                    Interest: "An answer to a call of this portal.",
                    Call: "The programme's own.",
                    Measure: "The programme's own.",
                    Figure: "Counted anew each hour.",
                    BarometerRound: "The programme's own.",
                    BarometerKey: "Of nobody: what was answered cannot be tied to it.",
                    BarometerInvitation: "The programme's own.",
                    BarometerBox: "Counts of answers, of nobody.",
                },
            ),
        ),
    )
)
