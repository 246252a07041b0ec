"""What PxWebApi 2 answers: tables and code lists as JSON, data as JSON-stat 2 and CSV."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.datasets.cubes import Axis, Cube
from monitoring.datasets.models import AREA, TIME, VALUE, Dataset
from monitoring.datasets.models.releases import Status
from monitoring.datasets.models.structure import STATUS
from monitoring.datasets.observations import REVISED, Table
from monitoring.indicators import periods
from portal.api.responses import LICENCE_URL
from portal.languages import LANGUAGES, current_language, in_words
from portal.sheets import Writer, workbook

from .selection import MOST_CELLS, Chosen, codelist_id, codelists

ROOT = "/pxweb/api/v2"
FORMATS = ("json-stat2", "csv", "xlsx")
WINDOW = 60
PERIOD = gettext_lazy("Period")
TIME_UNITS = {
    periods.Kind.YEAR: "Annual",
    periods.Kind.QUARTER: "Quarterly",
    periods.Kind.MONTH: "Monthly",
}


def config() -> dict[str, Any]:
    """The limits, languages and formats that there are."""
    return {
        "apiVersion": "2.0.0",
        "languages": [{"id": code, "label": name} for code, name in settings.LANGUAGES],
        "defaultLanguage": settings.LANGUAGE_CODE,
        "maxDataCells": MOST_CELLS,
        "maxCallsPerTimeWindow": settings.API_REQUESTS_A_MINUTE,
        "timeWindow": WINDOW,
        "license": LICENCE_URL,
        "sourceReferences": [{"language": code, "text": settings.SITE_URL} for code in LANGUAGES],
        "defaultMetadataFormat": "json-stat2",
        "defaultDataFormat": FORMATS[0],
        "dataFormats": list(FORMATS),
        "features": [],
    }


def label(dataset: Dataset) -> str:
    """The name of a dataset; invented figures say so in it."""
    return f"{_('Example')}: {dataset.name}" if dataset.example else dataset.name


def table(dataset: Dataset) -> dict[str, Any]:
    """A line of the list of tables; the dimensions are to be prefetched."""
    names = [one.name for one in dataset.dimensions.all()]
    first, last = (
        str(periods.Period.at(time, dataset.period))
        for time in (dataset.times[0], dataset.times[-1])
    )
    return {
        "type": "Table",
        "id": dataset.slug,
        "label": label(dataset),
        "description": dataset.description,
        "updated": _moment(dataset),
        "firstPeriod": first,
        "lastPeriod": last,
        "category": "public",
        "variableNames": [*names, str(PERIOD)],
        "discontinued": False,
        "source": dataset.source,
        "timeUnit": TIME_UNITS[periods.Kind(dataset.period)],
        "paths": [[{"id": "monitoring", "label": _("Monitoring")}]],
        "links": _links(dataset),
    }


def _moment(dataset: Dataset) -> str:
    return f"{dataset.released_at:%Y-%m-%dT%H:%M:%SZ}" if dataset.released_at else ""


def _links(dataset: Dataset) -> list[dict[str, str]]:
    language = current_language()
    base = f"{settings.SITE_URL}{ROOT}/tables/{quote(dataset.slug)}"
    return [
        {"rel": rel, "hreflang": language, "href": f"{base}{tail}?lang={language}"}
        for rel, tail in (("self", ""), ("metadata", "/metadata"), ("data", "/data"))
    ]


def page(
    tables: Sequence[Dataset], asked: QueryDict, *, number: int, size: int, total: int
) -> dict[str, Any]:
    """A page of the list of tables; `asked` are the parameters, which its links repeat."""
    language = current_language()
    return {
        "language": language,
        "tables": [table(one) for one in tables],
        "page": {
            "pageNumber": number,
            "pageSize": size,
            "totalElements": total,
            "totalPages": -(-total // size),
            "links": _page_links(asked, number, -(-total // size)),
        },
        "links": [
            {"rel": "self", "hreflang": language, "href": f"{settings.SITE_URL}{ROOT}/tables"}
        ],
    }


def _page_links(asked: QueryDict, number: int, last: int) -> list[dict[str, str]]:
    """The pages before and after, and the last."""
    pages = [("next", number + 1), ("previous", number - 1), ("last", last)]
    found = []
    for rel, other in pages:
        if 1 <= other <= last and other != number:
            query = asked.copy()
            query["pageNumber"] = str(other)
            href = f"{settings.SITE_URL}{ROOT}/tables?{query.urlencode()}"
            found.append({"rel": rel, "hreflang": current_language(), "href": href})
    return found


def codelist(cube: Cube, axis: Axis, name: str) -> dict[str, Any]:
    """The codes of a code list, with their names."""
    language = current_language()
    codes = codelists(cube, axis)[name]
    return {
        "id": name,
        "label": _codelist_label(cube, axis, name),
        "language": language,
        "languages": list(LANGUAGES),
        "type": "Valueset",
        "values": [{"code": code, "label": axis.by_code[code].name} for code in codes],
        "links": [_codelist_link(name) | {"rel": "self"}],
    }


def _codelist_link(name: str) -> dict[str, str]:
    language = current_language()
    href = f"{settings.SITE_URL}{ROOT}/codelists/{quote(name)}?lang={language}"
    return {"rel": "metadata", "hreflang": language, "href": href}


def _codelist_label(cube: Cube, axis: Axis, name: str) -> str:
    total = next(
        total for total, _parts in axis.breakdowns if codelist_id(cube, axis, total.code) == name
    )
    return _("%(dimension)s: parts of %(total)s") % {"dimension": axis.name, "total": total.name}


def metadata(cube: Cube) -> dict[str, Any]:
    """A table's structure, as JSON-stat 2 without values."""
    times = [str(cube.period(time)) for time in cube.dataset.times]
    codes = {axis.key: [code.code for code in axis.codes] for axis in cube.axes} | {TIME: times}
    return _jsonstat(cube, Chosen(codes, frozenset()))


def jsonstat(table: Table, chosen: Chosen) -> dict[str, Any]:
    """Data as JSON-stat 2: a value for each crossing, null where there is none.

    `status` says of crossings, by their place, why there is none, or what is to be said of the
    value; extension.status.label has the words.
    """
    values: list[int | float | None] = []
    status: dict[str, str] = {}
    for place, (_area, _others, _time, cell) in enumerate(table.rows()):
        values.append(_number(cell.value, table.cube.dataset.decimals))
        if cell.mark:
            status[str(place)] = cell.mark
    answer = _jsonstat(table.cube, chosen)
    answer["value"] = values
    if status:
        answer["status"] = status
        labels = {str(one.value): str(one.label) for one in Status if one} | {REVISED: _("revised")}
        answer["extension"]["status"] = {
            "label": {mark: labels[mark] for mark in sorted(set(status.values()))}
        }
    return answer


def _number(value: Decimal | None, decimals: int) -> int | float | None:
    if value is None:
        return None
    return float(round(value, decimals)) if decimals else int(value)


def _jsonstat(cube: Cube, chosen: Chosen) -> dict[str, Any]:
    dataset, language = cube.dataset, current_language()
    keys = [key for key in chosen.codes if key not in chosen.dropped]
    dimension = {}
    for axis in cube.axes:
        if axis.key in keys:
            names = {code: axis.by_code[code].name for code in chosen.codes[axis.key]}
            lists = [
                {
                    "id": name,
                    "label": _codelist_label(cube, axis, name),
                    "type": "Valueset",
                    "links": [_codelist_link(name)],
                }
                for name in codelists(cube, axis)
            ]
            total = axis.elimination
            extension: dict[str, Any] = {
                "elimination": total is not None,
                "show": "value",
                "codeLists": lists,
            }
            if total:
                extension["eliminationValueCode"] = total.code
            dimension[axis.key] = _dimension(axis.name, names, extension)
    times = {
        str(cube.period(time)): cube.period(time).name
        for time in dataset.times
        if str(cube.period(time)) in set(chosen.codes[TIME])
    }
    dimension[TIME] = _dimension(
        str(PERIOD), times, {"elimination": False, "show": "value", "codeLists": []}
    )
    notes = [text for text in (dataset.description, dataset.method, dataset.limits) if text]
    notes += [str(one) for one in dataset.breaks.select_related("dataset")]
    if dataset.example:
        notes.insert(0, _("Example figures: invented, to show how the portal works."))
    role = {"time": [TIME]} | ({"geo": [AREA]} if AREA in keys else {})
    return {
        "version": "2.0",
        "class": "dataset",
        "href": f"{settings.SITE_URL}{ROOT}/tables/{quote(dataset.slug)}/data?lang={language}",
        "label": label(dataset),
        "source": dataset.source,
        "updated": _moment(dataset),
        "note": notes,
        "role": role,
        "id": keys,
        "size": [len(chosen.codes[key]) for key in keys],
        "dimension": dimension,
        "extension": {
            "license": LICENCE_URL,
            "example": dataset.example,
            "px": {
                "tableid": dataset.slug,
                "decimals": dataset.decimals,
                "language": language,
                "contents": in_words(dataset, "unit"),
            },
        },
    }


def _dimension(name: str, labels: dict[str, str], extension: dict[str, Any]) -> dict[str, Any]:
    return {
        "label": name,
        "category": {
            "index": {code: place for place, code in enumerate(labels)},
            "label": labels,
        },
        "extension": extension,
    }


def csv(table: Table, chosen: Chosen) -> str:
    """Data as CSV: a row a crossing with the codes of SDMX-CSV, the value and its mark."""
    target = StringIO()
    writer = Writer(target)
    for row in _rows(table, chosen):
        writer.writerow(row)
    return target.getvalue()


def xlsx(table: Table, chosen: Chosen) -> bytes:
    """The same rows as a workbook, with a second sheet that tells what they are."""
    dataset = table.cube.dataset
    header, *rows = _rows(table, chosen)
    about = [
        (_("About the figures"),),
        (label(dataset),),
        (dataset.description,),
        *([(_("Example figures: invented, to show how the portal works."),)] * dataset.example),
        (_("Unit"), in_words(dataset, "unit")),
        (_("Source"), dataset.source),
        (_("Last released"), _moment(dataset)),
        (_("Licence"), LICENCE_URL),
    ]
    return workbook(dataset.slug, header, rows, about)


def _rows(table: Table, chosen: Chosen) -> Iterator[list[Any]]:
    """A header, and a row a crossing: codes, period, value, mark, and a note on invented ones."""
    cube = table.cube
    keys = [axis.key for axis in cube.others]
    kept = [key not in chosen.dropped for key in (AREA, *keys)]
    example = [_("Example")] if cube.dataset.example else []
    yield [*_kept([AREA, *keys], kept), TIME, VALUE, STATUS, *(["NOTE"] if example else [])]
    for area, others, time, cell in table.rows():
        codes = _kept([area.code, *(code.code for code in others)], kept)
        value = _number(cell.value, cube.dataset.decimals)
        yield [*codes, str(cube.period(time)), value, cell.mark, *example]


def _kept(cells: list[str], kept: list[bool]) -> list[str]:
    return [cell for cell, keep in zip(cells, kept, strict=True) if keep]
