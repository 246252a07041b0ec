"""Datasets whose values give one another away: shares with their counts, and tables of one crowd.

A dataset of shares names those of its numerators and denominators, and datasets that count the
same people name each other. Their cells meet where they have the same codes; a dimension that only
one of them has stands at its total in the other.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

from . import paths
from .cubes import Axis, Cube, Key
from .models import Dataset


class Place(NamedTuple):
    """A cell of one of several datasets."""

    dataset: int
    area: int
    cell: int


class Group:
    """A dataset with all that are linked to it, directly or through others."""

    def __init__(self, dataset: Dataset):
        """Six queries for a dataset that is linked to none, and some for each that there is."""
        self.dataset = dataset
        self.datasets = _linked(dataset)
        self.cubes = {one.pk: Cube.of(one) for one in self.datasets}
        self.cube = self.cubes[dataset.pk]
        self.shares = [one for one in self.datasets if one.is_of_shares]
        in_shares = {one.pk for one in self.shares}
        self.counts = [one for one in self.datasets if one.pk not in in_shares]
        self.decimals = max((one.decimals for one in self.counts), default=0)
        self.smallest = max(one.smallest_shown for one in self.datasets)
        self.zeros = any(one.hide_zeros for one in self.datasets)

    def relations(self) -> Iterator[tuple[Place, tuple[Place, ...]]]:
        """Every sum of every dataset, and what stands in two cells: a relation with one part."""
        for dataset in self.counts:
            for total, parts in self.cubes[dataset.pk].relations():
                yield Place(dataset.pk, *total), tuple(Place(dataset.pk, *part) for part in parts)
            for first_step, step in _cohorts(self.cubes[dataset.pk]):
                yield Place(dataset.pk, *first_step), (Place(dataset.pk, *step),)
        for first in self.counts:
            for second in first.same_people.all():
                if first.pk < second.pk and second.pk in self.cubes:
                    for one, other in self._met(self.cubes[first.pk], self.cubes[second.pk]):
                        yield Place(first.pk, *one), (Place(second.pk, *other),)

    def rates(self) -> Iterator[tuple[Place, Place, Place]]:
        """Each share with its numerator and its denominator, where both datasets have the cell."""
        for share in self.shares:
            first, second = share.numerator_id, share.denominator_id
            if first is None or second is None or {first, second} - self.cubes.keys():
                continue  # of another kind of period: they never meet
            above = dict(self._met(self.cubes[share.pk], self.cubes[first]))
            below = dict(self._met(self.cubes[share.pk], self.cubes[second]))
            for key in sorted(above.keys() & below.keys()):
                yield Place(share.pk, *key), Place(first, *above[key]), Place(second, *below[key])

    @staticmethod
    def _met(one: Cube, other: Cube) -> Iterator[tuple[Key, Key]]:
        """The cells of the first cube that the other has, too, each with that one's key for it."""
        axes = {axis.key: axis for axis in other.others}
        ours = {axis.key: axis for axis in one.others}
        for axis in other.others:
            if axis.key not in ours and axis.elimination is None:
                return
        pairs = [list(_same(axis, axes.get(axis.key))) for axis in one.others]
        for chosen in product(*pairs):
            by_key = {
                axis.key: place for axis, (_ours, place) in zip(one.others, chosen, strict=True)
            }
            here = one.cell([place for place, _theirs in chosen])
            there = other.cell([_at(axis, by_key.get(axis.key)) for axis in other.others])
            for area in one.code_of_area.keys() & other.code_of_area.keys():
                yield Key(area, here), Key(area, there)


def _cohorts(cube: Cube) -> Iterator[tuple[Key, Key]]:
    """The whole cohort of a path stands at each of its steps: as many people, the same ones."""
    if not paths.is_path(cube):
        return
    axes = {axis.key: axis for axis in cube.others}
    whole, steps = axes[paths.SINCE].by_code.get(paths.TOTAL), axes[paths.STEP].codes
    if whole is None or not steps:
        return
    fixed = {paths.SINCE: [whole], paths.STEP: steps[:1]}
    for chosen in product(*(fixed.get(axis.key, axis.codes) for axis in cube.others)):
        places = {axis.key: code.position for axis, code in zip(cube.others, chosen, strict=True)}
        for step in steps[1:]:
            other = {**places, paths.STEP: step.position}
            for area in cube.code_of_area:
                yield (
                    Key(area, cube.cell(list(places.values()))),
                    Key(area, cube.cell(list(other.values()))),
                )


def _same(axis: Axis, other: Axis | None) -> Iterator[tuple[int, int]]:
    """Positions of the codes that two axes have; against none, that of the total alone."""
    if other is None:
        if axis.elimination is not None:
            yield axis.elimination.position, 0
        return
    for code in axis.codes:
        if code.code in other.by_code:
            yield code.position, other.by_code[code.code].position


def _at(axis: Axis, position: int | None) -> int:
    if position is not None:
        return position
    return axis.elimination.position if axis.elimination else 0


def _linked(dataset: Dataset) -> list[Dataset]:
    """The dataset and all that can be reached from it, of the same kind of period, by number."""
    rows = Dataset.objects.filter(period=dataset.period).prefetch_related("same_people")
    by_pk = {one.pk: one for one in rows}
    near: dict[int, set[int]] = {pk: set() for pk in by_pk}
    for one in by_pk.values():
        others = {one.numerator_id, one.denominator_id, *(two.pk for two in one.same_people.all())}
        for other in [pk for pk in others if pk is not None and pk in by_pk]:
            near[one.pk].add(other)
            near[other].add(one.pk)
    found: set[int] = set()
    left = {dataset.pk}
    while left:
        found |= left
        left = {other for pk in left for other in near[pk]} - found
    return [by_pk[pk] for pk in sorted(found)]
