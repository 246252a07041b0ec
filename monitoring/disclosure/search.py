"""The search for the cells to hide beside those that a rule hides.

A linear programme (HiGHS) finds for a cell the other table that hides least; that it fits is then
checked in fractions, so that nothing rests on floating numbers.
"""

import math
from collections.abc import Collection
from fractions import Fraction

import highspy
import numpy

from .system import System

Change = dict[int, Fraction]  # column: how much it differs in another table

NEAR = 1e-6  # what the solver may mean by nothing
DENOMINATOR = 60  # of its answers: nearly all are whole, a few halves or thirds
ZERO = 20  # what it costs to hide nobody, beside the cost of hiding a cell
WITHDRAWN = 20  # what it costs to take back a published cell, beside the cost of hiding it


class Search:
    """Finds for each cell to be protected another table that fits all that is published.

    In it the cell differs by as much as it needs, and so do some other cells, which are then
    hidden too. `exposed` are cells for which there is no such table.
    """

    def __init__(self, system: System):
        self.system = system
        self.hidden = set(system.hidden)
        self.exposed: set[int] = set()
        choosable = {
            column
            for column in system.now.values()
            if column not in system.known and column not in self.hidden
        }
        # the columns that may differ, each twice: upwards, then downwards
        self._columns = sorted((choosable | self.hidden) & system.columns.keys())
        self._place = {column: place for place, column in enumerate(self._columns)}
        self._solver = self._programme()

    def run(self) -> None:
        """Go through the cells, the one that needs most first."""
        need, values = self.system.need, self.system.values
        shown: set[int] = set()
        for column in sorted(need, key=lambda column: (-need[column], values[column], column)):
            if column in shown:
                continue
            changes = self._changes(column)
            if changes is None:
                self.exposed.add(column)
                continue
            for change in changes:
                self._hide(change)
                shown |= {
                    other
                    for other, amount in change.items()
                    if abs(amount) >= need.get(other, abs(amount) + 1)
                    and not self._persons_moved(change, other)
                }

    def _changes(self, column: int) -> list[Change] | None:
        """Changes that move the cell enough, at least one for each person who may be looking.

        Whoever knows a cell as their own knows that it does not change: best is a change that
        leaves all such cells alone, else one for each person that the first one touches.
        """
        if column not in self._place:
            # in no relation at all, or known
            return [] if column not in self.system.columns else None
        own = self.system.single.get(column)
        others = {other for other, person in self.system.single.items() if person != own}
        changes = self._apart(column, others)
        if changes is not None:
            return changes
        changes = self._apart(column, set())
        if changes is None:
            return None
        persons = {person for change in changes for person in self._persons_moved(change, column)}
        for person in sorted(persons):
            still = {other for other, whose in self.system.single.items() if whose == person}
            more = self._apart(column, still)
            if more is None:
                return None
            changes = [*changes, *more]
        return changes

    def _persons_moved(self, change: Change, column: int) -> set[int]:
        """Those, the cell's own person apart, for whom the change is out of the question."""
        single = self.system.single
        own = single.get(column)
        return {single[other] for other in change if other in single and single[other] != own}

    def _apart(self, column: int, still: Collection[int]) -> list[Change] | None:
        """A change upwards, or one up and one down, that together move the cell as it needs."""
        need = self.system.need[column]
        for up in range(need, -1, -self.system.person):
            found = []
            for amount in (up, up - need):
                if amount and (change := self._change(column, amount, still)):
                    found.append(change)
            if sum(abs(change[column]) for change in found) == need:
                return found
        return None

    # the linear programme

    def _programme(self) -> highspy.Highs:
        """Every relation holds, no cell falls below zero, and what is hidden costs nothing."""
        system, columns = self.system, self._columns
        count, rows = len(columns), len(system.rows)
        programme = highspy.HighsLp()
        programme.num_col_, programme.num_row_ = 2 * count, rows
        costs = [self._cost(column) for column in columns]
        programme.col_cost_ = numpy.array(costs * 2, dtype=float)
        programme.col_lower_ = numpy.zeros(2 * count)
        programme.col_upper_ = numpy.array(
            [highspy.kHighsInf] * count + [system.values[column] for column in columns], dtype=float
        )
        programme.row_lower_ = programme.row_upper_ = numpy.zeros(rows)
        starts, indices, signs = [0], [], []
        for direction in (1, -1):
            for column in columns:
                for row, sign in system.columns[column].items():
                    indices.append(row)
                    signs.append(float(sign * direction))
                starts.append(len(indices))
        programme.a_matrix_.start_ = numpy.array(starts)
        programme.a_matrix_.index_ = numpy.array(indices)
        programme.a_matrix_.value_ = numpy.array(signs)
        solver = highspy.Highs()
        # one thread and one way, so that the same table gives the same pattern
        for option, value in {
            "output_flag": False,
            "threads": 1,
            "solver": "simplex",
            "presolve": "off",
        }.items():
            solver.setOptionValue(option, value)
        solver.passModel(programme)
        return solver

    def _cost(self, column: int) -> float:
        """What hiding a cell costs: nothing when it is hidden, more the larger it is."""
        if column in self.hidden:
            return 0
        withdrawn = self.system.unknowns[column].key in self.system.shown_before
        value = self.system.values[column]
        size = round(math.log10(value), 2) if value else ZERO
        return 2 + size + WITHDRAWN * withdrawn

    def _hide(self, change: Change) -> None:
        for column in change.keys() - self.hidden:
            self.hidden.add(column)
            for place in self._both(column):
                self._solver.changeColCost(place, 0.0)

    def _both(self, column: int) -> tuple[int, int]:
        return self._place[column], self._place[column] + len(self._columns)

    def _change(self, column: int, amount: int, still: Collection[int]) -> Change | None:
        """The cheapest change of the cell by so much that leaves the cells in `still` alone."""
        values = self.system.values
        if values[column] + amount < 0:
            return None
        fixed = [other for other in sorted(still) if other in self._place]
        up, down = self._both(column)
        for other in fixed:
            self._bound(other, 0, 0)
        self._solver.changeColBounds(up, max(amount, 0), max(amount, 0))
        self._solver.changeColBounds(down, max(-amount, 0), max(-amount, 0))
        change = self._solve()
        for other in (*fixed, column):
            self._bound(other, highspy.kHighsInf, values[other])
        return change

    def _bound(self, column: int, up: float, down: float) -> None:
        for place, most in zip(self._both(column), (up, down), strict=True):
            self._solver.changeColBounds(place, 0, most)

    def _solve(self) -> Change | None:
        self._solver.clearSolver()
        self._solver.run()
        if self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return None
        found = numpy.array(self._solver.getSolution().col_value)
        if not found.size:
            return None
        count = len(self._columns)
        difference = found[:count] - found[count:]
        change = {
            self._columns[place]: Fraction(difference[place]).limit_denominator(DENOMINATOR)
            for place in numpy.flatnonzero(numpy.abs(difference) > NEAR).tolist()
        }
        return change if self._fits(change) else None

    def _fits(self, change: Change) -> bool:
        """Whether every relation stays whole and nothing falls below zero: exactly."""
        sums: dict[int, Fraction] = {}
        for column, amount in change.items():
            for row, sign in self.system.columns[column].items():
                sums[row] = sums.get(row, Fraction()) + sign * amount
        return not any(sums.values()) and all(
            self.system.values[column] + amount >= 0 for column, amount in change.items()
        )
