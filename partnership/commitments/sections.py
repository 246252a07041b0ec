"""What the pages of areas and of organisations show of commitments."""

from urllib.parse import urlencode

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partnership.organisations.sections import OrganisationSection
from partnership.programme.happening import Event
from portal.caching.memory import remembered
from portal.errors import BadParameter
from portal.places.area_sections import AreaSection
from portal.places.models import Area
from portal.topics.models import Topic

from .models import Commitment, Confirmation, Share
from .models.confirmations import Answer
from .models.shares import Level

SHOWN = 12
ON_PAPER = 4
EMBEDDED = 20


def of_area(area, user):
    """Commitments for the area, those that were told of last first; None when there are none."""
    rows = Commitment.objects.public().filter(areas=area)
    return remembered(lambda: _shown(rows, {"area": area.key}), "commitments-of", area.key)


def of_organisation(organisation, user):
    """Commitments in which the organisation takes part, as everybody reads them."""
    rows = Commitment.objects.public().filter(in_which(organisation.slug))
    narrowed = {"organisation": organisation.slug}
    return remembered(lambda: _shown(rows, narrowed), "commitments-of-one", organisation.slug)


def by_area():
    """Each commitment in progress with each of its areas."""
    return Commitment.objects.running().order_by().values_list("pk", "areas")


def latest(number):
    """The commitments that were published or told of last: two queries."""
    rows = Commitment.objects.public().select_related("organisation")
    new = [
        Event(at=row.published_at, what=_("New commitment"), **_told(row))
        for row in rows.filter(published_at__isnull=False).order_by("-published_at")[:number]
    ]
    told = [
        Event(at=row.told_at, what=_("Told how it goes"), **_told(row))
        for row in rows.filter(told_at__isnull=False).order_by("-told_at")[:number]
    ]
    return [*new, *told]


def _told(row):
    return {
        "title": row.title,
        "url": row.get_absolute_url(),
        "language": row.language,
        "example": row.example,
    }


def embedded(parameters):
    """Commitments for a frame on another site's page: those for an area, or of organisations that
    work with a theme. BadParameter for an area or a theme that there is not.
    """
    rows = Commitment.objects.public()
    names = []
    if key := parameters.get("area"):
        area = Area.objects.choosable().filter(key=key).first()
        if area is None:
            raise BadParameter("area", key)
        rows = rows.filter(areas=area)
        names.append(area.name)
    if key := parameters.get("topic"):
        topic = Topic.objects.filter(key=key).first()
        if topic is None:
            raise BadParameter("topic", key)
        rows = rows.filter(organisation__topics=topic)
        names.append(topic.name)
    found = in_order(rows).select_related("organisation")[:EMBEDDED]
    return {"commitments": with_levels(found), "narrowed": names}


def _shown(rows, narrowed):
    found = with_levels(in_order(rows).select_related("organisation")[: SHOWN + 1])
    if not found:
        return None
    return {
        "commitments": found[:SHOWN],
        "more": len(found) > SHOWN,
        "all_url": f"{reverse('commitments:index')}?{urlencode(narrowed)}",
    }


def with_levels(commitments) -> list[Commitment]:
    """The commitments, each with who but its own organisations vouches for what was told last.

    `level` is empty where it is their own word. One query.
    """
    rows = list(commitments)
    words = Confirmation.objects.answered().filter(
        answer=Answer.CONFIRMED,
        report__undone_at=None,
        report__share__commitment__in=rows,
        report__at=F("report__share__commitment__told_at"),
    )
    pairs = set(words.values_list("report__share__commitment_id", "source"))
    for row in rows:
        row.level = next((one for one in Level.values if (row.pk, one) in pairs), "")
    return rows


def in_which(slug: str) -> Exists:
    """Of a list: commitments in which the organisation takes part, leading it or not."""
    shares = Share.objects.taking_part().filter(organisation__slug=slug)
    return Exists(shares.filter(commitment=OuterRef("pk")))


def in_order(rows):
    """Public ones: those in progress first, then the one that was heard of last."""
    return rows.filter(published_at__isnull=False).order_by("over", "-heard", "-pk")


def on_paper(area, variables):
    """The first of them, each with who leads it and its state."""
    lines = [
        f"{row.title} ({row.organisation.name}): {row.get_state_display()}"
        for row in variables["commitments"][:ON_PAPER]
    ]
    return [{"kind": "list", "items": [[{"kind": "text", "text": line}] for line in lines]}]


OF_AREA = AreaSection(
    "commitments",
    _("Commitments"),
    "commitments/panel.html",
    of_area,
    order=50,
    paper=on_paper,
)
OF_ORGANISATION = OrganisationSection(
    "commitments", _("Commitments"), "commitments/panel.html", of_organisation
)
