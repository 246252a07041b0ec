"""What the pages of areas and of organisations show of commitments."""

from urllib.parse import urlencode

from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.organisations.sections import OrganisationSection
from portal.places.area_sections import AreaSection

from .models import Commitment, Share

SHOWN = 12


def of_area(area, user):
    """Commitments for the area, those that were told of last first; None when there are none."""
    rows = Commitment.objects.public().filter(areas=area)
    return _shown(rows, {"area": area.key})


def of_organisation(organisation, user):
    """Commitments in which the organisation takes part, as everybody reads them."""
    share = Share.objects.filter(commitment=OuterRef("pk"), organisation=organisation)
    rows = Commitment.objects.public().filter(
        Q(organisation=organisation) | Exists(share.filter(accepted_at__isnull=False))
    )
    return _shown(rows, {"organisation": organisation.slug})


def _shown(rows, narrowed):
    found = list(in_order(rows).select_related("organisation")[: SHOWN + 1])
    if not found:
        return None
    return {
        "commitments": found[:SHOWN],
        "more": len(found) > SHOWN,
        "all_url": f"{reverse('commitments:index')}?{urlencode(narrowed)}",
    }


def in_order(rows):
    """Those in progress first, then the one that was heard of last."""
    ended = Case(When(state=Commitment.State.PUBLISHED, then=0), default=1)
    told_last = F("told_at").desc(nulls_last=True)
    return rows.alias(ended=ended).order_by("ended", told_last, "-published_at", "-pk")


OF_AREA = AreaSection("commitments", _("Commitments"), "commitments/panel.html", of_area)
OF_ORGANISATION = OrganisationSection(
    "commitments", _("Commitments"), "commitments/panel.html", of_organisation
)
