"""Areas as they were when a value was published, or as they are today.

Areas merge and split: the values of an employment area are of the municipalities that it had.
Where a dataset says that its values are sums, and has the municipalities too, the past of an area
of today can be reckoned. That is done from published values alone, so it tells nothing hidden.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from portal.places.models import Area, Belonging

from .cubes import Cube
from .models import Dataset
from .models.releases import Status
from .observations import Cell, Table, read


class NotAdditive(ValueError):
    """The dataset does not say that values of areas may be put together."""


def members(cube: Cube, day: date) -> Mapping[int, frozenset[int]]:
    """The municipalities of each larger area of the dataset on a day, by their numbers: one query.

    An area of which the dataset lacks a municipality is left out.
    """
    codes = cube.code_of_area
    rows = Belonging.objects.on(day).filter(whole__in=codes, part__kind=Area.Kind.MUNICIPALITY)
    found: dict[int, set[int]] = {}
    for whole, part in rows.values_list("whole", "part"):
        found.setdefault(whole, set()).add(part)
    return {whole: frozenset(parts) for whole, parts in found.items() if parts <= codes.keys()}


def years_of(cube: Cube, area: Area, years: Sequence[int]) -> Mapping[int, frozenset[str]]:
    """The codes of the municipalities that an area had in the middle of each year."""
    return {
        year: frozenset(
            cube.code_of_area[part].code
            for part in members(cube, date(year, 7, 1)).get(area.pk, ())
        )
        for year in years
    }


def of_today(table: Table, day: date) -> Table:
    """The table with its larger areas as they are on a day, in all of its periods.

    A value is the sum of those of the municipalities that the area has then; without one of them
    there is none, and its reason is theirs. Areas whose municipalities are not all in the dataset,
    and municipalities, stay as published. Three queries. Raises NotAdditive.
    """
    cube = table.cube
    if cube.dataset.aggregation != Dataset.Aggregation.SUM:
        raise NotAdditive(cube.dataset.slug)
    wholes = members(cube, day)
    wanted = {part for code in table.areas for part in wholes.get(code.area_id or 0, ())}
    parts = read(cube, [cube.code_of_area[pk] for pk in sorted(wanted)], table.others, table.times)
    found = dict(table.found)
    for area in table.areas:
        whole = area.area_id or 0
        if whole not in wholes:
            continue
        for _area, others, time, _cell in replace(table, areas=[area]).rows():
            cells = [parts.cell(cube.code_of_area[pk], others, time) for pk in wholes[whole]]
            number = cube.cell([code.position for code in others])
            found[time, whole, number] = _sum(cells)
    return replace(table, found=found)


def _sum(cells: Sequence[Cell]) -> Cell:
    missing = next((cell for cell in cells if cell.value is None), None)
    released = max((cell.released for cell in cells if cell.released), default=None)
    revised = any(cell.revised for cell in cells)
    if missing is not None:
        return Cell(None, missing.status, revised, released)
    provisional = any(cell.status == Status.PROVISIONAL for cell in cells)
    status = Status.PROVISIONAL if provisional else Status.FINAL
    total = sum((cell.value for cell in cells if cell.value is not None), Decimal(0))
    return Cell(total, status.value, revised, released)
