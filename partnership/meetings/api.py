"""Recorded decisions in the API, and the shape that the files share with it."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from portal.api.parameters import Paged
from portal.api.responses import READER, Many, absolute, dated, many

from .models import Decision

SOURCE = _("The integration portal: decisions of meetings, told by the areas")

router = Router()


class DecisionShape(Schema):
    id: int
    area: str = Field(description=_("The key of the area."))
    month: str | None = Field(description=_("The month of the worksheet that was read."))
    read_on: datetime.date
    body: str = Field(description=_("In which body it was read."))
    decided: str
    language: str = Field(description=_("The language in which it is written."))
    follow_up_on: datetime.date | None
    outcome: str = Field(description=_("What came of it; empty while nothing has been told."))
    commitment: int | None = Field(description=_("The number of the commitment it led to."))
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its page on the portal."))


class DecisionsAsked(Paged):
    area: str | None = Field(
        None, max_length=6, description=_("Only those of the area with this key.")
    )


@router.get(
    "/decisions",
    response=Many[DecisionShape],
    operation_id="decisions",
    summary=_("Decisions of meetings"),
    description=_("What areas decided over their figures, the newest meeting first."),
)
def decisions(request, response: HttpResponse, asked: Query[DecisionsAsked]):
    rows = Decision.objects.visible_to(READER).select_related("area", "month", "commitment")
    if asked.area:
        rows = rows.filter(area__key=asked.area)
    dated(response, [rows.order_by("-recorded_at").values_list("recorded_at", flat=True).first()])
    return many(request, asked, rows, of_decision, SOURCE)


def of_decision(row: Decision) -> dict[str, Any]:
    """A decision as the API and the files have it."""
    public = row.commitment is not None and row.commitment.published_at is not None
    return {
        "id": row.pk,
        "area": row.area.key,
        "month": row.month.word if row.month else None,
        "read_on": row.read_on,
        "body": row.body,
        "decided": row.decided,
        "language": row.language,
        "follow_up_on": row.follow_up_on,
        "outcome": row.outcome,
        "commitment": row.commitment_id if public else None,
        "example": row.example,
        "url": absolute(row.get_absolute_url()),
    }


def shapes(rows: Iterable[Decision]) -> list[dict[str, Any]]:
    return [of_decision(row) for row in rows]
