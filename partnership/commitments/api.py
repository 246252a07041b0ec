"""Commitments in the API, as everybody reads them on their pages."""

import datetime
import re
from collections.abc import Iterable
from typing import Any, Literal

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from partnership.organisations.models import Organisation
from portal.api.parameters import Paged, Parameters
from portal.api.responses import Many, One, absolute, dated, many, one
from portal.errors import BadParameter
from portal.places.models import Area

from .models import Commitment
from .models.shares import Progress
from .sections import in_order, in_which, with_levels

SOURCE = _("The integration portal: what the organisations have promised and told")
STATES = Literal[tuple(state.value for state in Commitment.PUBLIC)]
PROGRESS = Literal[tuple(Progress.values)]
NUMBER = re.compile(r"[1-9][0-9]{0,8}")

router = Router()


class MilestoneShape(Schema):
    title: str
    due: str = Field(description=_("A year, month or day of ISO 8601, as exact as it is known."))
    first_due: str = Field(description=_("The day with which it was published."))
    done_on: datetime.date | None


class ShareShape(Schema):
    organisation: str = Field(description=_("The slug of the organisation whose share it is."))
    leads: bool
    text: str
    amount: int | None = Field(description=_("How much it promises, where that can be counted."))
    unit: str
    reached: int | None = Field(description=_("How much of it has been told of."))
    last_told: datetime.date | None
    progress: PROGRESS | None


class CommitmentShape(Schema):
    id: int
    title: str
    language: str = Field(description=_("The language in which it is written."))
    organisation: str = Field(description=_("The slug of the organisation that leads it."))
    partners: list[str] = Field(description=_("Slugs of all that take part."))
    shares: list[ShareShape] = Field(
        description=_("What each organisation does of it and when it last told of that.")
    )
    state: STATES
    change: str
    beneficiaries: str
    baseline: str
    target: str
    areas: list[str] = Field(description=_("Keys of the areas where it happens."))
    published: datetime.date | None
    last_told: datetime.date | None = Field(description=_("When we were last told of it."))
    progress: PROGRESS | None = Field(description=_("How it goes, as it was last told."))
    verified: Literal["partner", "programme"] | None = Field(
        description=_("Who but its organisations vouches for what was told last.")
    )
    silent: bool = Field(description=_("Nothing has been told for twelve months."))
    milestones: list[MilestoneShape]
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class Asked(Paged):
    area: str | None = Field(None, max_length=6, description=_("Only those for this area."))
    organisation: str | None = Field(
        None, max_length=80, description=_("Only those in which this organisation takes part.")
    )
    state: STATES | None = Field(None, description=_("Only those in this state."))


@router.get(
    "",
    response=Many[CommitmentShape],
    operation_id="commitments",
    summary=_("Commitments"),
    description=_("Public commitments, those in progress and told of last first."),
)
def commitments(request, response: HttpResponse, asked: Query[Asked]):
    rows = in_order(Commitment.objects.public())
    if asked.area:
        if not Area.objects.filter(key=asked.area).exists():
            raise BadParameter("area", asked.area)
        rows = rows.filter(areas__key=asked.area)
    if asked.organisation:
        if not Organisation.objects.filter(slug=asked.organisation).exists():
            raise BadParameter("organisation", asked.organisation)
        rows = rows.filter(in_which(asked.organisation))
    if asked.state:
        rows = rows.filter(state=asked.state)
    return many(request, asked, _with_parts(rows), shapes, SOURCE, together=True)


@router.get(
    "/{commitment}",
    response=One[CommitmentShape],
    operation_id="commitment",
    summary=_("One commitment"),
    description=_("A public commitment with its milestones."),
)
def one_commitment(
    request,
    response: HttpResponse,
    asked: Query[Parameters],
    commitment: str = Path(..., description=_("The number in its address."), example="1"),
):
    if not NUMBER.fullmatch(commitment):
        raise Http404
    row = get_object_or_404(_with_parts(Commitment.objects.public()), pk=int(commitment))
    dated(response, [row.heard_at])
    return one(shapes([row])[0], SOURCE)


def _with_parts(rows):
    return rows.select_related("organisation").prefetch_related(
        "areas", "milestones", "shares__organisation", "shares__reports"
    )


def shapes(rows: Iterable[Commitment]) -> list[dict[str, Any]]:
    """Commitments as the API and the files have them."""
    return [shape(row) for row in with_levels(rows)]


def shape(row: Commitment) -> dict[str, Any]:
    """One commitment as the API and the files have it."""
    shares = [one for one in row.shares.all() if one.takes_part]
    return {
        "id": row.pk,
        "title": row.title,
        "language": row.language,
        "organisation": row.organisation.slug,
        "partners": [one.organisation.slug for one in shares],
        "shares": [
            {
                "organisation": one.organisation.slug,
                "leads": one.leads,
                "text": one.text,
                "amount": one.amount,
                "unit": one.unit,
                "reached": one.reached,
                "last_told": timezone.localdate(one.told_at) if one.told_at else None,
                "progress": one.progress or None,
            }
            for one in shares
        ],
        "state": row.state,
        **{name: getattr(row, name) for name in ("change", "beneficiaries", "baseline", "target")},
        "areas": sorted(area.key for area in row.areas.all()),
        "published": timezone.localdate(row.published_at) if row.published_at else None,
        "last_told": timezone.localdate(row.told_at) if row.told_at else None,
        "progress": row.progress or None,
        "verified": row.level or None,
        "silent": row.is_silent,
        "milestones": [
            {
                "title": one.title,
                "due": one.due,
                "first_due": one.first_due,
                "done_on": one.done_on,
            }
            for one in row.milestones.all()
        ],
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }
