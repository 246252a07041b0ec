"""What the pages of areas and of organisations show of the programme."""

from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from partnership.organisations.reach import Reach
from partnership.organisations.sections import OrganisationSection
from portal.places.area_sections import AreaSection
from portal.topics.models import Topic

from .listing import Offers, with_parts
from .models import Call, Offer

SHOWN = 6
ON_PAPER = 3
EMBEDDED = 20


def calls_of_area(area, user):
    """Open calls for the area, those of the whole country last; None when there are none."""
    near = Reach.of(area).near(area.pk)
    rows = Call.objects.open_now().filter(Q(areas__in=near) | Q(areas=None)).distinct()
    found = list(rows.order_by("closes_on", "pk")[:SHOWN])
    return {"calls": found} if found else None


def offers_of_area(area, user):
    """What is sought and offered in the area; None when there is nothing."""
    near = Reach.of(area).near(area.pk)
    rows = Offer.objects.running().filter(areas__in=near).distinct()
    return _shown(rows, f"?{urlencode({'area': area.key})}")


def offers_of_organisation(organisation, user):
    """What the organisation seeks and offers now."""
    return _shown(Offer.objects.running().filter(organisation=organisation), "")


def embedded(parameters):
    """What is sought and offered, for a frame on another site's page."""
    listing = Offers(parameters)
    chosen = listing.chosen
    topic = Topic.objects.filter(key=chosen["topic"]).first() if chosen["topic"] else None
    names = [one.name for one in (chosen["area"], topic) if one]
    return {"offers": list(listing.rows[:EMBEDDED]), "narrowed": names}


def _shown(rows, narrowed):
    found = list(with_parts(rows)[: SHOWN + 1])
    if not found:
        return None
    return {
        "offers": found[:SHOWN],
        "more": len(found) > SHOWN,
        "all_url": f"{reverse('programme:offers')}{narrowed}",
    }


def calls_on_paper(area, variables):
    """Their names, and until when they are open."""
    return _lines(
        f"{call.name} ({_until(call.closes_on)})" for call in variables["calls"][:ON_PAPER]
    )


def _until(day):
    return gettext("until %(day)s") % {"day": date_format(day, "SHORT_DATE_FORMAT")}


def offers_on_paper(area, variables):
    """Whether it is sought or offered, what, and by whom."""
    return _lines(
        f"{offer.get_kind_display()}: {offer.title} ({offer.organisation.name})"
        for offer in variables["offers"][:ON_PAPER]
    )


def _lines(texts):
    return [{"kind": "list", "items": [[{"kind": "text", "text": text}] for text in texts]}]


CALLS = AreaSection(
    "calls",
    _("Calls"),
    "programme/calls_panel.html",
    calls_of_area,
    order=60,
    paper=calls_on_paper,
)
OFFERS = AreaSection(
    "offers",
    _("We seek, we offer"),
    "programme/panel.html",
    offers_of_area,
    order=61,
    paper=offers_on_paper,
)
OF_ORGANISATION = OrganisationSection(
    "offers", _("We seek, we offer"), "programme/panel.html", offers_of_organisation
)
