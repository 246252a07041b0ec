"""Datasets for readers: the list, and one with its picture, its table and its releases."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.charts import drawing
from monitoring.charts.figures import table as table_of
from monitoring.charts.summaries import sentences
from monitoring.indicators import numbers
from portal.api.responses import LICENCE, LICENCE_URL
from portal.caching.memory import shown_to_all
from portal.errors import BadParameter
from portal.menu import crumbs
from portal.operations.starter import pending
from portal.page_cache import kept

from . import listing, observations, revisions
from .cubes import Axis, Cube
from .downloads import reuse_of
from .figures import BY, KIND, Asked, figure, kinds_of
from .models import TIME, Code, Dataset, Release

RELEASES = 20
EXAMPLE = "monitoring.datasets.example.load"


@kept(*listing.FILTERS, sought=("q",))
def index(request: HttpRequest) -> HttpResponse:
    """The datasets of which something has been released, by domain.

    `?domain=`, `track`, `clients` and `q` narrow the list; a value that there is not is a 400.
    """
    words = request.GET.get("q", "").strip()[:100]
    filters = listing.choices(request.GET.dict())
    groups = listing.groups(filters, words)
    context = {
        "groups": groups,
        "count": sum(len(group.rows) for group in groups),
        "filters": filters,
        "words": words,
        "fragment": None if words else tuple(one.chosen for one in filters),
        "narrowed": bool(words) or any(one.chosen for one in filters),
        "crumbs": _crumbs(),
        "loading": pending(EXAMPLE),
    }
    return render(request, "datasets/index.html", context)


def dataset(request: HttpRequest, slug: str) -> HttpResponse:
    """A picture of a dataset as the address asks for it, and a table of areas at one period.

    `?kind=map&TIME_PERIOD=2025&AGE=Y15T24`: the kind of picture, the dimension that it tells apart
    (`by`), and a code for each dimension. A value that there is not is a 400.
    """
    gather = partial(_about, request, slug)
    shown = shown_to_all(request, gather, "dataset", slug, request.GET.urlencode())
    return render(request, "datasets/dataset.html", shown)


def _about(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What is shown of a dataset. Raises Http404 when there is none."""
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
    return {
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
        **(_pictured(request, cube) if time is not None else {}),
    }


def _pictured(request: HttpRequest, cube: Cube) -> dict[str, Any]:
    """The picture that is asked for, in words too, and what else there is to choose."""
    asked = Asked.read(cube, request.GET.dict())
    shown = figure(asked)
    picture = drawing.picture(shown) if shown.can_be_drawn else ""
    asked_codes = {asked.area, *asked.fixed.values()}
    return {
        "figure": shown,
        "picture": picture,
        "summary": sentences(shown),
        "figure_rows": table_of(shown),
        "reuse": reuse_of(cube.dataset, request.GET, has_picture=bool(picture)),
        "kinds": [
            {"code": one, "name": one.label, "chosen": one == asked.kind} for one in kinds_of(cube)
        ],
        "dimensions": [
            {"code": axis.key, "name": axis.name, "chosen": axis == asked.by}
            for axis in cube.others
        ],
        "axes": [
            {"axis": axis, "codes": [(code, code in asked_codes) for code in axis.codes]}
            for axis in (cube.areas, *cube.others)
        ],
        "parameters": {"kind": KIND, "by": BY},
    }


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
