"""Files for spreadsheets: no cell of text is ever taken for a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, Protocol

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

FORMULA = re.compile(r"'*[=+\-@\t\r]")
DISARMED = re.compile(r"'+[=+\-@\t\r]")
NUMBER = re.compile(r"-\d+([.,]\d+)?")


class Target(Protocol):
    """What a file is written to."""

    def write(self, text: str, /) -> Any: ...


def disarm(value: Any) -> Any:
    """A cell that a spreadsheet takes for text, also when it begins like a formula (OWASP).

    What is not text, and a negative number, stays as it is.
    """
    if not isinstance(value, str) or NUMBER.fullmatch(value) or not FORMULA.match(value):
        return value
    return f"'{value}"


def rearm(text: str) -> str:
    """The text of a cell that `disarm` wrote."""
    return text[1:] if DISARMED.match(text) else text


class Writer:
    """Writes the rows of a CSV file (RFC 4180) with disarmed cells: each export uses it."""

    def __init__(self, target: Target):
        self._writer = csv.writer(target)

    def writerow(self, cells: Iterable[Any]) -> Any:
        """Write one row; returns what the target's `write` returned."""
        return self._writer.writerow([disarm("" if cell is None else str(cell)) for cell in cells])


def workbook(
    name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], about: Iterable[Sequence[str]]
) -> bytes:
    """An XLSX file: a sheet `name` with the rows, and one that says what they are.

    Numbers are numbers and text is text, whatever it begins with. Written row by row, so that a
    hundred thousand rows take little memory. `about` has the words and the name of a second sheet:
    its first row names it.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name[:31])

    def typed(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        if not value:
            return None
        cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", value))
        cell.data_type = "s"
        return cell

    sheet.append([typed(cell) for cell in header])
    for row in rows:
        sheet.append([typed(cell) for cell in row])
    (title, *_rest), *facts = about
    sheet = book.create_sheet(title[:31])
    for fact in facts:
        sheet.append([typed(cell) for cell in fact])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def write_csv_row(view: Any, writer: Any, row: dict[str, Any]) -> Any:
    """Wagtail's `write_csv_row`, of each of its lists and reports, with disarmed cells."""
    kept = {
        field: view.preprocess_field_value(field, value, view.FORMAT_CSV)
        for field, value in row.items()
    }
    return writer.writerow({field: disarm(value) for field, value in kept.items()})
