"""Reads a CSV file of a dataset as a stream: rows of numbers, and what is wrong with each cell.

The columns are those of SDMX-CSV: REF_AREA, TIME_PERIOD, each further dimension by its key,
OBS_VALUE, and if wanted OBS_STATUS. Memory does not grow with the file: a row is read, judged and
handed on; what has been there already is one bit a cell of the cube.
"""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from difflib import get_close_matches
from typing import IO, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.indicators import numbers, periods
from monitoring.indicators.files import UTF_16, WORKBOOK, Errors

from .cubes import MOST_CELLS, MOST_CODES, Cube
from .models import AREA, TIME, VALUE
from .models.releases import MISSING, Status
from .models.structure import STATUS

LONGEST_HEADER = 5000
LONGEST_CELL = 1000
DIGITS = 11
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


def rows(stream: IO[bytes], cube: Cube, errors: Errors) -> Iterator[Row]:
    """The rows of a file of this dataset; what is wrong with others is added to `errors`."""
    text = _text(stream, errors)
    if text is None:
        return
    reader = None
    try:
        header_line = text.readline(LONGEST_HEADER)
        if not header_line.strip():
            errors.add(0, "", "", _("A header row and rows of values. The file is empty."))
            return
        delimiter = max(",;\t", key=header_line.count)
        first = next(csv.reader([header_line], delimiter=delimiter))
        header = [cell.strip().upper() for cell in first]
        if not _header_is_right(header, cube, errors):
            return
        reader = csv.reader(text, delimiter=delimiter, strict=True)
        yield from _Judge(cube, header, delimiter, errors).rows(reader)
    except csv.Error:
        errors.add(
            (reader.line_num if reader else 0) + 1,
            "",
            "",
            _(
                "A row that can be read: each quotation mark closed, and no cell longer than "
                "%(length)s characters. Rows from here on were not checked."
            )
            % {"length": LONGEST_CELL},
        )
    except UnicodeDecodeError:
        row, broken = _undecoded(stream)
        errors.add(
            row,
            "",
            broken,
            _(
                "Text in UTF-8. This file is in another encoding, perhaps Windows-1252 (Latin-1): "
                "in Excel, choose “CSV UTF-8” when you save it."
            ),
        )
    finally:
        text.detach()  # the stream is its opener's to close


def _undecoded(stream: IO[bytes]) -> tuple[int, str]:
    """The row of a file in another encoding than UTF-8 and what stands there; 0 if it is not known.

    The file is read once more from its beginning.
    """
    stream.seek(0)
    for number, line in enumerate(stream, start=1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            return number, line[error.start : error.start + 1].decode("cp1252", "replace")
    return 0, ""


def _text(stream: IO[bytes], errors: Errors) -> io.TextIOWrapper | None:
    """The stream as text in UTF-8 or, with its mark, UTF-16; None and an error for a workbook."""
    start = stream.read(4)
    stream.seek(0)
    if start.startswith(WORKBOOK):
        errors.add(
            0,
            "",
            "",
            _(
                "A CSV file. This is an Excel workbook: in Excel, choose “CSV UTF-8” when you "
                "save it."
            ),
        )
        return None
    encoding = "utf-16" if start.startswith(UTF_16) else "utf-8-sig"
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        encoding = "utf-32"
    return io.TextIOWrapper(stream, encoding=encoding, newline="")


def columns(cube: Cube) -> list[str]:
    """The columns that a file must have, in the order of an export."""
    return [AREA, TIME, *(axis.key for axis in cube.others), VALUE]


def _header_is_right(header: list[str], cube: Cube, errors: Errors) -> bool:
    needed = columns(cube)
    known = [*needed, STATUS]
    before = errors.total
    for column in needed:
        if column not in header:
            errors.add(1, column, "", _("The column is missing from the header row."))
    for column, times in Counter(header).items():
        if column not in known:
            expected = _("One of the columns %(known)s.") % {"known": ", ".join(known)}
            errors.add(1, "", column, expected)
        elif times > 1:
            errors.add(1, column, column, _("The column once."))
    return errors.total == before


class _Judge:
    """Turns cells into numbers; what cannot be is an error with row, column and what was meant."""

    def __init__(self, cube: Cube, header: list[str], delimiter: str, errors: Errors):
        self.cube, self.header, self.delimiter, self.errors = cube, header, delimiter, errors
        self.place = {column: header.index(column) for column in header}
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
        self.seen: dict[int, bytearray] = {}
        self.times: dict[str, int | None] = {}

    def rows(self, reader) -> Iterator[Row]:
        if self.cube.size > MOST_CELLS:
            self.errors.add(
                0,
                "",
                "",
                _("A dataset of at most %(most)s values a period.") % {"most": MOST_CELLS},
            )
            return
        width, found = len(self.header), 0
        for cells in reader:
            number = reader.line_num + 1
            if not any(cells) or not any(map(str.strip, cells)):
                continue
            found += 1
            if len(cells) != width:
                expected = _("%(wanted)s cells as in the header, not %(found)s.")
                self.errors.add(
                    number,
                    "",
                    self.delimiter.join(cells)[:LONGEST_CELL],
                    expected % {"wanted": width, "found": len(cells)},
                )
                continue
            row = self.row(number, [cell.strip() for cell in cells])
            if row is not None:
                yield row
        if not found:
            self.errors.add(0, "", "", _("At least one row of values below the header."))

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
        if area is None or time is None or self.errors.total != before:
            return None
        if self.comes_again(time, self.area_bits[area] * self.cells + bit):
            expected = _(
                "One value for an area, a period and a code in each dimension: an earlier "
                "row has it."
            )
            self.errors.add(number, VALUE, cells[self.place[VALUE]], expected)
            return None
        return Row(number, time, area, cell, value, status)

    def comes_again(self, time: int, bit: int) -> bool:
        """Whether a row of this period and cell was there before; from now on it was."""
        bits = self.seen.get(time)
        if bits is None:
            size = len(self.areas) * self.cells
            bits = self.seen[time] = bytearray(size // 8 + 1)
        place, mask = bit >> 3, 1 << (bit & 7)
        if bits[place] & mask:
            return True
        bits[place] |= mask
        return False

    def unknown(self, number: int, column: str, text: str, known: list[str]) -> None:
        close = get_close_matches(text[:40], known, n=3) or known[:3]
        expected = _("A code of the dimension, such as %(codes)s.") % {"codes": ", ".join(close)}
        self.errors.add(number, column, text, expected)

    def time(self, number: int, text: str) -> int | None:
        if text in self.times:
            return self.times[text]
        kind = self.cube.dataset.period
        period = periods.parse(text, kind)
        if period is None:
            self.errors.add(number, TIME, text, str(EXPECTED_TIME[periods.Kind(kind)]))
            return None
        self.times[text] = period.position
        return period.position

    def value(self, number: int, text: str, status: str) -> Decimal | int | None:
        if status not in STATUSES:
            expected = _("Empty, or one of %(codes)s.") % {
                "codes": ", ".join(sorted(filter(None, STATUSES)))
            }
            self.errors.add(number, STATUS, status, expected)
        if status in REASONS:
            if text:
                expected = _("No value, because the status says that there is none.")
                self.errors.add(number, VALUE, text, expected)
            return None
        value = int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else None
        expected = self.why_not(text, value)
        if expected:
            self.errors.add(number, VALUE, text, expected)
            return None
        return numbers.parse(text) if value is None else value

    def why_not(self, text: str, whole: int | None) -> str:
        """What was expected instead of a value; "" when it is right."""
        dataset = self.cube.dataset
        value = numbers.parse(text) if whole is None else Decimal(whole)
        if not text:
            return _("A number. If there is none, give the reason in the column %(column)s.") % {
                "column": STATUS
            }
        if value is None or abs(value) >= 10**DIGITS:
            return _("A number, such as 46709 or 60,6, without a thousands separator.")
        if whole is None and numbers.decimals_of(text) > dataset.decimals:
            return _("At most %(decimals)s decimals.") % {"decimals": dataset.decimals}
        if dataset.least is not None and value < dataset.least:
            return _("A number from %(least)s up.") % {
                "least": numbers.plain(dataset.least, dataset.decimals)
            }
        if dataset.most is not None and value > dataset.most:
            return _("A number of at most %(most)s.") % {
                "most": numbers.plain(dataset.most, dataset.decimals)
            }
        return ""
