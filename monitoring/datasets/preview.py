"""What readers will see first of a release, for the two people who decide about it."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q
from django.utils.translation import gettext as _

from monitoring.indicators import numbers

from .cubes import Axis, Cube
from .models import Code, Release, SourceValue

SHOWN = 8


class Point(NamedTuple):
    """A period of the total: as it is in force, and as it becomes."""

    period: str
    now: str
    becomes: str


class Preview(NamedTuple):
    """The total of a dataset over its last periods, and in a sentence."""

    sentence: str
    points: list[Point]


def of(release: Release) -> Preview | None:
    """The total of all areas and codes, as the release makes it; None where it has none.

    Six queries. What disclosure control hides it hides here too: a small total is not told.
    """
    cube = Cube.of(release.dataset)
    area = _top(cube.areas)
    tops = [_top(axis) for axis in cube.others]
    if area is None or not all(tops):
        return None
    cell = cube.cell([top.position for top in tops if top])
    rows = SourceValue.objects.filter(
        Q(held=True) | Q(release=release), dataset=release.dataset, area=area.area_id, cell=cell
    )
    now: dict[int, Decimal | None] = {}
    becomes: dict[int, Decimal | None] = {}
    for time, value, number, held in rows.values_list("time", "value", "release_id", "held"):
        if held:
            now[time] = value
        if number == release.pk:
            becomes[time] = value
    if not becomes:
        return None
    latest = max(becomes)
    later = {**now, **becomes}
    times = sorted(later)[-SHOWN:]
    points = [
        Point(cube.period(time).name, _words(cube, now.get(time)), _words(cube, later[time]))
        for time in times
    ]
    return Preview(_sentence(cube, area, tops, latest, later), points)


def _top(axis: Axis) -> Code | None:
    return axis.elimination or next(iter(axis.codes), None)


def _words(cube: Cube, value: Decimal | None) -> str:
    dataset = cube.dataset
    if value is None or (dataset.is_protected and value < dataset.smallest_shown):
        return "–"
    return numbers.words(value, dataset.decimals)


def _sentence(
    cube: Cube,
    area: Code,
    tops: list[Code | None],
    time: int,
    values: dict[int, Decimal | None],
) -> str:
    said = {
        "name": cube.dataset.name,
        "codes": ", ".join([area.name, *(top.name for top in tops if top)]),
        "when": cube.period(time).name,
        "value": _words(cube, values[time]),
        "unit": cube.dataset.unit,
    }
    if values.get(time - 1) is None:
        return _("%(name)s (%(codes)s), %(when)s: %(value)s %(unit)s.") % said
    said |= {"before": _words(cube, values[time - 1]), "earlier": cube.period(time - 1).name}
    return _("%(name)s (%(codes)s), %(when)s: %(value)s %(unit)s; %(earlier)s: %(before)s.") % said
