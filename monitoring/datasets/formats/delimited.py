"""Text with a sign between its cells (RFC 4180), read as a stream."""

import codecs
import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from monitoring.indicators.files import LONGEST_CELL, UTF_16, Errors

from .columns import Columns
from .tables import ROWS_ABOVE

DELIMITERS = ",;\t"
LONGEST_LINE = 5000


def encoding_of(start: bytes) -> str:
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    return "utf-16" if start.startswith(UTF_16) else "utf-8-sig"


def delimiter_of(stream: IO[bytes], encoding: str, columns: Columns) -> str:
    """The sign between cells: that with which the best of the first lines names most columns."""
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    first = list(islice(iter(lambda: text.readline(LONGEST_LINE), ""), ROWS_ABOVE))
    text.detach()
    stream.seek(0)
    best = max(
        DELIMITERS,
        key=lambda sign: (
            max((columns.found_in(_cells(line, sign)) for line in first), default=0),
            max((line.count(sign) for line in first), default=0),
        ),
    )
    return best


def _cells(line: str, sign: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(sign)]


def read(
    stream: IO[bytes], encoding: str, delimiter: str, errors: Errors
) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers; where reading has to end, an error says why.

    The stream is its opener's to close.
    """
    text = io.TextIOWrapper(stream, encoding=encoding, newline="")
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error:
        errors.add(
            reader.line_num,
            "",
            "",
            _(
                "A row that can be read: each quotation mark closed, and no cell longer than "
                "%(length)s characters. Rows from here on were not checked."
            )
            % {"length": LONGEST_CELL},
        )
    except UnicodeError:
        row, broken = _undecoded(stream) if encoding == "utf-8-sig" else (0, "")
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
        text.detach()


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
