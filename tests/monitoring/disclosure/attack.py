"""The attack on released tables: exact algebra, linear programming, persons who know themselves.

Written apart from the code that it attacks, and shares nothing with it. The attacker has every
release so far with its rules and relations, and is even told which cells, hidden ones too, were
corrected between two releases (of which nothing is published).
"""

from fractions import Fraction

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array


class Attack:
    """Everything public, as equations over what is not."""

    def __init__(self, releases):
        """`releases` are pairs of a table and what was shown of it (a Release)."""
        self.known, self.values, rows = set(), {}, set()
        self.persons = {}
        for table, release in releases:
            truth = {cell.key: cell.value for cell in table.cells}
            relations = list(table.relations)
            for rate in table.rates:
                left_out = ("left out", *rate.numerator)
                truth[left_out] = truth[rate.denominator] - truth[rate.numerator]
                relations.append((rate.denominator, (rate.numerator, left_out)))
            rated = {rate.numerator for rate in table.rates}
            relations += [
                (("left out", *total), tuple(("left out", *part) for part in parts))
                for total, parts in table.relations
                if rated.issuperset((total, *parts))
            ]
            self.known |= {(key, truth[key]) for key in release.published if key in truth}
            for rate in table.rates:
                if rate.key in release.published:
                    self.known.add((rate.numerator, truth[rate.numerator]))
            for key, value in truth.items():
                self.values[key, value] = value
            for total, parts in relations:
                signed = [(total, -1), *((part, 1) for part in parts)]
                rows.add(tuple(((key, truth[key]), sign) for key, sign in signed))
                if truth[total] == 1:
                    for part in parts:
                        if truth[part] == 1:
                            self._same((total, 1), (part, 1))
        rows = {tuple(item for item in row if item[0] not in self.known) for row in rows}
        self.rows = [dict(row) for row in sorted(rows, key=repr) if row]
        self.hidden = {cell for row in self.rows for cell in row}

    def _same(self, first, second):
        first, second = self.person(first), self.person(second)
        if first != second:
            self.persons[first] = second

    def person(self, cell):
        while cell in self.persons:
            cell = self.persons[cell]
        return cell

    def solve(self):
        """The reduced equations: pivot, and its row of pivot and free cells."""
        solved, where = {}, {}
        for given in sorted(self.rows, key=len):
            row = {cell: Fraction(sign) for cell, sign in given.items()}
            for cell in list(row):
                if cell in solved and cell in row:
                    _take(row, solved[cell], row[cell])
            if not row:
                continue
            pivot = min(row, key=lambda cell: (len(where.get(cell, ())), repr(cell)))
            factor = row[pivot]
            row = {cell: value / factor for cell, value in row.items()}
            for other in list(where.get(pivot, ())):
                before = set(solved[other])
                _take(solved[other], row, solved[other][pivot])
                for cell in before ^ set(solved[other]):
                    where.setdefault(cell, set()).symmetric_difference_update({other})
            solved[pivot] = row
            for cell in row:
                where.setdefault(cell, set()).add(pivot)
        return solved

    def recovered(self, solved):
        """Hidden cells that follow exactly."""
        return {cell for cell, row in solved.items() if len(row) == 1}

    def known_to_single(self, solved):
        """Pairs of a cell that is one person's own, and another that follows for that person."""
        groups = {}
        for pivot, row in solved.items():
            free = sorted((item for item in row.items() if item[0] != pivot), key=repr)
            if len(free) == 1:
                groups.setdefault(frozenset((free[0][0],)), {free[0][0]}).add(pivot)
            elif free:
                first = free[0][1]
                shape = frozenset((cell, value / first) for cell, value in free)
                groups.setdefault(shape, set()).add(pivot)
        for group in groups.values():
            for single in group:
                if self.values[single] == 1:
                    for other in group:
                        if self.person(other) != self.person(single):
                            yield single, other

    def spans(self, cells):
        """The span of each cell by linear programming, nothing below zero."""

        columns = {cell: number for number, cell in enumerate(sorted(self.hidden, key=repr))}
        entries = [
            (number, columns[cell], sign)
            for number, row in enumerate(self.rows)
            for cell, sign in row.items()
        ]
        down, across, signs = zip(*entries, strict=True)
        matrix = csr_array((signs, (down, across)), shape=(len(self.rows), len(columns)))
        truth = numpy.zeros(len(columns))
        for cell, number in columns.items():
            truth[number] = self.values[cell]
        for cell in cells:
            ends = []
            for sign in (1, -1):
                aim = numpy.zeros(len(columns))
                aim[columns[cell]] = sign
                # no cell is told to be larger than a million: some could be without end
                answer = linprog(
                    aim, A_eq=matrix, b_eq=matrix @ truth, bounds=(0, 1e6), method="highs"
                )
                assert answer.status == 0, answer.message
                ends.append(answer.x[columns[cell]])
            yield cell, ends[0], ends[1]


def _take(row, other, factor):
    for cell, value in list(other.items()):
        new = row.get(cell, 0) - factor * value
        if new:
            row[cell] = new
        else:
            row.pop(cell, None)
