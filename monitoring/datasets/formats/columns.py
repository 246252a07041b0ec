"""Which columns a file of a dataset has, under whatever name they stand in its header."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import AREA, TIME, VALUE
from monitoring.datasets.models.structure import STATUS


@dataclass(frozen=True)
class Columns:
    """The columns that a file must have, in the order of an export; `others` are more names."""

    cube: Cube
    others: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def needed(self) -> tuple[str, ...]:
        return (AREA, TIME, *(axis.key for axis in self.cube.others), VALUE)

    @cached_property
    def known(self) -> tuple[str, ...]:
        return (*self.needed, STATUS)

    def key(self, cell: str) -> str:
        """The column that a cell of a header names; the cell itself when it names none."""
        name = " ".join(cell.upper().split())
        return self.others.get(name, name)

    def found_in(self, cells: Sequence[str]) -> int:
        """How many of the columns a row names."""
        return len({self.key(cell) for cell in cells}.intersection(self.known))
