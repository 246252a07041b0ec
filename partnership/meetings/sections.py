"""What the page of an area shows of its meetings: the worksheet, and what was decided."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.authorities.officers import may_edit
from partnership.programme.happening import Event
from portal.places.area_sections import AreaSection

from .models import KINDS, Decision
from .worksheets import latest

SHOWN = 4


def of_area(area, user):
    """The newest decisions, and the way to the worksheet; None where there is neither."""
    if area.kind not in KINDS:
        return None
    month = latest()
    found = list(Decision.objects.standing().filter(area=area)[: SHOWN + 1])
    if month is None and not found:
        return None
    return {
        "month": month,
        "decisions": found[:SHOWN],
        "more": len(found) > SHOWN,
        "may_record": user.is_authenticated and may_edit(user, area),
        "all_url": f"{reverse('meetings:index')}?area={area.key}",
    }


def latest_decisions(number):
    """The newest for the programme's page: one query."""
    rows = Decision.objects.standing().select_related("area").order_by("-recorded_at")[:number]
    return [
        Event(
            at=row.recorded_at,
            what=_("Read and decided"),
            title=f"{row.area.name}: {row.body}",
            url=row.get_absolute_url(),
        )
        for row in rows
    ]


def paper(area, variables):
    """On the A4 of the area: when it was last read, in which body, and what was decided."""
    if not variables["decisions"]:
        return []
    row = variables["decisions"][0]
    words = _("Read on %(day)s, %(body)s: %(decided)s") % {
        "day": date_format(row.read_on, "DATE_FORMAT"),
        "body": row.body,
        "decided": row.decided[:300],
    }
    return [{"kind": "p", "nodes": [{"kind": "text", "text": words}]}]


OF_AREA = AreaSection(
    "meetings",
    gettext_lazy("Read and decided"),
    "meetings/panel.html",
    of_area,
    order=80,
    paper=paper,
)
