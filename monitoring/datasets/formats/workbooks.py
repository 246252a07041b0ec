"""Workbooks (.xlsx), by python-calamine: cells with their types become the text of a file.

A workbook is in memory while it is read, so it has a bound: larger files are CSV.
"""

import zipfile
import zlib
from datetime import date, datetime
from typing import IO

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from monitoring.indicators.files import Errors

from . import extracts
from .columns import Columns
from .numbered import Numbered
from .tables import ROWS_ABOVE

MOST_BYTES = 200 * 1024 * 1024  # unpacked
MOST_CELLS = 2_000_000
DIGITS = ".15g"  # as many as a spreadsheet keeps


def read(stream: IO[bytes], columns: Columns, errors: Errors) -> tuple[Numbered, list[str]] | None:
    """The rows of the sheet whose header names most columns, and a note of which one it was.

    None and an error for what is no workbook, or too large a one.
    """
    if not _is_sound(stream, errors):
        return None
    try:
        book = CalamineWorkbook.from_filelike(stream)
        shown = [
            one.name
            for one in book.sheets_metadata
            if one.visible == SheetVisibleEnum.Visible and one.typ == SheetTypeEnum.WorkSheet
        ]
        sheets = {name: book.get_sheet_by_name(name) for name in shown}
    except (CalamineError, OSError) as error:
        expected = _("A workbook that can be opened (%(error)s): save it once more in Excel.")
        errors.add(0, "", "", expected % {"error": error})
        return None
    if not sheets:
        errors.add(0, "", "", _("A workbook with a sheet that is not hidden."))
        return None
    name = max(sheets, key=lambda one: _found_in(sheets[one], columns))
    sheet = sheets[name]
    if sheet.total_height * sheet.width > MOST_CELLS:
        expected = _("At most %(most)s cells in a workbook: bring a larger file as CSV.")
        errors.add(0, "", name, expected % {"most": MOST_CELLS})
        return None
    others = [one for one in book.sheet_names if one != name]
    notes = []
    if others:
        words = _("The sheet “%(sheet)s” was read, and not %(others)s.")
        quoted = ", ".join(f"“{one}”" for one in others)
        notes.append(words % {"sheet": name, "others": quoted})
    return _rows(sheet), notes


def _is_sound(stream: IO[bytes], errors: Errors) -> bool:
    """Whether all parts unpack to what they say they are, and to no more than a workbook may."""
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            size = sum(entry.file_size for entry in archive.infolist())
            sound = size <= MOST_BYTES and archive.testzip() is None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        names, size, sound = [], 0, False
    finally:
        stream.seek(0)
    if size > MOST_BYTES:
        expected = _("A workbook of at most %(most)s MB when unpacked: bring a larger file as CSV.")
        errors.add(0, "", "", expected % {"most": MOST_BYTES // 1024 // 1024})
    elif not sound:
        errors.add(0, "", "", _("A workbook that is whole. This one is broken: send it once more."))
    elif "xl/workbook.xml" not in names:
        expected = _("A workbook saved as .xlsx. This is an archive or a file of another program.")
        errors.add(0, "", "", expected)
    else:
        return True
    return False


def _found_in(sheet: CalamineSheet, columns: Columns) -> int:
    """How many columns the best of the first rows of a sheet names."""
    most = 0
    for (number, cells), _row in zip(_rows(sheet), range(ROWS_ABOVE), strict=False):
        if number == 1 and extracts.of(cells) is not None:
            return len(columns.known) + 1
        most = max(most, columns.found_in(cells))
    return most


def _rows(sheet: CalamineSheet) -> Numbered:
    """Numbered as they are numbered in the sheet; empty cells at their ends are left out."""
    for number, row in enumerate(sheet.iter_rows(), start=1):
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        yield number, cells


def _text(cell: object) -> str:
    """What a cell says, in the words of a CSV file: 2024, 60.6, 2024-01-01."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else format(cell, DIGITS)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell).strip()
