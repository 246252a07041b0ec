"""Events on the pages of areas, and on the home page."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from content.pages.home import HomeSection
from portal.caching.memory import remembered
from portal.places.area_sections import AreaSection
from portal.places.models import Area, Belonging

from .models import Event

SHOWN, ON_PAPER = 5, 3


def coming():
    """Those that take place today or later, the next first: what may stand on a kept page."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Event.objects.filter(state=Event.State.PUBLISHED, ends_at__gte=today)
    return rows.order_by("starts_at", "pk")


def of_area(area, user):
    """The next events for the area or a part of it; None when there are none."""
    return remembered(lambda: _shown(area), "events-of", area.key)


def _shown(area):
    rows = list(_for(area)[: SHOWN + 1])
    if not rows:
        return None
    return {
        "events": rows[:SHOWN],
        "more": len(rows) > SHOWN,
        "all_url": f"{reverse('events:index')}?{urlencode({'area': area.key})}",
    }


def _for(area):
    """Those for the area, a part of it, or a larger one that it is in; in the country, all."""
    if area.kind == Area.Kind.COUNTRY:
        return coming()
    now = Belonging.objects.filter(valid_to=None)
    parts = now.filter(whole=area).values("part")
    wholes = now.filter(part=area).exclude(whole__kind=Area.Kind.COUNTRY).values("whole")
    areas = Area.objects.filter(Q(pk=area.pk) | Q(pk__in=parts) | Q(pk__in=wholes))
    here = Event.areas.through.objects.filter(event=OuterRef("pk"), area__in=areas)
    return coming().filter(Exists(here))


def on_paper(area, variables):
    """The next ones, each with its day."""
    lines = [
        f"{date_format(timezone.localdate(row.starts_at))}: {row.name}"
        for row in variables["events"][:ON_PAPER]
    ]
    return [{"kind": "list", "items": [[{"kind": "text", "text": line}] for line in lines]}]


def on_home():
    """The next few of all; None when there are none."""
    rows = list(coming()[:4])
    return {"events": rows, "all_url": reverse("events:index")} if rows else None


OF_AREA = AreaSection("events", _("Events"), "events/panel.html", of_area, 65, on_paper)
ON_HOME = HomeSection("events", _("Events"), "events/panel.html", on_home)
