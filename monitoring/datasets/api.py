"""Datasets in the API: their structure, what is published of them, and their releases."""

import re
from datetime import UTC, datetime, time
from io import StringIO
from typing import Any, Literal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from monitoring.indicators import numbers, periods
from portal.api.parameters import Day, Paged, Parameters, Whole
from portal.api.problems import WrongParameters, wrong
from portal.api.responses import (
    LICENCE_URL,
    READER,
    Links,
    ListMeta,
    Many,
    Names,
    One,
    absolute,
    dated,
    many,
    names,
    one,
)
from portal.errors import BadParameter
from portal.sheets import Writer

from . import areas
from .cubes import Axis, Cube
from .models import TIME, VALUE, Dataset, Release
from .models.structure import STATUS
from .observations import Crossings, Shown, UnknownCode, crossings

SOURCE = _("The integration portal; each dataset names the source of its values")
MOST_ON_A_PAGE = 10_000
DIMENSIONS = "dimensions"
NAMED = re.compile(r"[A-Z][A-Z0-9_]*")  # a parameter by the key of a dimension
PUBLIC = Release.State.RELEASED
PLAIN = ("domain", "track", "clients", "direction", "source_type", "aggregation")
MOST_OF_TODAY = 100_000

router = Router()


class CodeShape(Schema):
    code: str
    names: Names
    parts: list[list[str]] = Field(
        description=_("Codes whose values add up to its own; there may be several such sets.")
    )


class DimensionShape(Schema):
    key: str
    names: Names
    codes: list[CodeShape]


class DatasetShape(Schema):
    dataset: str = Field(description=_("The word that its address ends in, in all languages."))
    names: Names
    descriptions: Names
    units: Names
    decimals: int = Field(description=_("How many decimals the source publishes."))
    period: Literal[tuple(periods.Kind.values)] = Field(
        description=_("How long a time one value is about.")
    )
    first_period: str
    last_period: str
    sources: Names = Field(description=_("Who publishes the values that it is made of."))
    source_url: str
    example: bool = Field(description=_("Whether its figures are invented, as an example."))
    released: datetime = Field(description=_("When something of it was last released, in UTC."))
    url: str = Field(description=_("Its page on the portal."))
    csv: str = Field(description=_("Its values as a file."))
    pxweb: str = Field(description=_("Its address in PxWebApi 2."))


class BreakShape(Schema):
    period: str = Field(description=_("The first period after it; it may lie ahead."))
    texts: Names


class WholeDataset(DatasetShape):
    domain: str = Field(description=_("The part of integration that it is about, or empty."))
    track: str = Field(
        description=_("“phenomenon”, “service” (what services do), or empty for neither.")
    )
    clients: str = Field(
        description=_("“jobseekers”, “outside” the workforce, or empty for everybody.")
    )
    direction: str = Field(description=_("“up” where higher is better, “down”, or empty."))
    source_type: str = Field(description=_("“register”, “survey”, “system”, or empty."))
    aggregation: str = Field(
        description=_("“sum” where values of areas may be added up; empty where they may not.")
    )
    coverages: Names = Field(description=_("Whom and what it covers."))
    methods: Names = Field(description=_("How its method has changed."))
    limits: Names = Field(description=_("What it cannot tell."))
    breaks: list[BreakShape] = Field(
        description=_("From when on values are not comparable with those before, and why.")
    )
    smallest_shown: int = Field(
        description=_("Counts from 1 up to below this are hidden; 0 hides nothing.")
    )
    periods: list[str]
    dimensions: list[DimensionShape]


class ObservationShape(Schema):
    codes: dict[str, str] = Field(description=_("The code in each dimension, by its key."))
    period: str
    value: float | None = Field(description=_("The number; null where there is none."))
    status: str = Field(
        description=_(
            "Empty for a final value, “provisional” for one that may change, otherwise the reason "
            "why there is none."
        )
    )
    revised: bool = Field(description=_("Whether a correction changed it."))
    released: datetime | None = Field(description=_("When it came out, in UTC."))
    revised_since: datetime | None = Field(
        description=_("When a later release replaced it; null for what holds now.")
    )


class ExampleMeta(ListMeta):
    example: bool = Field(description=_("Whether its figures are invented, as an example."))


class Observations(Schema):
    meta: ExampleMeta
    links: Links
    items: list[ObservationShape]


class ReleaseShape(Schema):
    release: int = Field(description=_("Its number: observations can be asked as they were then."))
    dataset: str
    kind: Literal[tuple(Release.Kind.values)]
    released: datetime
    new: int = Field(description=_("How many values came for the first time."))
    changed: int = Field(description=_("How many values changed."))
    withdrawn: int = Field(description=_("How many published values were taken back."))
    reason: str = Field(description=_("Why it was corrected, in the words of who did it."))
    example: bool = Field(description=_("Whether its figures are invented, as an example."))


class CodesAsked(Paged):
    """The codes that are asked for: parameters named by dimensions are let through."""

    limit: Whole = Field(50, ge=1, le=MOST_ON_A_PAGE, description=_("How many things on a page."))
    REF_AREA: str | None = Field(
        None, max_length=1500, description=_("Keys of areas, with commas between them.")
    )
    TIME_PERIOD: str | None = Field(
        None, max_length=700, description=_("Periods, with commas between them.")
    )
    release: Whole = Field(
        0,
        ge=0,
        description=_("As it was when the release with this number had come out; 0 for now."),
    )
    areas: Literal["published", "today"] = Field(
        "published",
        description=_(
            "“today”: larger areas with the municipalities that they have today, in all periods; "
            "where values are sums. Then at most 100,000 values can be asked for."
        ),
    )
    format: Literal["json", "csv"] = Field("json", description=_("In which form."))

    @classmethod
    def knows(cls, name: str) -> bool:
        return super().knows(name) or bool(NAMED.fullmatch(name))


class ReleasesAsked(Paged):
    kind: Literal[tuple(Release.Kind.values)] | None = Field(
        None, description=_("Only releases of this kind.")
    )
    since: Day | None = Field(None, description=_("Only what came out on this day or later."))


BY_DIMENSION = {
    "parameters": [
        {
            "name": DIMENSIONS,
            "in": "query",
            "required": False,
            "style": "form",
            "explode": True,
            "schema": {
                "type": "object",
                "propertyNames": {"pattern": f"^{NAMED.pattern}$"},
                "additionalProperties": {"type": "string", "maxLength": 700},
            },
            "description": _(
                "Each further dimension of the dataset is a parameter of its own, with codes and "
                "commas between them: SEX=F,M. Without it, all of its codes."
            ),
        }
    ],
    "responses": {
        200: {"content": {"text/csv": {"schema": {"type": "string"}}}},
    },
}
NAME = Path(
    ...,
    description=_("The word that its address ends in."),
    example="example-clients",
)


@router.get(
    "",
    response=Many[DatasetShape],
    operation_id="datasets",
    summary=_("Datasets"),
    description=_("Tables of values by area, period and further dimensions, by address."),
)
def datasets(request, asked: Query[Paged]):
    return many(request, asked, _datasets().order_by("slug"), _dataset, SOURCE)


@router.get(
    "/{dataset}",
    response=One[WholeDataset],
    operation_id="dataset",
    summary=_("One dataset"),
    description=_("A dataset with its dimensions, their codes and what adds up to what."),
)
def dataset(request, response: HttpResponse, asked: Query[Parameters], dataset: str = NAME):
    found = get_object_or_404(_datasets(), slug=dataset)
    cube = Cube.of(found)
    dated(response, [found.released_at])
    return one(
        {
            **_dataset(found),
            **{field: getattr(found, field) for field in PLAIN},
            "coverages": names(found, "coverage"),
            "methods": names(found, "method"),
            "limits": names(found, "limits"),
            "breaks": [
                {"period": str(one.period), "texts": names(one, "text")}
                for one in found.breaks.select_related("dataset")
            ],
            "smallest_shown": found.smallest_shown,
            "periods": [str(cube.period(time)) for time in found.times],
            "dimensions": [_dimension(axis) for axis in cube.axes],
        },
        SOURCE,
    )


@router.get(
    "/{dataset}/observations",
    response=Observations,
    operation_id="observations",
    summary=_("Values of a dataset"),
    description=_(
        "What is published of a dataset at the crossings of the codes that are asked for, in their "
        "order, time changing fastest: a value, or the reason why there is none."
    ),
    openapi_extra=BY_DIMENSION,
)
def observations(request, response: HttpResponse, asked: Query[CodesAsked], dataset: str = NAME):
    found = get_object_or_404(_datasets(), slug=dataset)
    cube = Cube.of(found)
    rows = _crossings(request, asked, cube)
    answer = many(request, asked, rows, lambda row: _observation(cube, row), SOURCE)
    if asked.format == "csv":
        return _csv(request, cube, answer)
    dated(response, [found.released_at])
    return {**answer, "meta": {**answer["meta"], "example": found.example}}


def _crossings(request, asked: CodesAsked, cube: Cube) -> Crossings | list[Shown]:
    """What the parameters select. Raises WrongParameters, BadParameter."""
    release = None
    if asked.release:
        release = cube.dataset.releases.filter(pk=asked.release, state=PUBLIC).first()
        if release is None:
            raise BadParameter("release", str(asked.release))
    selection = {
        name: [code.strip() for code in value.split(",")]
        for name, value in request.GET.items()
        if NAMED.fullmatch(name)
    }
    try:
        rows = crossings(cube, selection, release=release)
        return _of_today(asked, rows) if asked.areas == "today" else rows
    except UnknownCode as unknown:
        known = [*(axis.key for axis in cube.axes), TIME]
        if unknown.key in known:
            detail = gettext("There is no such code; the address of the dataset lists them.")
        else:
            detail = gettext("One of the variables %(known)s.") % {"known": ", ".join(known)}
        raise WrongParameters([wrong(unknown.key, unknown.code, detail)]) from unknown


def _of_today(asked: CodesAsked, rows: Crossings) -> list[Shown]:
    """The rows with their larger areas as they are today. Raises BadParameter."""
    if asked.release or len(rows) > MOST_OF_TODAY:
        raise BadParameter("areas", asked.areas)
    try:
        table = areas.of_today(rows.table(), timezone.localdate())
    except areas.NotAdditive as error:
        raise BadParameter("areas", asked.areas) from error
    return list(table.rows())


def _observation(cube: Cube, row: Shown) -> dict[str, Any]:
    area, others, time, cell = row
    codes = {cube.areas.key: area.code}
    codes |= {axis.key: code.code for axis, code in zip(cube.others, others, strict=True)}
    return {
        "codes": codes,
        "period": str(cube.period(time)),
        "value": cell.value,
        "status": cell.status,
        "revised": cell.revised,
        "released": cell.released,
        "revised_since": cell.since,
    }


def _csv(request, cube: Cube, answer: dict[str, Any]) -> HttpResponse:
    """A page of observations in the columns of the dataset's own file."""
    target = StringIO()
    writer = Writer(target)
    note = [gettext("Example")] if cube.dataset.example else []
    keys = [axis.key for axis in cube.axes]
    writer.writerow([*keys, TIME, VALUE, STATUS, *(["NOTE"] if note else [])])
    for item in answer["items"]:
        value = item["value"]
        number = "" if value is None else numbers.plain(value, cube.dataset.decimals)
        mark = "revised" if item["revised"] and value is not None else item["status"]
        codes = [item["codes"][key] for key in keys]
        writer.writerow([*codes, item["period"], number, mark, *note])
    response = HttpResponse(target.getvalue(), content_type="text/csv; charset=utf-8")
    links = {"license": LICENCE_URL, "next": answer["links"]["next"]}
    response["Link"] = ", ".join(f'<{url}>; rel="{rel}"' for rel, url in links.items() if url)
    return response


@router.get(
    "/{dataset}/releases",
    response=Many[ReleaseShape],
    operation_id="dataset_releases",
    summary=_("Releases of a dataset"),
    description=_("What came out of a dataset and when, the newest first."),
)
def releases(request, asked: Query[ReleasesAsked], dataset: str = NAME):
    found = get_object_or_404(_datasets(), slug=dataset)
    rows = _releases(asked).filter(dataset=found)
    return many(request, asked, rows, _release, SOURCE)


def _releases(asked: ReleasesAsked):
    rows = Release.objects.filter(state=PUBLIC).select_related("dataset")
    if asked.kind is not None:
        rows = rows.filter(kind=asked.kind)
    if asked.since is not None:
        rows = rows.filter(released_at__gte=datetime.combine(asked.since, time(), UTC))
    return rows.order_by("-released_at", "-pk")


def _release(row: Release) -> dict[str, Any]:
    return {
        "release": row.pk,
        "dataset": row.dataset.slug,
        "kind": row.kind,
        "released": row.released_at,
        "new": row.new,
        "changed": row.changed,
        "withdrawn": row.withdrawn,
        "reason": row.reason,
        "example": row.dataset.example,
    }


def _datasets():
    return Dataset.objects.visible_to(READER)


def _dataset(row: Dataset) -> dict[str, Any]:
    first, last = (
        str(periods.Period.at(time, row.period)) for time in (row.times[0], row.times[-1])
    )
    return {
        "dataset": row.slug,
        "names": names(row),
        "descriptions": names(row, "description"),
        "units": names(row, "unit"),
        "decimals": row.decimals,
        "period": row.period,
        "first_period": first,
        "last_period": last,
        "sources": names(row, "source"),
        "source_url": row.source_url,
        "example": row.example,
        "released": row.released_at,
        "url": absolute(row.get_absolute_url()),
        "csv": absolute(reverse("datasets:csv", kwargs={"slug": row.slug})),
        "pxweb": absolute(reverse("pxweb:table", kwargs={"table": row.slug})),
    }


def _dimension(axis: Axis) -> dict[str, Any]:
    parts: dict[str, list[list[str]]] = {}
    for total, addends in axis.breakdowns:
        parts.setdefault(total.code, []).append([code.code for code in addends])
    return {
        "key": axis.key,
        "names": names(axis.dimension),
        "codes": [
            {"code": code.code, "names": names(code), "parts": parts.get(code.code, [])}
            for code in axis.codes
        ],
    }
