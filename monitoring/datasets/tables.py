"""What is published of a dataset, read for a page, a file or a program: nothing else reads it.

Only observations in force are read, as disclosure control has left them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.indicators import periods

from .cubes import Cube
from .models import Code, Observation
from .models.releases import Status

MOST_CELLS_NAMED = 1000  # more are read all, and left out here
REVISED = "revised"


class Cell(NamedTuple):
    """What a place of a table shows: a value or the reason for none, and whether it was revised."""

    value: Decimal | None
    status: str
    revised: bool

    @property
    def mark(self) -> str:
        """What a program is told besides the value; "" for a final value as it always was."""
        return REVISED if self.revised and self.value is not None else self.status

    @property
    def words(self) -> str:
        """The mark for people; a value that was taken back says so."""
        if self.revised and self.value is None:
            return f"{_('withdrawn')}: {Status(self.status).label}"
        if self.mark == REVISED:
            return _("revised")
        return str(Status(self.status).label) if self.status else ""


NOTHING = Cell(None, Status.NOT_COLLECTED.value, False)


@dataclass(frozen=True)
class Table:
    """Codes chosen in each dimension, and the cells at their crossings, areas first, time last."""

    cube: Cube
    areas: Sequence[Code]
    others: Sequence[Sequence[Code]]
    times: Sequence[int]
    found: dict[tuple[int, int, int], Cell]

    @property
    def size(self) -> list[int]:
        return [len(self.areas), *(len(codes) for codes in self.others), len(self.times)]

    @property
    def periods(self) -> list[periods.Period]:
        return [self.cube.period(time) for time in self.times]

    def cell(self, area: Code, others: Sequence[Code], time: int) -> Cell:
        """What is at a crossing; nothing collected where nothing ever came."""
        number = self.cube.cell([code.position for code in others])
        return self.found.get((time, area.area_id or 0, number), NOTHING)

    def rows(self) -> Iterator[tuple[Code, tuple[Code, ...], int, Cell]]:
        """Every crossing in the order of the dimensions, time changing fastest."""
        for area in self.areas:
            for others in product(*self.others):
                number = self.cube.cell([code.position for code in others])
                for time in self.times:
                    cell = self.found.get((time, area.area_id or 0, number), NOTHING)
                    yield area, others, time, cell


def read(
    cube: Cube, areas: Sequence[Code], others: Sequence[Sequence[Code]], times: Sequence[int]
) -> Table:
    """The published cells at the crossings of the codes: one query."""
    rows = Observation.objects.current().filter(
        dataset=cube.dataset, time__in=times, area__in=[code.area_id for code in areas]
    )
    numbers = {cube.cell([code.position for code in chosen]) for chosen in product(*others)}
    if len(numbers) <= MOST_CELLS_NAMED:
        rows = rows.filter(cell__in=numbers)
    values = rows.values_list("time", "area_id", "cell", "value", "status", "revised")
    found = {
        (time, area, cell): Cell(value, status, revised)
        for time, area, cell, value, status, revised in values.iterator()
        if cell in numbers
    }
    return Table(cube, areas, others, times, found)
