"""The files of an indicator: picture, CSV, workbook, JSON-stat and description.

Each takes the parameters of the page, `?area=` and `?time=`; without an area, data files have all
areas and the picture has the one that the page shows.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring import downloads
from monitoring.downloads import open_to_all, picture_view
from portal.api.responses import LICENCE, LICENCE_URL, absolute, names
from portal.embedding import code_for
from portal.languages import alphabetical
from portal.page_cache import kept
from portal.places.models import Area
from portal.sheets import Writer

from . import figures, numbers, periods
from .asked import area_asked, areas_of, span_asked, usual
from .files import COLUMNS
from .latest import COUNTRY
from .models import Indicator, Observation
from .series import Series, observations, read

MARK = "\ufeff"
TERMS = ("purpose", "limits", "misreading", "coverage")


def drawn(found: Indicator, area: Area, areas: list[Area], span) -> tuple[Series, Series | None]:
    """The series of an area, and that of the country to stand behind it."""
    series = read(found, area, span)
    country = next((one for one in areas if one.key == COUNTRY), None)
    is_share = found.kind == Indicator.Kind.PERCENT
    beside = country if country and area.key != COUNTRY and is_share else None
    return series, read(found, beside, span) if beside else None


@kept("area", "time")
@open_to_all
def as_csv(request, slug):
    """The values of an indicator, all or those of `?area=` and `?time=`, as a file.

    UTF-8 with its mark, RFC 4180, the columns of an import file (docs/monitoring.md). Text that a
    spreadsheet would take for a formula has an apostrophe before it.
    """
    found = get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)
    area = area_asked(request, areas_of(found, request.user)) if "area" in request.GET else None
    response = HttpResponse(MARK, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    writer = Writer(response)
    writer.writerow(COLUMNS)
    rows = observations(found, area, span_asked(request)).order_by("area__key", "start")
    for key, start, period, value, status, source_url, note in rows.values_list(
        "area__key", "start", "period", "value", "status", "source_url", "note"
    ):
        number = "" if value is None else numbers.plain(value, found.decimals)
        time = periods.Period(start, period)
        writer.writerow([found.slug, key, time, number, status, source_url, note])
    return response


@kept("area", "time")
@picture_view
def as_svg(request, slug):
    """The picture of the page, with its own style; 404 while there is nothing to compare."""
    found = _found(request, slug)
    areas = alphabetical(areas_of(found, request.user))
    area = area_asked(request, areas) or usual(areas)
    if area is None:
        raise Http404
    figure = figures.of_series(*drawn(found, area, areas, span_asked(request)))
    if not figure.can_be_drawn:
        raise Http404
    return downloads.picture(figure)


@kept("area", "time")
@open_to_all
def as_xlsx(request, slug):
    """The values as a workbook with typed cells; more than 100,000 are given as CSV."""
    found = _found(request, slug)
    values, areas = _asked(request, found)
    if values.count() > downloads.MOST_ROWS:
        query = request.GET.urlencode()
        path = reverse("monitoring:csv", kwargs={"slug": slug})
        return HttpResponseRedirect(f"{path}?{query}" if query else path)
    header = [
        _("Indicator"), _("Area"), _("Name of the area"), _("Period"), found.unit,
        _("Status"), _("Published in"), _("Note"),
    ]  # fmt: skip
    rows = (
        [
            found.slug, area.key, area.name, str(time),
            None if value is None else float(round(value, found.decimals)),
            str(Observation.Status(status).label), source_url, note,
        ]
        for area, time, value, status, source_url, note in _rows(values, areas)
    )  # fmt: skip
    return downloads.workbook(found.slug, header, rows, _about(found))


@kept("area", "time")
@open_to_all
def as_json(request, slug):
    """The values as JSON-stat 2.0: null where there is none, with the reason in `status`."""
    found = _found(request, slug)
    cells: dict[tuple[str, str], tuple[Decimal | None, str]] = {}
    named: dict[str, str] = {}
    times: dict[str, str] = {}
    for area, time, value, status, _source_url, _note in _rows(*_asked(request, found)):
        named[area.key] = area.name
        times[str(time)] = time.name
        cells[area.key, str(time)] = (value, status)
    ordered = sorted(times)
    values: list[float | int | None] = []
    statuses = {}
    for place, key in enumerate((area, time) for area in named for time in ordered):
        value, status = cells.get(key, (None, Observation.Status.NOT_COLLECTED.value))
        values.append(_number(value, found.decimals))
        if status:
            statuses[str(place)] = status
    return downloads.json(
        {
            "version": "2.0",
            "class": "dataset",
            "label": found.name,
            "source": found.source,
            "href": absolute(reverse("monitoring:json", kwargs={"slug": slug})),
            "note": [found.coverage],
            "role": {"geo": ["area"], "time": ["time"]},
            "id": ["area", "time"],
            "size": [len(named), len(ordered)],
            "dimension": {
                "area": _dimension(_("Area"), named),
                "time": _dimension(_("Period"), {code: times[code] for code in ordered}),
            },
            "value": values,
            "status": statuses,
            "extension": {
                "license": LICENCE_URL,
                "unit": found.unit,
                "decimals": found.decimals,
                "status": {
                    one: str(Observation.Status(one).label)
                    for one in sorted(set(statuses.values()))
                },
            },
        }
    )


@kept()
@open_to_all
def as_metadata(request, slug):
    """What the indicator is, in the three languages, and the addresses of its files."""
    found = _found(request, slug)
    address = absolute(found.get_absolute_url())
    return downloads.json(
        {
            "id": found.slug,
            "names": names(found),
            "units": names(found, "unit"),
            "kind": found.kind,
            "decimals": found.decimals,
            "period": found.period,
            "domain": found.domain,
            "source_type": found.source_type,
            "sources": names(found, "source"),
            "source_url": found.source_url,
            **{term: names(found, term) for term in TERMS},
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "url": address,
            "files": {
                word: absolute(reverse(f"monitoring:{word}", kwargs={"slug": slug}))
                for word in ("svg", "csv", "xlsx", "json")
            },
        }
    )


def reuse_of(series: Series, query: str, *, has_picture: bool) -> downloads.Reuse:
    """What the strip under a figure of the page says."""
    found = series.indicator
    address = found.get_absolute_url()
    cited = _("Integration portal: %(name)s. Source: %(source)s.") % {
        "name": found.name,
        "source": found.source,
    }
    imported = figures.imported(series)
    return downloads.Reuse(
        base=address.rstrip("/"),
        query=query,
        citation=" ".join(
            [
                cited,
                *([f"{imported[:1].upper()}{imported[1:]}."] if imported else []),
                absolute(f"{address}?{query}" if query else address),
            ]
        ),
        code=code_for("indicator", {"slug": found.slug, "area": series.area.key}),
        has_picture=has_picture,
        api=reverse("api:indicator", kwargs={"slug": found.slug}),
    )


def _found(request, slug: str) -> Indicator:
    return get_object_or_404(Indicator.objects.visible_to(request.user), slug=slug)


def _asked(request, found: Indicator) -> tuple[QuerySet[Observation], dict[int, Area]]:
    """The values that the address asks for, by area, then by time; and the areas there are."""
    areas = areas_of(found, request.user)
    area = area_asked(request, areas) if "area" in request.GET else None
    rows = observations(found, area, span_asked(request)).order_by("area__key", "start")
    return rows, {one.pk: one for one in areas}


def _rows(
    rows: QuerySet[Observation], areas: dict[int, Area]
) -> Iterator[tuple[Area, periods.Period, Any, str, str, str]]:
    for area, start, period, value, status, source_url, note in rows.values_list(
        "area_id", "start", "period", "value", "status", "source_url", "note"
    ):
        yield areas[area], periods.Period(start, period), value, status, source_url, note


def _about(found: Indicator) -> list[tuple[str, str]]:
    """The sheet that tells what the values are."""
    return [
        (_("Name"), found.name),
        (_("Unit"), found.unit),
        (_("Source"), found.source),
        (_("Address of the source"), found.source_url),
        (_("Type of source"), str(found.get_source_type_display())),
        (_("Coverage"), found.coverage),
        (_("What it is for"), found.purpose),
        (_("What it cannot tell"), found.limits),
        (_("How it is often misread"), found.misreading),
        (_("Licence"), f"{LICENCE}, {LICENCE_URL}"),
        (_("Address"), absolute(found.get_absolute_url())),
    ]


def _number(value: Decimal | None, decimals: int) -> float | int | None:
    if value is None:
        return None
    return float(round(value, decimals)) if decimals else int(value)


def _dimension(name: str, labels: dict[str, str]) -> dict[str, Any]:
    index = {code: place for place, code in enumerate(labels)}
    return {"label": name, "category": {"index": index, "label": labels}}
