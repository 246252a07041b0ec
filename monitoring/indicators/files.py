"""Files of values: bytes in, rows out, and the cells that are safe to write.

The format is described for people in docs/monitoring.md.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext as _

REQUIRED = ("indicator", "area", "time", "value")
OPTIONAL = ("status", "source_url", "note")
COLUMNS = REQUIRED + OPTIONAL
DELIMITERS = {",": ",", ";": ";", "tab": "\t"}
LONGEST_CELL = 1000
ROWS_ABOVE = 20
SHOWN = 500
WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class RowError(NamedTuple):
    """Something in a file that must be mended first. Row 1 is the header; 0 is the whole file."""

    row: int
    column: str
    value: str
    expected: str


@dataclass
class Errors:
    """All the errors of a file: each is counted, and the first few hundred are kept."""

    total: int = 0
    shown: list[RowError] = field(default_factory=list)

    def add(self, row: int, column: str, value: str, expected: str) -> None:
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(RowError(row, column, _excerpt(value), expected))

    @property
    def more(self) -> int:
        """How many are not kept."""
        return self.total - len(self.shown)


def _excerpt(value: str) -> str:
    """A value that can be shown: at most 80 characters, none of them invisible."""
    seen = "".join(char if char.isprintable() else "\ufffd" for char in value[:80])
    return f"{seen}…" if len(value) > 80 else seen


def text_of(content: bytes, errors: Errors) -> str:
    """The text of a file in UTF-8 or, with its mark, UTF-16; "" and an error for any other."""
    if content.startswith(WORKBOOK):
        errors.add(
            0,
            "",
            "",
            _(
                "A CSV file. This is an Excel workbook: in Excel, choose “CSV UTF-8” when you "
                "save it."
            ),
        )
        return ""
    encoding = "utf-16" if content.startswith(UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        broken = content[error.start : error.start + 1].decode("cp1252", "replace")
        errors.add(
            row,
            "",
            broken,
            _(
                "Text in UTF-8. This file is in another encoding, perhaps Windows-1252 (Latin-1): "
                "in Excel, choose “CSV UTF-8” when you save it."
            ),
        )
        return ""
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        errors.add(
            row,
            "",
            "",
            _(
                "Text without NUL characters. This is not a CSV file, or it is in UTF-16 without "
                "its mark: in Excel, choose “CSV UTF-8” when you save it."
            ),
        )
        return ""
    if not text.strip():
        errors.add(0, "", "", _("A header row and rows of values. The file is empty."))
        return ""
    return text


def rows_of(text: str, errors: Errors) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the header, each with its number and its cells by column.

    Rows without any text are passed over. A header or a row that cannot be read becomes an error
    and gives no row.
    """
    if _begins_otherwise(text, errors):
        return
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    row = 0
    try:
        header = [cell.strip().lower() for cell in next(reader)]
        row = 1
        if not _header_is_right(header, errors):
            return
        width = len(header)
        for cells in reader:
            row += 1
            if not any(map(str.strip, cells)):
                continue
            if len(cells) != width:
                errors.add(
                    row,
                    "",
                    delimiter.join(cells),
                    _("%(wanted)s cells as in the header, not %(found)s.")
                    % {"wanted": width, "found": len(cells)},
                )
                continue
            yield row, dict(zip(header, map(str.strip, cells), strict=True))
    except csv.Error:
        errors.add(
            row + 1,
            "",
            "",
            _(
                "A row that can be read: each quotation mark closed, and no cell longer than "
                "%(length)s characters. Rows from here on were not checked."
            )
            % {"length": LONGEST_CELL},
        )


def _begins_otherwise(text: str, errors: Errors) -> bool:
    """Whether a row before the header stands in the way: the error names it and the header's."""
    rows = text[: LONGEST_CELL * 10].splitlines()
    if re.fullmatch(r"\s*sep=.\s*", rows[0], re.IGNORECASE):
        expected = _("The header row. Delete this row, which Excel adds for itself.")
        errors.add(1, "", rows[0], expected)
        return True
    header = next((n for n, row in enumerate(rows[:ROWS_ABOVE], start=1) if _is_header(row)), 1)
    if header > 1:
        expected = _("The header row. It is row %(number)s: delete the rows above it.")
        errors.add(1, "", rows[0], expected % {"number": header})
    return header > 1


def _is_header(row: str) -> bool:
    cells = {cell.strip().strip('"').lower() for cell in re.split("[,;\t]", row)}
    return cells.issuperset(REQUIRED)


def _delimiter(text: str) -> str:
    """The sign between cells: the one that the header line has most of."""
    header = text[:LONGEST_CELL].splitlines()[0]
    return max(DELIMITERS.values(), key=header.count)


def _header_is_right(header: list[str], errors: Errors) -> bool:
    before = errors.total
    for column in REQUIRED:
        if column not in header:
            errors.add(1, column, "", _("The column is missing from the header row."))
    if not header[-1]:
        named = len(" ".join(header).split())
        expected = _("%(named)s columns: the empty ones after them have to be deleted.")
        errors.add(1, "", "", expected % {"named": named})
        return False
    known = _("One of the columns %(known)s.") % {"known": ", ".join(COLUMNS)}
    for column, times in Counter(header).items():
        if column not in COLUMNS:
            errors.add(1, "", column, known)
        elif times > 1:
            errors.add(1, column, column, _("The column once."))
    return errors.total == before
