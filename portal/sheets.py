"""Files for spreadsheets: no cell of text is ever taken for a formula."""

import csv
import re
from collections.abc import Iterable
from typing import Any, Protocol

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


def write_csv_row(view: Any, writer: Any, row: dict[str, Any]) -> Any:
    """Wagtail's `write_csv_row`, of each of its lists and reports, with disarmed cells."""
    kept = {
        field: view.preprocess_field_value(field, value, view.FORMAT_CSV)
        for field, value in row.items()
    }
    return writer.writerow({field: disarm(value) for field, value in kept.items()})
