"""A dataset's structure in memory: codes by word and by number, and the sums that hold within it.

`cell` is one number for the codes of a value in all dimensions but area and time: the position of
the code in the first of them, plus a thousand times that in the second, and so on. It holds for
good, because positions of codes and of dimensions stay.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import NamedTuple

from monitoring.indicators import periods

from .models import AREA, Breakdown, Code, Dataset, Dimension
from .models.structure import MOST_CODES

TOTAL = "_T"  # the code that stands for all of a dimension
MOST_CELLS = 50_000_000  # of a period: what a file is checked against for values that come twice


class Key(NamedTuple):
    """Where in a period a value stands: the number of the area, and of the other codes."""

    area: int
    cell: int


class Relation(NamedTuple):
    """A value and those that add up to it."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Axis:
    """A dimension with its codes in order."""

    dimension: Dimension
    codes: tuple[Code, ...]
    breakdowns: tuple[tuple[Code, tuple[Code, ...]], ...]

    @property
    def key(self) -> str:
        return self.dimension.key

    @property
    def name(self) -> str:
        return self.dimension.name

    @cached_property
    def by_code(self) -> Mapping[str, Code]:
        return {code.code: code for code in self.codes}

    @cached_property
    def codes_at(self) -> Mapping[int, Code]:
        return {code.position: code for code in self.codes}

    @cached_property
    def elimination(self) -> Code | None:
        """The code that stands for all of the dimension: a total that is no part of another."""
        parts = {part.pk for _total, parts in self.breakdowns for part in parts}
        tops = [total for total, _parts in self.breakdowns if total.pk not in parts]
        return tops[0] if tops else None


class Cube:
    """The axes of a dataset: `areas`, and `others` in their order."""

    def __init__(self, dataset: Dataset, areas: Axis, others: Sequence[Axis]):
        self.dataset, self.areas, self.others = dataset, areas, tuple(others)

    @classmethod
    def of(cls, dataset: Dataset) -> "Cube":
        """Read the structure, with four queries. Raises ValueError if no dimension is of areas."""
        dimensions = list(dataset.dimensions.order_by("position"))
        codes: dict[int, list[Code]] = {dimension.pk: [] for dimension in dimensions}
        rows = Code.objects.filter(dimension__dataset=dataset).select_related("area")
        for code in rows.order_by("position"):
            codes[code.dimension_id].append(code)
        by_pk = {code.pk: code for found in codes.values() for code in found}
        sums: dict[int, list[tuple[Code, tuple[Code, ...]]]] = {pk: [] for pk in codes}
        breakdowns = Breakdown.objects.filter(total__dimension__dataset=dataset)
        for breakdown in breakdowns.prefetch_related("parts").order_by("pk"):
            total = by_pk[breakdown.total_id]
            parts = tuple(by_pk[part.pk] for part in breakdown.parts.all())
            sums[total.dimension_id].append((total, parts))
        axes = [Axis(one, tuple(codes[one.pk]), tuple(sums[one.pk])) for one in dimensions]
        areas = [axis for axis in axes if axis.key == AREA]
        if not areas:
            raise ValueError(f"{dataset.slug} has no dimension {AREA}")
        return cls(dataset, areas[0], [axis for axis in axes if axis.key != AREA])

    @property
    def axes(self) -> tuple[Axis, ...]:
        """All but time: the area first."""
        return (self.areas, *self.others)

    def cell(self, positions: Sequence[int]) -> int:
        """The number for one position in each of the other dimensions."""
        return sum(place * MOST_CODES**order for order, place in enumerate(positions))

    def positions(self, cell: int) -> tuple[int, ...]:
        """The positions that a number was made of."""
        return tuple(cell // MOST_CODES**order % MOST_CODES for order in range(len(self.others)))

    @cached_property
    def area_of_code(self) -> Mapping[str, int]:
        return {code.code: code.area_id for code in self.areas.codes if code.area_id}

    @cached_property
    def code_of_area(self) -> Mapping[int, Code]:
        return {code.area_id: code for code in self.areas.codes if code.area_id}

    @property
    def size(self) -> int:
        """How many values a period can have."""
        size = len(self.areas.codes)
        for axis in self.others:
            size *= len(axis.codes)
        return size

    def words(self, key: Key) -> list[str]:
        """The codes that a key stands for, in the order of the axes."""
        return [
            self.code_of_area[key.area].code,
            *(
                axis.codes[place].code
                for axis, place in zip(self.others, self.positions(key.cell), strict=True)
            ),
        ]

    def names(self, key: Key) -> list[str]:
        """The names of what a key stands for, in the language of now; totals are not named."""
        codes = [
            axis.codes_at[place]
            for axis, place in zip(self.others, self.positions(key.cell), strict=True)
        ]
        totals = {axis.elimination for axis in self.others}
        return [
            self.code_of_area[key.area].name,
            *(code.name for code in codes if code not in totals),
        ]

    def period(self, time: int) -> periods.Period:
        return periods.Period.at(time, self.dataset.period)

    def relations(self) -> Iterator[Relation]:
        """Every sum that holds within a period: each breakdown, for all codes of the other axes."""
        places = [[code.position for code in axis.codes] for axis in self.others]
        cells = [self.cell(combination) for combination in product(*places)]
        for total, parts in self.areas.breakdowns:
            for cell in cells:
                yield Relation(
                    Key(_area(total), cell), tuple(Key(_area(part), cell) for part in parts)
                )
        for order, axis in enumerate(self.others):
            step = MOST_CODES**order
            rest = [
                self.cell(combination)
                for combination in product(*places[:order], [0], *places[order + 1 :])
            ]
            for total, parts in axis.breakdowns:
                for area in self.code_of_area:
                    for cell in rest:
                        yield Relation(
                            Key(area, cell + total.position * step),
                            tuple(Key(area, cell + part.position * step) for part in parts),
                        )


class Headline(NamedTuple):
    """The cell of a dataset that stands for all of it, and the codes in it that are no totals."""

    cell: int
    named: tuple[Code, ...]


def headlines(
    datasets: Sequence[Dataset], chosen: Mapping[str, str] | None = None
) -> dict[int, Headline]:
    """The headline of each dataset, by its number: two queries, however many datasets.

    In each dimension but area and time it stands at the code that `chosen` names, else at the
    total, else at the first. Raises LookupError for a dimension or a code that there is not.
    """
    rows = Code.objects.filter(dimension__dataset__in=datasets).exclude(dimension__key=AREA)
    by_dimension: dict[int, list[Code]] = {}
    for code in rows.select_related("dimension").order_by("dimension__position", "position"):
        by_dimension.setdefault(code.dimension_id, []).append(code)
    sums = Breakdown.objects.filter(total__dimension__in=by_dimension)
    pairs = list(sums.order_by("pk").values_list("total", "parts"))
    parts = {part for _total, part in pairs}
    tops = {total for total, _part in pairs} - parts
    wanted = dict(chosen or {})
    found = {dataset.pk: Headline(0, ()) for dataset in datasets}
    order: dict[int, int] = {}
    for codes in by_dimension.values():
        dimension = codes[0].dimension
        total = next((one for one in codes if one.pk in tops or one.code == TOTAL), None)
        code = total or codes[0]
        if dimension.key in wanted:
            by_code = {one.code: one for one in codes}
            code = by_code[wanted.pop(dimension.key)]
        before = found[dimension.dataset_id]
        at = order.get(dimension.dataset_id, 0)
        order[dimension.dataset_id] = at + 1
        cell = before.cell + code.position * MOST_CODES**at
        named = before.named if code == total else (*before.named, code)
        found[dimension.dataset_id] = Headline(cell, named)
    if wanted:
        raise LookupError(", ".join(wanted))
    return found


def _area(code: Code) -> int:
    if code.area_id is None:
        raise ValueError(f"{code.code} names no area")
    return code.area_id
