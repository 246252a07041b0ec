"""The forms that a file of a dataset comes in: each gives a header and lines of text cells.

What judges the cells (monitoring.datasets.judging) does not know which form it was.
"""

import codecs
from typing import IO

from django.utils.translation import gettext as _

from monitoring.datasets.cubes import Cube
from monitoring.indicators.files import Errors

from . import delimited, json_stat, tables, workbooks
from .columns import Columns
from .tables import Lines

__all__ = ["Columns", "Lines", "read"]

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(stream: IO[bytes], cube: Cube, errors: Errors) -> Lines | None:
    """The lines of a file in whatever form it is; None and an error for what has none.

    What is found out only further down (a quotation mark that is never closed, another encoding)
    becomes an error while the lines are taken.
    """
    start = stream.read(512)
    stream.seek(0)
    columns = Columns(cube)
    if start.startswith(OLD_OFFICE):
        expected = _("A workbook saved as .xlsx, without a password. This is another kind of file.")
        errors.add(0, "", "", expected)
        return None
    if start.startswith(ZIP):
        found = workbooks.read(stream, columns, errors)
        if found is None:
            return None
        rows, notes = found
        lines = tables.lines(rows, columns, errors, "; ", padded=True)
        if lines is not None:
            lines.notes[:0] = notes
        return lines
    encoding = delimited.encoding_of(start)
    if encoding == "utf-8-sig" and b"\0" in start:
        errors.add(0, "", "", _("CSV, XLSX or JSON-stat. This is another kind of file."))
        return None
    begins = start.removeprefix(codecs.BOM_UTF8).lstrip()
    if begins.startswith((b"{", b"[")):
        return json_stat.read(stream, columns, errors)
    if begins.startswith((b"<", b"%PDF")):
        errors.add(0, "", "", _("CSV, XLSX or JSON-stat. This is a page or a document."))
        return None
    delimiter = delimited.delimiter_of(stream, encoding, columns)
    rows = delimited.read(stream, encoding, delimiter, errors)
    return tables.lines(rows, columns, errors, delimiter)
