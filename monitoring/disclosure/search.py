"""The search for the cells to hide beside those that a rule hides."""

import heapq
from collections.abc import Callable, Iterator
from functools import partial

from .elimination import Elimination
from .system import System

Change = dict[int, int]  # column: how much it differs in another table

STEPS = 80  # after which an attempt that goes step by step is given up
ATTEMPTS = 8  # of each kind, each keeping clear of the cells that stood in the way of the last
BREADTH, LIMITS = 8, (1_500, 6_000)  # cells that an elimination takes of a relation, and in all


class Search:
    """Finds for each cell to be protected another table that fits all that is published.

    In it the cell differs by as much as it needs, and so do some other cells, which are then
    hidden too. `exposed` are cells for which no such table was found.
    """

    def __init__(self, system: System):
        self.system = system
        self.hidden = set(system.hidden)
        self.exposed: set[int] = set()
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
            change = self._move(column)
            if change is None:
                self.exposed.add(column)
            else:
                self.hidden |= change.keys()
                shown |= {other for other in change if other in need and self._wide(change, other)}

    def _move(self, column: int) -> Change | None:
        """The change to another table in which the cell differs enough."""
        if column not in self.system.columns:
            return {column: 1}
        ways: list[Callable[[int, set[int]], Change | None]] = [
            *(partial(self._step_by_step, weight=weight) for weight in (4, 12)),
            *(partial(self._eliminate, limit=limit) for limit in LIMITS),
        ]
        for way in ways:
            avoid: set[int] = set()
            for _ in range(ATTEMPTS):
                change = way(column, avoid)
                if change is None or not self._fits(change):
                    break
                if self._wide(change, column):
                    return change
                avoid |= self._short(change, column)
        return None

    # ways to a change

    def _step_by_step(self, column: int, avoid: set[int], weight: int) -> Change | None:
        """Mend one relation after another, by the cell that breaks the fewest others."""
        columns, rows = self.system.columns, self.system.rows
        change = {column: 1}
        broken = dict(columns[column])
        for _ in range(STEPS):
            if not broken:
                return change
            best = None
            for row, gap in broken.items():
                for other, sign in rows[row].items():
                    if other in change or (cost := self._cost(other, column, avoid)) is None:
                        continue
                    amount = -gap * sign
                    more = 0
                    for touched, touched_sign in columns[other].items():
                        before = broken.get(touched, 0)
                        more += (before + amount * touched_sign != 0) - (before != 0)
                    score = (weight * more + cost, self.system.values[other], other, amount)
                    if best is None or score < best:
                        best = score
            if best is None:
                return None
            *_, other, amount = best
            change[other] = amount
            for touched, sign in columns[other].items():
                broken[touched] = broken.get(touched, 0) + amount * sign
                if not broken[touched]:
                    del broken[touched]
        return None

    def _eliminate(self, column: int, avoid: set[int], limit: int) -> Change | None:
        """Take in cells around it until they make up for it, whatever the way."""
        columns = self.system.columns
        target = {row: -sign for row, sign in columns[column].items()}
        elimination = Elimination(target, self.system.lengths)
        for count, other in enumerate(self._around(column, avoid)):
            if count > limit:
                return None
            if elimination.add(other, columns[other]):
                return {column: 1, **elimination.combination()}
        return None

    def _around(self, target: int, avoid: set[int]) -> Iterator[int]:
        """The cells that may change with it, by how much it costs to hide the way to them."""
        reached: set[int] = set()
        queue = [(0, 0, 0, target)]
        while queue:
            cost, steps, _, column = heapq.heappop(queue)
            if column in reached:
                continue
            reached.add(column)
            if column != target:
                yield column
            for row in self.system.columns[column]:
                fresh = []
                for other in self.system.rows[row]:
                    if other in reached or (price := self._cost(other, target, avoid)) is None:
                        continue
                    item = (cost + price, steps + 1, self.system.values[other], other)
                    if price:
                        fresh.append(item)
                    else:
                        heapq.heappush(queue, item)
                for item in heapq.nsmallest(BREADTH, fresh):
                    heapq.heappush(queue, item)

    def _cost(self, column: int, target: int, avoid: set[int]) -> int | None:
        """What hiding a cell costs: nothing when it is hidden; None when it may not be moved."""
        single = self.system.single
        if column in avoid or (column in single and single[column] != single.get(target)):
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

        Both ways together, before another cell falls below zero; and nothing moves that somebody
        else knows as their own.
        """
        single = self.system.single
        own = single.get(column)
        if any(single.get(other, own) != own for other in change if other != column):
            return False
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
