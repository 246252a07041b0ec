"""The search for the cells to hide beside those that a rule hides."""

import heapq
from collections.abc import Callable, Iterator
from functools import partial

from .elimination import Elimination
from .system import System

Change = dict[int, int]  # column: how much it differs in another table

STEPS = 60  # of an attempt that goes step by step
ATTEMPTS = 8  # of each kind, each keeping clear of the cells that stood in the way of the last
# How many cells an elimination takes of a relation, beside the hidden ones, and in all.
EFFORTS = ((1, 4_000), (2, 10_000), (1_000, 12_000))
LONG = 8  # a relation of more cells is taken in whole


class Search:
    """Finds for each cell to be protected another table that fits all that is published.

    In it the cell differs by as much as it needs, and so do some other cells, which are then
    hidden too. `exposed` are cells for which no such table was found.
    """

    def __init__(self, system: System):
        self.system = system
        self.hidden = set(system.hidden)
        self.exposed: set[int] = set()
        self._narrow: dict[int, Change] = {}  # better than nothing for the exposed
        self.choosable = {
            column
            for column in system.now.values()
            if column not in system.known
            and column not in self.hidden
            and system.values[column] > 0
        }

    def run(self) -> None:
        """Go through the cells, the one that needs most first."""
        need, values = self.system.need, self.system.values
        shown: set[int] = set()
        for column in sorted(need, key=lambda column: (-need[column], values[column], column)):
            if column in shown:
                continue
            changes = self._moves(column)
            if changes is None:
                self.exposed.add(column)
                self.hidden |= self._narrow.get(column, {}).keys()
                continue
            for change in changes:
                self.hidden |= change.keys()
                shown |= {
                    other
                    for other in change
                    if other in need
                    and self._wide(change, other)
                    and not self._persons_moved(change, other)
                }

    def _moves(self, column: int) -> list[Change] | None:
        """Changes that move the cell enough, one at least for each person who may be looking.

        Whoever knows a cell as their own knows that it does not change: best is a change that
        leaves all such cells alone, else one for each person that the first one touches.
        """
        if column not in self.system.columns:
            return []
        others = set(self.system.single.values()) - {self.system.single.get(column)}
        change = self._move(column, self._cells_of(others))
        if change:
            return [change]
        change = self._move(column, set())
        if change is None:
            return None
        changes = [change]
        for person in sorted(self._persons_moved(change, column)):
            change = self._move(column, self._cells_of({person}))
            if change is None:
                return None
            changes.append(change)
        return changes

    def _cells_of(self, persons: set[int]) -> set[int]:
        return {column for column, person in self.system.single.items() if person in persons}

    def _persons_moved(self, change: Change, column: int) -> set[int]:
        """Those, the cell's own person apart, for whom the change is out of the question."""
        single = self.system.single
        own = single.get(column)
        return {single[other] for other in change if other in single and single[other] != own}

    def _move(self, column: int, still: set[int]) -> Change | None:
        """A change to another table in which the cell differs enough, without those in `still`."""
        ways: list[Callable[[int, set[int]], Change | None]] = [
            *(partial(self._step_by_step, weight=weight) for weight in (4, 12)),
            *(partial(self._eliminate, breadth=breadth, limit=limit) for breadth, limit in EFFORTS),
        ]
        for way in ways:
            avoid = set(still)
            for _ in range(ATTEMPTS):
                change = way(column, avoid)
                if change is None or not self._fits(change):
                    break
                if self._wide(change, column):
                    return change
                self._narrow.setdefault(column, change)
                avoid |= self._short(change, column)
        return None

    # ways to a change

    def _step_by_step(self, column: int, avoid: set[int], weight: int) -> Change | None:
        """Mend one relation after another, by the cell that breaks the fewest others."""
        change, broken = {column: 1}, dict(self.system.columns[column])
        while broken and len(change) < STEPS:
            found = self._mend(change, broken, avoid, weight)
            if found is None:
                return None
            other, amount = found
            change[other] = amount
            for touched, sign in self.system.columns[other].items():
                broken[touched] = broken.get(touched, 0) + amount * sign
                if not broken[touched]:
                    del broken[touched]
        return None if broken else change

    def _mend(
        self, change: Change, broken: Change, avoid: set[int], weight: int
    ) -> tuple[int, int] | None:
        """The cell to change next, and by how much."""
        columns, rows = self.system.columns, self.system.rows
        best = None
        for row, gap in broken.items():
            for other, sign in rows[row].items():
                if other in change or (cost := self._cost(other, avoid)) is None:
                    continue
                amount = -gap * sign
                more = 0
                for touched, touched_sign in columns[other].items():
                    before = broken.get(touched, 0)
                    more += (before + amount * touched_sign != 0) - (before != 0)
                score = (weight * more + cost, self.system.values[other], other, amount)
                if best is None or score < best:
                    best = score
        return None if best is None else best[-2:]

    def _eliminate(self, column: int, avoid: set[int], breadth: int, limit: int) -> Change | None:
        """Take in cells around it until they make up for it, whatever the way."""
        columns = self.system.columns
        target = {row: -sign for row, sign in columns[column].items()}
        elimination = Elimination(target, self.system.lengths)
        for count, other in enumerate(self._around(column, avoid, breadth)):
            if count > limit:
                return None
            if elimination.add(other, columns[other]):
                return {column: 1, **elimination.combination()}
        return None

    def _around(self, target: int, avoid: set[int], breadth: int) -> Iterator[int]:
        """The cells that may change with it, by how much it costs to hide the way to them."""
        reached: set[int] = set()
        gone_through: set[int] = set()
        queue = [(0, 0, 0, target)]
        while queue:
            cost, steps, _, column = heapq.heappop(queue)
            if column in reached:
                continue
            reached.add(column)
            if column != target:
                yield column
            for row in [row for row in self.system.columns[column] if row not in gone_through]:
                gone_through.add(row)
                fresh = []
                for other in self.system.rows[row]:
                    if other in reached or (price := self._cost(other, avoid)) is None:
                        continue
                    item = (cost + price, steps + 1, self.system.values[other], other)
                    if price:
                        fresh.append((other, item))
                    else:
                        heapq.heappush(queue, item)
                # the first by their keys, so that all places take the same ages and groups
                some = (
                    fresh if len(self.system.rows[row]) > LONG else heapq.nsmallest(breadth, fresh)
                )
                for _, item in some:
                    heapq.heappush(queue, item)

    def _cost(self, column: int, avoid: set[int]) -> int | None:
        """What hiding a cell costs: nothing when it is hidden; None when it may not be moved."""
        if column in avoid:
            return None
        if column in self.hidden:
            return 0
        return 2 + len(str(self.system.values[column])) if column in self.choosable else None

    # what a change is worth

    def _fits(self, change: Change) -> bool:
        """Whether the change leaves every relation whole: in whole numbers, no prime about it."""
        sums: dict[int, int] = {}
        for column, amount in change.items():
            for row, sign in self.system.columns.get(column, {}).items():
                sums[row] = sums.get(row, 0) + sign * amount
        return not any(sums.values())

    def _wide(self, change: Change, column: int) -> bool:
        """Whether the change moves the cell through as much as it needs.

        Both ways together, before another cell falls below zero.
        """
        up, down = self._room(change, 1), self._room(change, -1)
        return (up + down) * abs(change[column]) >= self.system.need[column]

    def _room(self, change: Change, direction: int) -> float:
        """How many times the change can be made before a cell falls below zero."""
        values = self.system.values
        falls = ((column, -amount * direction) for column, amount in change.items())
        return min((values[column] / fall for column, fall in falls if fall > 0), default=1e9)

    def _short(self, change: Change, column: int) -> set[int]:
        """The cells that fall to zero before the cell has moved far enough."""
        need = self.system.need[column] - self._room(change, -1)
        return {
            other
            for other, amount in change.items()
            if amount < 0 and self.system.values[other] < -amount * need
        }
