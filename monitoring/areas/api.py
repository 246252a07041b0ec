"""The figures of an area in the API: values, what they are compared with, verdicts, sentences."""

from datetime import datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_noop as _
from django.utils.translation import override
from ninja import Field, Path, Query, Router, Schema

from portal.api.parameters import Parameters
from portal.api.responses import READER, Names, absolute, meta
from portal.api.responses import Meta as MetaShape
from portal.languages import LANGUAGES
from portal.places.models import Area

from .figures import AreaFigure, Reading, headline_figures
from .movement import Verdict
from .similar import FIELDS

SOURCE = _("The integration portal; each dataset names the source of its values")

router = Router()


class ReadingShape(Schema):
    period: str
    value: float | None = Field(description=_("The number; null where there is none."))
    reason: str = Field(description=_("Why there is no value; empty where there is one."))


class BesideShape(Schema):
    area: str = Field(description=_("Key of the other area."))
    value: float | None = Field(description=_("The number; null where there is none."))
    reason: str = Field(description=_("Why there is no value; empty where there is one."))


class MovementShape(Schema):
    verdict: Literal[tuple(str(one) for one in Verdict)]
    reason: str = Field(
        description=_("Why the verdict is unknown: “no-value”, “no-base” or “break”.")
    )
    rule: int = Field(description=_("The version of the movement rule."))
    base: str | None = Field(description=_("The period that it is compared with."))


class FigureShape(Schema):
    dataset: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names
    units: Names
    codes: dict[str, str] = Field(
        description=_("Codes of dimensions in which the value is no total.")
    )
    period: str
    value: float | None = Field(description=_("The number; null where there is none."))
    status: str = Field(
        description=_(
            "Empty for a final value, “provisional” for one that may change, otherwise the reason "
            "why there is none."
        )
    )
    revised_since: datetime | None = Field(description=_("When a correction changed it, in UTC."))
    history: list[ReadingShape] = Field(description=_("Its own past, the latest last."))
    country: ReadingShape | None = Field(description=_("The same of the country."))
    similar: list[BesideShape] = Field(
        description=_("Similar areas in the order of their Finnish names: no rank.")
    )
    movement: MovementShape
    sentences: Names = Field(description=_("What the figure says, in a sentence."))
    example: bool = Field(description=_("Whether its figures are invented, as an example."))
    url: str = Field(description=_("Its page on the portal."))


class FiguresOfArea(Schema):
    meta: MetaShape
    area: str = Field(description=_("Key of the area."))
    items: list[FigureShape]


class Asked(Parameters):
    similar: Literal["structure", "growth"] = Field(
        "structure",
        description=_(
            "By what similar areas are found: their size and structure, or the share and growth of "
            "a figure."
        ),
    )


@router.get(
    "/{area}/figures",
    response=FiguresOfArea,
    operation_id="area-figures",
    summary=_("Figures of an area"),
    description=_(
        "The headline figures of an area: each with its past, the country, five similar areas, a "
        "verdict by the movement rule, and a sentence in each language."
    ),
)
def figures(
    request,
    asked: Query[Asked],
    area: str = Path(..., description=_("Key of the area."), example="TA05"),
):
    found = get_object_or_404(Area.objects.visible_to(READER).with_page().only(*FIELDS), key=area)
    with override("fi"):
        shown = headline_figures(found, preset=asked.similar)
    return {"meta": meta(SOURCE), "area": found.key, "items": [_figure(one) for one in shown]}


def _figure(figure: AreaFigure) -> dict[str, Any]:
    dataset, said = figure.dataset, {}
    for language in LANGUAGES:
        with override(language):
            said[language] = figure.sentence()
    base = figure.movement.base
    return {
        "dataset": dataset.slug,
        "names": {one: getattr(dataset, f"name_{one}") for one in LANGUAGES},
        "units": {one: getattr(dataset, f"unit_{one}") for one in LANGUAGES},
        "codes": {code.dimension.key: code.code for code in figure.named},
        "period": str(figure.time),
        "value": figure.value,
        "status": figure.cell.status,
        "revised_since": figure.revised_since,
        "history": [_reading(one) for one in figure.history],
        "country": _reading(figure.country) if figure.country else None,
        "similar": [
            {"area": one.area.key, "value": one.value, "reason": one.reason}
            for one in figure.similar
        ],
        "movement": {
            "verdict": str(figure.movement.verdict),
            "reason": str(figure.movement.why),
            "rule": figure.movement.version,
            "base": str(figure.before.period) if base is not None and figure.before else None,
        },
        "sentences": said,
        "example": figure.example,
        "url": absolute(figure.url),
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {"period": str(reading.period), "value": reading.value, "reason": reading.reason}
