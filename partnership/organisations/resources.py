"""What the partnership brings to the portal: its organisations."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.embedding import Embeddable
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Audience, Part, Searchable, open_to_all
from portal.sitemaps import Rows, Views

from . import acts, directory, documents, following, inbox, own_tables, personal, year
from .area_sections import MISSING_BODY, PARTNERS
from .merging import OrganisationMerge
from .models import BodyClaim, JoinRequest, Membership, Organisation, PublicBody, Renewal
from .services.merging import settle


def acting_for(user) -> list[str]:
    """An audience for each organisation that a person acts for."""
    return [
        f"{following.KIND}:{pk}"
        for pk in user.representations.values_list("organisation", flat=True)
    ]


def listed(model):
    """The members that everybody finds: those whose entry is not hidden."""
    return open_to_all(model).listed()


def of_membership(membership: Membership) -> list[str]:
    return [str(membership.organisation_id)]


def has_ended(membership: Membership) -> bool:
    """Its organisation can no longer be found."""
    return membership.status != Membership.Status.ACTIVE


register(
    ResourceType(
        following.KIND,
        models=(Organisation,),
        can=(
            personal.PERSONAL,
            own_tables.OWNED,
            year.MEMBERSHIP,
            OpenData("organisations", "partnership.organisations.api.router", order=30),
            following.FOLLOWABLE,
            Searchable(
                name=_("Partner"),
                plural=_("Partners"),
                documents=documents.organisations,
                rows=listed,
                parts=(Part(Membership, of_membership, has_ended),),
                relations=(Organisation.areas, Organisation.topics),
                order=40,
            ),
            PARTNERS,
            inbox.ENTRIES,
            OrganisationMerge(settle),
            Embeddable(
                "partners",
                _("Partners"),
                "organisations/embedded.html",
                directory.embedded,
                "organisations:index",
            ),
            Audience(acting_for),
            Listed(
                menu=Place("organisations:index", _("Partners"), order=20),
                home={
                    "partners": Place("organisations:index", _("Partners"), order=40),
                    "join": Place("organisations:join", _("Join the partnership"), order=50),
                },
                sitemaps={
                    "partners": Views("organisations:index", "organisations:join"),
                    "organisations": Rows(
                        lambda user: Organisation.objects.visible_to(user).listed()
                    ),
                },
            ),
        ),
    )
)

register(
    ResourceType(
        "organisation-people",
        models=(JoinRequest,),
        can=(
            inbox.INBOX,
            acts.OnBehalf(
                {
                    Organisation: lambda pk: [pk],
                    Membership: lambda pk: Membership.objects.filter(pk=pk).values_list(
                        "organisation", flat=True
                    ),
                }
            ),
        ),
    )
)

register(ResourceType("membership-renewal", models=(Renewal,), can=(inbox.GOING_ON,)))

register(
    ResourceType(
        "public-body",
        models=(PublicBody,),
        can=(
            MISSING_BODY,
            acts.OnBehalf(
                {
                    BodyClaim: lambda pk: BodyClaim.objects.filter(pk=pk).values_list(
                        "organisation", flat=True
                    )
                }
            ),
        ),
    )
)
