"""What the page of an area shows of its partners."""

from functools import partial
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.caching.memory import remembered
from portal.places.area_sections import AreaSection

from .directory import found_by
from .models import Organisation
from .models.bodies import KINDS

SHOWN = 12
ON_PAPER = 8


def partners(area, user):
    """The members that serve an area, its own first; nothing where there are none."""
    return remembered(partial(_partners, area), "partners-of", area.key)


def _partners(area):
    """The same for every reader: a member's entry is either listed for all or for nobody."""
    number, found = found_by(area, AnonymousUser(), SHOWN)
    if not found:
        return None
    return {
        "number": number,
        "found": found,
        "all_url": f"{reverse('organisations:index')}?{urlencode({'area': area.key})}",
    }


def partners_on_paper(area, variables):
    """The first of them by name, and how many there are."""
    names = ", ".join(organisation.name for organisation, _wider in variables["found"][:ON_PAPER])
    more = variables["number"] - ON_PAPER
    if more > 0:
        names = gettext("%(names)s and %(number)s others") % {"names": names, "number": more}
    return [{"kind": "p", "nodes": [{"kind": "text", "text": names}]}]


PARTNERS = AreaSection(
    "partners",
    _("Partners"),
    "organisations/panel.html",
    partners,
    order=40,
    paper=partners_on_paper,
)


def missing_body(area, user):
    """Whether the area's own public body is not in the directory: then its people are asked for."""
    if area.kind not in KINDS:
        return None
    if Organisation.objects.listed().filter(public_bodies__area=area).exists():
        return None
    return {}


MISSING_BODY = AreaSection(
    "public-body", _("In the directory"), "organisations/body_missing.html", missing_body, order=41
)
