"""Datasets for readers: the list, a table of one with its releases, and its file."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.indicators import numbers
from portal.api.responses import LICENCE, LICENCE_URL
from portal.errors import BadParameter
from portal.languages import alphabetical
from portal.menu import crumbs
from portal.operations.starter import pending
from portal.page_cache import kept
from portal.sheets import Writer

from . import observations, revisions
from .cubes import Axis, Cube
from .models import TIME, VALUE, Code, Dataset, Release
from .models.structure import STATUS

MARK = "\ufeff"
RELEASES = 20
EXAMPLE = "monitoring.datasets.example.load"


@kept()
def index(request: HttpRequest) -> HttpResponse:
    """All datasets of which something has been released."""
    found = alphabetical(Dataset.objects.published())
    context = {"datasets": found, "crumbs": _crumbs(), "loading": pending(EXAMPLE)}
    return render(request, "datasets/index.html", context)


def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """A table of areas by the codes of one dimension; the others and the period are chosen.

    The address says what: `?TIME_PERIOD=2025&AGE=Y15T24`. A value that there is not is a 400.
    """
    found = get_object_or_404(Dataset.objects.visible_to(request.user), slug=slug)
    cube = Cube.of(found)
    across = cube.others[0] if cube.others else None
    choices = [_choice(request, axis) for axis in cube.others[1:]]
    time = _time(request, cube)
    others = [
        *([across.codes] if across else []),
        *([choice["chosen"]] for choice in choices),
    ]
    table = observations.read(cube, cube.areas.codes, others, [time] if time is not None else [])
    fixed = [choice["chosen"] for choice in choices]
    columns = [(code,) for code in across.codes] if across else [()]
    rows = [
        {
            "name": area.name,
            "cells": [
                _shown(table.cell(area, [*column, *fixed], time), found.decimals)
                for column in columns
            ],
        }
        for area in cube.areas.codes
        if time is not None
    ]
    rows_of_releases = found.releases.filter(state=Release.State.RELEASED)
    releases = list(rows_of_releases.order_by("-released_at", "-pk")[:RELEASES])
    revised = revisions.of_releases(releases)
    context = {
        "dataset": found,
        "across": across,
        "choices": choices,
        "times": [
            {"code": str(cube.period(one)), "name": cube.period(one).name, "chosen": one == time}
            for one in reversed(found.times)
        ],
        "period": cube.period(time) if time is not None else None,
        "rows": rows,
        "releases": [(release, revised.get(release.pk)) for release in releases],
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "crumbs": _crumbs((found.name, None)),
    }
    return render(request, "datasets/dataset.html", context)


def _crumbs(*further: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return crumbs((_("Datasets"), reverse("datasets:index")), *further)


def _choice(request: HttpRequest, axis: Axis) -> dict[str, Any]:
    """The code of a dimension that the address names, else its total or its first."""
    named = request.GET.get(axis.key)
    chosen: Code | None = axis.elimination or next(iter(axis.codes), None)
    if named is not None:
        chosen = axis.by_code.get(named)
    if chosen is None:
        raise BadParameter(axis.key, named or "")
    return {"axis": axis, "chosen": chosen}


def _time(request: HttpRequest, cube: Cube) -> int | None:
    """The period that the address names, else the latest; None when nothing is released."""
    named = request.GET.get(TIME)
    times = {str(cube.period(time)): time for time in cube.dataset.times}
    if named is None:
        return max(times.values(), default=None)
    if named not in times:
        raise BadParameter(TIME, named)
    return times[named]


def _shown(cell: observations.Cell, decimals: int) -> dict[str, str]:
    number = "" if cell.value is None else numbers.words(cell.value, decimals)
    return {"number": number, "words": cell.words}


def as_csv(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """All that is published of a dataset, period by period, in the columns of SDMX-CSV.

    UTF-8 with its mark. Invented figures say so in each row.
    """
    found = get_object_or_404(Dataset.objects.visible_to(request.user), slug=slug)
    note = [_("Example")] if found.example else []
    lines = _lines(Cube.of(found), note)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}.csv"'
    return response


class _Echo:
    """Gives back what is written, for a writer whose rows are streamed."""

    def write(self, text: str, /) -> str:
        return text


def _lines(cube: Cube, note: list[str]) -> Iterator[str]:
    writer = Writer(_Echo())
    keys = [axis.key for axis in cube.axes]
    yield MARK
    yield writer.writerow([*keys, TIME, VALUE, STATUS, *(["NOTE"] if note else [])])
    for time in cube.dataset.times:
        table = observations.published(cube, {TIME: [str(cube.period(time))]})
        period = cube.period(time)
        for area, others, _time_read, cell in table.rows():
            value = "" if cell.value is None else numbers.plain(cell.value, cube.dataset.decimals)
            codes = [area.code, *(code.code for code in others)]
            yield writer.writerow([*codes, period, value, cell.mark, *note])
