"""Turns the cells of a line into numbers; what cannot be is an error that names the cell.

A row is judged and handed on. What has been there already is one bit a cell of the cube, so memory
does not grow with the file.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.indicators import numbers, periods
from monitoring.indicators.files import LONGEST_CELL, Errors

from .cubes import MOST_CELLS, MOST_CODES, Cube
from .formats import Columns, Lines, persons
from .models import AREA, TIME, VALUE
from .models.releases import MISSING, Status
from .models.structure import STATUS

DIGITS = 11
MOST_NUMBERS = 100_000  # texts of numbers that are remembered as right
STATUSES = frozenset(Status.values)
REASONS = frozenset(str(status) for status in MISSING)
EXPECTED_TIME = {
    periods.Kind.MONTH: gettext_lazy("A month, such as 2024M06."),
    periods.Kind.QUARTER: gettext_lazy("A quarter, such as 2024Q2."),
    periods.Kind.YEAR: gettext_lazy("A year, such as 2024."),
}


class Row(NamedTuple):
    """A row that has been found right: `time` and `cell` as they are kept."""

    number: int
    time: int
    area: int
    cell: int
    value: Decimal | int | None
    status: str


def header_is_right(lines: Lines, cube: Cube, errors: Errors) -> bool:
    """Whether all columns are there, once, and no others; each that is not is an error."""
    columns = Columns(cube)
    before = errors.total
    for column in columns.needed:
        if column not in lines.header:
            expected = _("The column is missing from the header row.")
            errors.add(lines.header_row, column, "", expected)
    for column, times in Counter(lines.header).items():
        if persons.names_one(column):
            errors.add(lines.header_row, column, column, str(persons.COLUMN))
        elif column not in columns.known:
            expected = _("One of the columns %(known)s.") % {"known": ", ".join(columns.known)}
            errors.add(lines.header_row, "", column, expected)
        elif times > 1:
            errors.add(lines.header_row, column, column, _("The column once."))
    return errors.total == before


class Judge:
    """Judges the lines of one file against one dataset."""

    def __init__(self, cube: Cube, lines: Lines, errors: Errors):
        self.cube, self.lines, self.errors = cube, lines, errors
        self.place = {column: place for place, column in enumerate(lines.header)}
        self.areas = cube.area_of_code
        self.area_bits = {area: order for order, area in enumerate(self.areas.values())}
        self.codes: list[tuple[str, int, dict[str, tuple[int, int]]]] = []
        dense = 1
        for order, axis in enumerate(cube.others):
            step = MOST_CODES**order
            numbered = {
                code.code: (code.position * step, place * dense)
                for place, code in enumerate(axis.codes)
            }
            self.codes.append((axis.key, self.place[axis.key], numbered))
            dense *= max(len(axis.codes), 1)
        self.cells = dense
        self.bytes = len(self.areas) * self.cells // 8 + 1
        self.seen: dict[int, bytearray] = {}
        self.times: dict[str, int | None] = {}
        least, most = cube.dataset.least, cube.dataset.most
        self.least = Decimal("-Infinity") if least is None else least
        self.most = Decimal("Infinity") if most is None else most
        self.numbers: dict[str, Decimal | int] = {}
        self.again, self.ones = 0, 0

    def rows(self) -> Iterator[Row]:
        if self.cube.size > MOST_CELLS:
            expected = _("A dataset of at most %(most)s values a period.")
            self.errors.add(0, "", "", expected % {"most": MOST_CELLS})
            return
        width, found = len(self.lines.header), 0
        for number, cells in self.lines.rows:
            if len(cells) == width:
                found += 1
                row = self.quick(number, cells)
                if row is None:
                    stripped = [cell.strip() for cell in cells]
                    if not any(stripped):
                        found -= 1
                        continue
                    row = self.row(number, stripped)
                if row is not None:
                    yield row
            elif any(map(str.strip, cells)):
                found += 1
                expected = _("%(wanted)s cells as in the header, not %(found)s.")
                self.wrong(
                    number,
                    "",
                    self.lines.joiner.join(cells)[:LONGEST_CELL],
                    expected % {"wanted": width, "found": len(cells)},
                )
        if not found and not self.errors.total:
            self.errors.add(0, "", "", _("At least one row of values below the header."))
        if self.again and self.ones == found:
            self.errors.add(0, VALUE, "", str(persons.ROWS))

    def quick(self, number: int, cells: list[str]) -> Row | None:
        """The row when nothing about it has to be thought over: most are so."""
        area = self.areas.get(cells[self.place[AREA]])
        time = self.times.get(cells[self.place[TIME]])
        value = self.numbers.get(cells[self.place[VALUE]])
        if area is None or time is None or value is None:
            return None
        if STATUS in self.place and cells[self.place[STATUS]]:
            return None
        cell = bit = 0
        for _key, place, numbered in self.codes:
            both = numbered.get(cells[place])
            if both is None:
                return None
            cell, bit = cell + both[0], bit + both[1]
        bit += self.area_bits[area] * self.cells
        bits = self.seen.get(time)
        if bits is None or bits[bit >> 3] & 1 << (bit & 7):
            return None
        bits[bit >> 3] |= 1 << (bit & 7)
        self.ones += value == 1
        return Row(number, time, area, cell, value, "")

    def row(self, number: int, cells: list[str]) -> Row | None:
        before = self.errors.total
        area = self.areas.get(cells[self.place[AREA]])
        if area is None:
            self.unknown(number, AREA, cells[self.place[AREA]], list(self.areas))
        time = self.time(number, cells[self.place[TIME]])
        cell = bit = 0
        for key, place, numbered in self.codes:
            both = numbered.get(cells[place])
            if both is None:
                self.unknown(number, key, cells[place], list(numbered))
            else:
                cell, bit = cell + both[0], bit + both[1]
        status = cells[self.place[STATUS]] if STATUS in self.place else ""
        value = self.value(number, cells[self.place[VALUE]], status)
        self.ones += value == 1
        if area is None or time is None or self.errors.total != before:
            return None
        if self.comes_again(time, self.area_bits[area] * self.cells + bit):
            self.again += 1
            expected = _(
                "One value for an area, a period and a code in each dimension: an earlier "
                "row has it."
            )
            self.errors.add(number, VALUE, cells[self.place[VALUE]], expected)
            return None
        return Row(number, time, area, cell, value, status)

    def comes_again(self, time: int, bit: int) -> bool:
        """Whether a row of this period and cell was there before; from now on it was."""
        bits = self.seen.setdefault(time, bytearray(self.bytes))
        place, mask = bit >> 3, 1 << (bit & 7)
        if bits[place] & mask:
            return True
        bits[place] |= mask
        return False

    def wrong(
        self, number: int, column: str, text: str, expected: str | Promise, *, day: bool = False
    ) -> None:
        """An error at a cell; what may tell of a person is said, and not repeated.

        With `day`, a day is only a period that is written otherwise.
        """
        kind = persons.kind_of(text) if text and not self.errors.more else None
        if day and kind == persons.BORN:
            kind = None
        if kind is not None:
            text, expected = persons.NOT_SHOWN, str(persons.CELL) % {"kind": kind}
        self.errors.add(number, column, text, str(expected))

    def unknown(self, number: int, column: str, text: str, known: list[str]) -> None:
        close = [] if self.errors.more else get_close_matches(text[:40], known, n=3)
        close = close or known[:3]
        expected = _("A code of the dimension, such as %(codes)s.") % {"codes": ", ".join(close)}
        self.wrong(number, column, text, expected)

    def time(self, number: int, text: str) -> int | None:
        """The number of a period, written as a period or as its first day."""
        if text in self.times:
            return self.times[text]
        kind = self.cube.dataset.period
        period = periods.parse(text, kind) or _by_first_day(text, kind)
        if period is None:
            expected = str(EXPECTED_TIME[periods.Kind(kind)])
            self.wrong(number, TIME, text, expected, day=True)
            return None
        self.times[text] = period.position
        return period.position

    def value(self, number: int, text: str, status: str) -> Decimal | int | None:
        if status not in STATUSES:
            expected = _("Empty, or one of %(codes)s.") % {
                "codes": ", ".join(sorted(filter(None, STATUSES)))
            }
            self.wrong(number, STATUS, status, expected)
        if status in REASONS:
            if text:
                expected = _("No value, because the status says that there is none.")
                self.wrong(number, VALUE, text, expected)
            return None
        parsed = numbers.parse(text)
        expected = self.why_not(text, parsed)
        if expected or parsed is None:
            self.wrong(number, VALUE, text, expected)
            return None
        value = int(text) if text.isdigit() else parsed
        if len(self.numbers) < MOST_NUMBERS:
            self.numbers[text] = value
        return value

    def why_not(self, text: str, value: Decimal | None) -> str:
        """What was expected instead of a value; "" when it is right."""
        dataset = self.cube.dataset
        if not text:
            return _("A number. If there is none, give the reason in the column %(column)s.") % {
                "column": STATUS
            }
        if value is None or abs(value) >= 10**DIGITS:
            return _("A number, such as 46709 or 60,6, without a thousands separator.")
        if numbers.decimals_of(text) > dataset.decimals:
            return _("At most %(decimals)s decimals.") % {"decimals": dataset.decimals}
        if value < self.least:
            return _("A number from %(least)s up.") % {
                "least": numbers.plain(self.least, dataset.decimals)
            }
        if value > self.most:
            return _("A number of at most %(most)s.") % {
                "most": numbers.plain(self.most, dataset.decimals)
            }
        return ""


def _by_first_day(text: str, kind: str) -> periods.Period | None:
    """The period that begins on a day such as 2024-01-01, as workbooks have it."""
    try:
        day = date.fromisoformat(text)
        period = periods.Period.at(periods.Period(day, kind).position, kind)
    except ValueError:
        return None
    return periods.parse(str(period), kind) if period.start == day else None
