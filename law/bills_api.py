"""Pending bills in the API: how far each has come, and what it would change."""

import re
from datetime import date
from typing import Literal

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, Names, One, absolute, many, names, one

from .models import PendingBill, Section

SOURCE = _("The portal's lawyers; each bill names where its stage was found")
STAGES = Literal[tuple(PendingBill.Stage.values)]

NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)

router = Router()


class BillShape(Schema):
    bill: int = Field(description=_("Its number on the portal, as addresses have it."))
    number: str | None = Field(
        description=_("Government proposal, such as HE 13/2026; null while it has none.")
    )
    example: bool = Field(description=_("Invented, for an invented act: no bill."))
    names: Names
    stage: STAGES
    planned_from: date | None = Field(
        description=_("Planned first day in force, or the first of the time in planned_as.")
    )
    planned_as: Literal[tuple(PendingBill.Precision.values)] | None
    stage_confirmed_on: date = Field(
        description=_("When somebody last found that it is in this stage.")
    )
    unchecked: bool = Field(
        description=_("Nobody has confirmed the stage for thirty days: it may have gone further.")
    )
    acts: list[str] = Field(description=_("Numbers of the acts that it would change."))
    sections: list[str] = Field(
        description=_("Sections that it would change, such as 681/2023:14; none when not known.")
    )
    new_sections: str
    url: str = Field(description=_("Its page on the portal."))
    source_url: str = Field(description=_("The bill's own page, at Parliament or its ministry."))


class StageShape(Schema):
    stage: STAGES
    since: date


class WholeBill(BillShape):
    summaries: Names = Field(description=_("The portal's own summary. The bill decides."))
    stages: list[StageShape] = Field(description=_("The stages that it has been in."))
    became: list[str] = Field(description=_("Numbers of the acts that it became."))
    source: str = Field(description=_("Where its stage was last found."))


class Bills(Paged):
    stage: STAGES | None = Field(None, description=_("Only those in this stage."))


@router.get(
    "",
    response=Many[BillShape],
    operation_id="law_bills",
    summary=_("Pending bills"),
    description=_("Bills that would change the law, the first to come first; ended ones too."),
)
def bills(request, asked: Query[Bills]):
    rows = _bills().order_by("planned_on", "pk")
    if asked.stage is not None:
        rows = rows.filter(stage=asked.stage)
    return many(request, asked, rows, _bill, SOURCE)


@router.get(
    "/{bill}",
    response=One[WholeBill],
    operation_id="law_bill",
    summary=_("One pending bill"),
    description=_("A bill with its stages, what it would change, and what it became."),
)
def bill(
    request,
    asked: Query[Parameters],
    bill: str = Path(..., description=_("Its number on the portal."), example="1"),
):
    rows = _bills().prefetch_related("amendments")
    row = rows.filter(pk=int(bill)).first() if NUMBER.fullmatch(bill) else None
    if row is None:
        raise Http404
    return one(
        {
            **_bill(row),
            "summaries": names(row, "summary"),
            "stages": [{"stage": one["stage"], "since": one["on"]} for one in row.stages],
            "became": [one.reference for one in row.amendments.all()],
            "source": row.source,
        },
        SOURCE,
    )


def _bills():
    named = Prefetch("sections", Section.objects.select_related("act"))
    return PendingBill.objects.visible_to(READER).prefetch_related("acts", named)


def _bill(bill: PendingBill) -> dict:
    return {
        "bill": bill.pk,
        "number": bill.number or None,
        "example": bill.is_example,
        "names": names(bill),
        "stage": bill.stage,
        "planned_from": bill.planned_on,
        "planned_as": bill.planned_as if bill.planned_on else None,
        "stage_confirmed_on": bill.confirmed_on,
        "unchecked": bill.is_unchecked,
        "acts": [one.reference for one in bill.acts.all()],
        "sections": [f"{one.act.reference}:{one.number}" for one in bill.sections.all()],
        "new_sections": bill.new_sections,
        "url": absolute(bill.get_absolute_url()),
        "source_url": bill.url,
    }
