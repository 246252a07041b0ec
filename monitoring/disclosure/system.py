"""The equations that an attacker has, over everything that was ever unknown to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from .rules import small
from .tables import Cell, Key, Reason, Relation, Release, Rules, Table

LEFT_OUT = "left out"  # first place of the keys of what shares leave out, which nobody publishes


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cell with one of the values that it has had: each correction is a new unknown."""

    key: Key
    value: int


class System:
    """Unknowns as columns, relations as rows, over all releases.

    `known` are columns that an earlier release showed; `now` are those of the new table by their
    keys; `need` says of each column to be protected how wide its span has to stay; `single` are
    those whose value one person or organisation knows, as their own, and gives them a number. A
    total and the only part of it that is not a published zero are one column.
    """

    def __init__(
        self,
        table: Table,
        cells: Mapping[Key, Cell],
        primary: Mapping[Key, Reason],
        rules: Rules,
        earlier: Sequence[Release],
    ):
        self._table, self._cells, self._primary, self._rules = table, cells, primary, rules
        self._earlier = earlier
        values = {key: cell.value for key, cell in cells.items() if cell.value is not None}
        self._versions = [
            self._with_left_out(version)
            for version in (values, *(_values_of(release, table, values) for release in earlier))
        ]
        self._relations = [
            *table.relations,
            *((rate.denominator, (rate.numerator, _left_out(rate.key))) for rate in table.rates),
        ]
        self._number()
        self._join()
        self.values = [unknown.value for unknown in self.unknowns]
        self.known = {
            self._column[Unknown(key, value)]
            for release, version in zip(earlier, self._versions[1:], strict=True)
            for key, value in _shown(release, table, version)
        }
        self.now = {key: self._column[Unknown(key, value)] for key, value in values.items()}
        self.rows = self._rows()
        self.lengths = [len(row) for row in self.rows]
        self.columns: dict[int, dict[int, int]] = {}
        for index, row in enumerate(self.rows):
            for column, sign in row.items():
                self.columns.setdefault(column, {})[index] = sign
        self._persons()
        self._judge()

    def _with_left_out(self, version: dict[Key, int]) -> dict[Key, int]:
        left_out = {
            _left_out(rate.key): version[rate.denominator] - version[rate.numerator]
            for rate in self._table.rates
            if rate.numerator in version and rate.denominator in version
        }
        return {**version, **left_out}

    def _number(self) -> None:
        """Columns in the order of their keys, whatever the order of the input."""
        found = {Unknown(*item) for version in self._versions for item in version.items()}
        self.unknowns = sorted(
            found, key=lambda unknown: (tuple(map(str, unknown.key)), unknown.value)
        )
        self._column = {unknown: index for index, unknown in enumerate(self.unknowns)}

    def _told(self) -> Iterator[tuple[Mapping[Key, int], Relation]]:
        """Each relation in each release that says something of it."""
        for number, version in enumerate(self._versions):
            told = self._earlier[number - 1] if number else None
            for total, parts in self._relations:
                if total in version and (
                    told is None
                    or any(key in told.published or key in told.hidden for key in (total, *parts))
                ):
                    yield version, (total, tuple(part for part in parts if part in version))

    def _join(self) -> None:
        """Give a total the column of its only part that is no published zero."""
        leader = list(range(len(self.unknowns)))

        def find(column: int) -> int:
            while leader[column] != column:
                leader[column] = column = leader[leader[column]]
            return column

        zeros = self._published_zeros()
        for version, (total, parts) in self._told():
            left = [part for part in parts if not (version[part] == 0 and part in zeros)]
            if len(left) == 1 and version[total] > 0:
                pair = (total, left[0])
                first, second = (find(self._column[Unknown(key, version[key])]) for key in pair)
                leader[max(first, second)] = min(first, second)
        self._column = {unknown: find(column) for unknown, column in self._column.items()}

    def _published_zeros(self) -> set[Key]:
        return {
            key
            for key, cell in self._cells.items()
            if cell.value == 0 and cell.published and key not in self._primary
        }

    def _rows(self) -> list[dict[int, int]]:
        """Each relation as it binds the columns that are not known."""
        rows = set()
        zeros = {self._column[Unknown(key, 0)] for key in self._published_zeros()}
        for version, (total, parts) in self._told():
            row: dict[int, int] = {}
            for key, sign in ((total, -1), *((part, 1) for part in parts)):
                column = self._column[Unknown(key, version[key])]
                if column not in self.known and column not in zeros:
                    row[column] = row.get(column, 0) + sign
            rows.add(tuple(sorted((column, sign) for column, sign in row.items() if sign)))
        return [dict(row) for row in sorted(rows) if row]

    def _persons(self) -> None:
        """Whose value one alone makes up; a total of one is the one of its parts."""
        leader: dict[int, int] = {}

        def find(column: int) -> int:
            while leader[column] != column:
                column = leader[column]
            return column

        for unknown, column in self._column.items():
            cell = self._cells.get(unknown.key)
            contributors = None if cell is None else cell.contributors
            if len(contributors) == 1 if contributors is not None else unknown.value == 1:
                leader[column] = column
        for version, (total, parts) in self._told():
            whole = self._column[Unknown(total, version[total])]
            for part in parts if whole in leader else ():
                column = self._column[Unknown(part, version[part])]
                if column in leader and version[part] == version[total]:
                    first, second = sorted((find(whole), find(column)))
                    leader[second] = first
        self.single = {column: find(column) for column in leader}

    def _judge(self) -> None:
        """What is hidden to begin with, what needs protection, and what somebody knows."""
        current = {Unknown(key, self.unknowns[column].value) for key, column in self.now.items()}
        shown_before = {key for release in self._earlier for key in release.published}
        self.need: dict[int, int] = {}
        self.hidden: set[int] = set()
        # one column with a cell of the table: whether it is hidden is said of that cell
        tabled = {
            self._column[unknown]
            for unknown in current
            if (cell := self._cells.get(unknown.key)) and cell.published
        }
        for unknown, column in self._column.items():
            if column in self.known:
                continue
            key, cell = unknown.key, self._cells.get(unknown.key)
            contributors = None if cell is None else cell.contributors
            need = 0
            if unknown in current:
                if key in self._primary:
                    # a withdrawn value is known to be wrong: one guess fewer
                    need = _width(cell, self._primary[key], self._rules) + (key in shown_before)
                elif cell is None or cell.published:
                    continue
            elif contributors is None and small(unknown.value, self._rules):
                need = self._rules.protection  # hidden by an earlier release, or left out
            if unknown not in current and not need and column in tabled:
                continue
            self.hidden.add(column)
            if need:
                self.need[column] = max(need, self.need.get(column, 0))


def _left_out(key: Key) -> Key:
    return (LEFT_OUT, *key)


def _width(cell: Cell | None, reason: Reason, rules: Rules) -> int:
    """How wide the span of a cell has to stay: a tenth of a sum whose contributors are few."""
    if cell and cell.value and reason in (Reason.CONTRIBUTORS, Reason.DOMINANCE):
        return max(rules.protection, -(-cell.value // 10))
    return rules.protection


def _values_of(release: Release, table: Table, now: Mapping[Key, int]) -> dict[Key, int]:
    """The values of all cells at an earlier release; those it does not tell are as they are now."""
    rates = {rate.key for rate in table.rates}
    told = {**now, **release.hidden, **release.published}
    return {key: value for key, value in told.items() if key not in rates}


def _shown(release: Release, table: Table, version: Mapping[Key, int]) -> Iterable[tuple[Key, int]]:
    """What a release showed; a share of a known denominator shows its numerator."""
    rates = {rate.key: rate for rate in table.rates}
    for key, value in release.published.items():
        if key not in rates:
            yield key, value
        elif rates[key].numerator in version:
            yield rates[key].numerator, version[rates[key].numerator]
