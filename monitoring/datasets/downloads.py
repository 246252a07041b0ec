"""The files of a dataset: picture, CSV, workbook, JSON-stat and description.

The data files have all that is published, or with the page's own words what they name
(`?REF_AREA=TA05,TA06&TIME_PERIOD=2025&SEX=F`); the picture takes the parameters of the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring import downloads
from monitoring.downloads import open_to_all, picture_view
from portal.api.responses import LICENCE, LICENCE_URL, absolute, names
from portal.caching.memory import pages, remembered
from portal.embedding import code_for
from portal.errors import BadParameter
from portal.sheets import Writer

from . import observations
from .cubes import Cube
from .figures import Asked, figure
from .models import AREA, TIME, VALUE, Code, Dataset
from .models.structure import STATUS
from .pxweb import answers
from .pxweb.selection import Chosen

MARK = "\ufeff"
MOST_CELLS = 1_000_000  # in one answer of JSON-stat


@open_to_all
def as_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """What is published of a dataset, period by period, in the columns of SDMX-CSV.

    UTF-8 with its mark. Invented figures say so in each row.
    """
    found = _found(request, slug)
    cube = Cube.of(found)
    chosen = selection(cube, request.GET)
    lines = _lines(cube, chosen, _example(found))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


@open_to_all
def as_xlsx(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same as a workbook with typed cells; more than 100,000 rows are given as CSV."""
    found = _found(request, slug)
    cube = Cube.of(found)
    chosen = selection(cube, request.GET)
    if prod(len(codes) for codes in chosen.values()) > downloads.MOST_ROWS:
        path = reverse("datasets:csv", kwargs={"slug": slug})
        query = request.GET.urlencode()
        return redirect(f"{path}?{query}" if query else path)
    rows = _rows(cube, chosen, _example(found))
    return downloads.workbook(found.slug, next(rows), rows, _about(found))


@open_to_all
def as_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The same as JSON-stat 2.0; more than a million cells are refused."""
    found = _found(request, slug)
    cube = Cube.of(found)
    chosen = selection(cube, request.GET)
    if prod(len(codes) for codes in chosen.values()) > MOST_CELLS:
        raise BadParameter(TIME, "*")
    table = _table(cube, chosen)
    return downloads.json(answers.jsonstat(table, Chosen(chosen, frozenset())))


@open_to_all
def as_metadata(request: HttpRequest, slug: str) -> HttpResponse:
    """What the dataset is and how it is built, in the three languages, and where its files are."""
    found = _found(request, slug)
    cube = Cube.of(found)
    return downloads.json(
        {
            "id": found.slug,
            "names": names(found),
            "descriptions": names(found, "description"),
            "units": names(found, "unit"),
            "sources": names(found, "source"),
            "source_url": found.source_url,
            "period": found.period,
            "decimals": found.decimals,
            "example": found.example,
            "smallest_shown": found.smallest_shown,
            "released": found.released_at,
            "times": [str(cube.period(time)) for time in found.times],
            "dimensions": [
                {
                    "id": axis.key,
                    "names": names(axis.dimension),
                    "codes": [{"code": one.code, "names": names(one)} for one in axis.codes],
                    "sums": [
                        {"total": total.code, "parts": [part.code for part in parts]}
                        for total, parts in axis.breakdowns
                    ],
                }
                for axis in cube.axes
            ],
            "licence": LICENCE,
            "licence_url": LICENCE_URL,
            "url": absolute(found.get_absolute_url()),
            "files": {
                word: absolute(reverse(f"datasets:{word}", kwargs={"slug": slug}))
                for word in ("svg", "csv", "xlsx", "json")
            },
        }
    )


@picture_view
def as_svg(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of the page, with its own style; 404 while there is nothing to compare.

    Drawn once in a version of what is published, for readers who have not signed in.
    """
    found = _found(request, slug)

    def drawn() -> HttpResponse | None:
        shown = figure(Asked.read(Cube.of(found), request.GET.dict()))
        return downloads.picture(shown) if shown.can_be_drawn else None

    if request.user.is_authenticated:
        answer = drawn()
    else:
        answer = remembered(drawn, "dataset.svg", slug, request.GET.urlencode(), memory=pages)
    if answer is None:
        raise Http404
    return HttpResponse(answer.content, content_type=downloads.SVG)


def selection(cube: Cube, parameters: Mapping[str, str]) -> dict[str, list[str]]:
    """The codes of each dimension that an address names, with commas between; all of the others.

    Raises BadParameter for a code that there is not.
    """
    known = {axis.key: list(axis.by_code) for axis in cube.axes}
    known[TIME] = [str(cube.period(time)) for time in cube.dataset.times]
    chosen = {}
    for key, codes in known.items():
        named = parameters.get(key)
        if named:
            wanted = named.split(",")
            for one in wanted:
                if one not in codes:
                    raise BadParameter(key, one)
            codes = [one for one in codes if one in wanted]
        chosen[key] = codes
    return chosen


def reuse_of(dataset: Dataset, asked: QueryDict, *, has_picture: bool) -> downloads.Reuse:
    """What the strip under a figure of the page says, of what the address asks for."""
    query = asked.urlencode()
    framed = {"slug": dataset.slug, "kind": asked.get("kind", ""), "area": asked.get(AREA, "")}
    address = dataset.get_absolute_url()
    cited = _("Integration portal: %(name)s. Source: %(source)s.") % {
        "name": dataset.name,
        "source": dataset.source,
    }
    return downloads.Reuse(
        base=address.rstrip("/"),
        query=query,
        citation=f"{cited} {absolute(f'{address}?{query}' if query else address)}",
        code=code_for("dataset", framed),
        has_picture=has_picture,
        api=f"/pxweb/api/v2/tables/{dataset.slug}",
    )


def _found(request: HttpRequest, slug: str) -> Dataset:
    return get_object_or_404(Dataset.objects.visible_to(request.user), slug=slug)


def _codes(cube: Cube, chosen: Mapping[str, Sequence[str]]) -> tuple[list[Code], list[list[Code]]]:
    first, *others = [
        [axis.by_code[code] for code in chosen[axis.key]] for axis in (cube.areas, *cube.others)
    ]
    return first, others


def _times(cube: Cube, chosen: Mapping[str, Sequence[str]]) -> list[int]:
    wanted = set(chosen[TIME])
    return [time for time in cube.dataset.times if str(cube.period(time)) in wanted]


def _table(cube: Cube, chosen: Mapping[str, Sequence[str]]) -> observations.Table:
    areas, others = _codes(cube, chosen)
    return observations.read(cube, areas, others, _times(cube, chosen))


def _example(dataset: Dataset) -> list[str]:
    """What each row of invented figures says, in the reader's language."""
    return [_("Example")] if dataset.example else []


def _rows(cube: Cube, chosen: Mapping[str, Sequence[str]], note: list[str]) -> Iterator[list[Any]]:
    """The header, then a row a crossing, period by period, numbers as numbers."""
    yield [*(axis.key for axis in cube.axes), TIME, VALUE, STATUS, *(["NOTE"] if note else [])]
    areas, others = _codes(cube, chosen)
    decimals = cube.dataset.decimals
    for time in _times(cube, chosen):
        period = str(cube.period(time))
        for area, codes, _time, cell in observations.read(cube, areas, others, [time]).rows():
            value = None
            if cell.value is not None:
                value = float(round(cell.value, decimals)) if decimals else int(cell.value)
            words = [area.code, *(code.code for code in codes)]
            yield [*words, period, value, cell.mark, *note]


class _Echo:
    """Gives back what is written, for a writer whose rows are streamed."""

    def write(self, text: str, /) -> str:
        return text


def _lines(cube: Cube, chosen: Mapping[str, Sequence[str]], note: list[str]) -> Iterator[str]:
    writer = Writer(_Echo())
    rows = _rows(cube, chosen, note)
    at = len(cube.axes) + 1
    yield MARK
    yield writer.writerow(next(rows))
    for row in rows:
        value = row[at]
        if isinstance(value, float):
            row[at] = f"{value:.{cube.dataset.decimals}f}"
        yield writer.writerow(row)


def _about(dataset: Dataset) -> list[tuple[str, str]]:
    """The sheet that tells what the values are."""
    told = [(_("Name"), dataset.name)]
    if dataset.example:
        told.append((_("Note"), _("Example figures: invented, to show how the portal works.")))
    return [
        *told,
        (_("Description"), dataset.description),
        (_("Unit"), dataset.unit),
        (_("Source"), dataset.source),
        (_("Address of the source"), dataset.source_url),
        (
            _("Last released"),
            str(timezone.localdate(dataset.released_at)) if dataset.released_at else "",
        ),
        (_("Licence"), f"{LICENCE}, {LICENCE_URL}"),
        (_("Address"), absolute(dataset.get_absolute_url())),
    ]
