"""The equations that an attacker has, over everything that was ever unknown to them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from .rules import small
from .tables import Cell, Key, Rate, Reason, Relation, Release, Rules, Table

LEFT_OUT = "left out"  # first place of the keys of what shares leave out, which nobody publishes


@dataclass(frozen=True, slots=True)
class Unknown:
    """A cell with one of the values that it has had: each correction is a new unknown."""

    key: Key
    value: int


class System:
    """Unknowns as columns, relations as rows, over all releases.

    `known` are columns that some release shows: an earlier one, or this one whatever the rules say
    (`allowed`); `now` are those of the new table by their keys; `need` says
    of each column to be protected how wide its span has to stay; `hidden` are those that nobody
    sees, to begin with; `single` are those whose value one person or organisation knows, as their
    own, and gives them a number.
    """

    def __init__(
        self,
        table: Table,
        cells: Mapping[Key, Cell],
        primary: Mapping[Key, Reason],
        rules: Rules,
        earlier: Sequence[Release],
        allowed: Collection[Key] = (),
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
            *((rate.denominator, (rate.numerator, _left_out(rate))) for rate in table.rates),
        ]
        self.shown_before = {key for release in earlier for key in release.published}
        found = {Unknown(*item) for version in self._versions for item in version.items()}
        # in the order of their keys, whatever the order of the input
        self.unknowns = sorted(
            found, key=lambda unknown: (tuple(map(str, unknown.key)), unknown.value)
        )
        self.values = [unknown.value for unknown in self.unknowns]
        self._column = {unknown: index for index, unknown in enumerate(self.unknowns)}
        self.now = {key: self._column[Unknown(key, value)] for key, value in values.items()}
        self.known = {
            self._column[Unknown(key, value)]
            for release, version in zip(earlier, self._versions[1:], strict=True)
            for key, value in _shown(release, table, version)
        }
        self.known |= {
            column for key, column in self.now.items() if cells[key].published and key in allowed
        }
        self.rows = self._rows()
        self.columns: dict[int, dict[int, int]] = {}
        for index, row in enumerate(self.rows):
            for column, sign in row.items():
                self.columns.setdefault(column, {})[index] = sign
        self.single, self.person = self._persons(), rules.person
        self.need: dict[int, int] = {}
        self.hidden: set[int] = set()
        self._judge()

    def told(self, column: int) -> tuple[Key, int]:
        """A cell and its value, in the terms of the table: what is left out, by its numerator."""
        unknown = self.unknowns[column]
        numerators = {_left_out(rate): rate.numerator for rate in self._table.rates}
        return numerators.get(unknown.key, unknown.key), unknown.value

    def _with_left_out(self, version: dict[Key, int]) -> dict[Key, int]:
        left_out = {
            _left_out(rate): version[rate.denominator] - version[rate.numerator]
            for rate in self._table.rates
            if rate.numerator in version and rate.denominator in version
        }
        return {**version, **left_out}

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

    def _rows(self) -> list[dict[int, int]]:
        """Each relation as it binds the columns that are not known."""
        rows = set()
        for version, (total, parts) in self._told():
            row: dict[int, int] = {}
            for key, sign in ((total, -1), *((part, 1) for part in parts)):
                column = self._column[Unknown(key, version[key])]
                if column not in self.known:
                    row[column] = row.get(column, 0) + sign
            rows.add(tuple(sorted((column, sign) for column, sign in row.items() if sign)))
        return [dict(row) for row in sorted(rows) if row]

    def _persons(self) -> dict[int, int]:
        """Whose value one alone makes up; a total of one is the one of its parts."""
        leader: dict[int, int] = {}
        one = self._rules.person

        def find(column: int) -> int:
            while leader[column] != column:
                column = leader[column]
            return column

        for unknown, column in self._column.items():
            cell = self._cells.get(unknown.key)
            contributors = None if cell is None else cell.contributors
            if len(contributors) == 1 if contributors is not None else unknown.value == one:
                leader[column] = column
        left_out = list(self._sums_left_out())
        for version, (total, parts) in (*self._told(), *product(self._versions, left_out)):
            if not {total, *parts} <= version.keys():
                continue
            whole = self._column[Unknown(total, version[total])]
            for part in parts if whole in leader else ():
                column = self._column[Unknown(part, version[part])]
                if column in leader and version[part] == version[total]:
                    first, second = sorted((find(whole), find(column)))
                    leader[second] = first
        return {column: find(column) for column in leader}

    def _sums_left_out(self) -> Iterator[Relation]:
        """What shares leave out adds up as their numerators and denominators do."""
        rates: dict[Key, list[Rate]] = {}
        for rate in sorted(self._table.rates, key=lambda rate: tuple(map(str, rate.denominator))):
            rates.setdefault(rate.numerator, []).append(rate)
        sums = {(total, frozenset(parts)) for total, parts in self._table.relations}
        for total, parts in self._table.relations:
            for shares in zip(*(rates.get(key, []) for key in (total, *parts)), strict=False):
                whole, *rest = shares
                if (whole.denominator, frozenset(rate.denominator for rate in rest)) in sums:
                    yield _left_out(whole), tuple(_left_out(rate) for rate in rest)

    def _judge(self) -> None:
        """What is hidden to begin with, and what needs protection."""
        current, one = set(self.now.values()), self._rules.person
        for column, unknown in enumerate(self.unknowns):
            if column in self.known:
                continue
            key, cell = unknown.key, self._cells.get(unknown.key)
            need = 0
            if column in current and cell is not None:
                if key in self._primary:
                    # a withdrawn value is known to be wrong: one guess fewer
                    width = _width(cell, self._primary[key], self._rules)
                    need = width + one * (key in self.shown_before)
                elif cell.published:
                    continue
            elif (cell is None or cell.contributors is None) and small(unknown.value, self._rules):
                need = self._rules.protection  # hidden by an earlier release, or left out
            self.hidden.add(column)
            if need:
                self.need[column] = need


def _left_out(rate: Rate) -> Key:
    return (LEFT_OUT, *rate.key)


def _width(cell: Cell, reason: Reason, rules: Rules) -> int:
    """How wide the span of a cell has to stay: a tenth of a sum whose contributors are few."""
    if cell.value and reason in (Reason.CONTRIBUTORS, Reason.DOMINANCE):
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
