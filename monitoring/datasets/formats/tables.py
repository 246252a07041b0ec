"""What tables of rows and cells have in common: titles above, a header, and lines below it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, islice

from django.utils.translation import gettext as _

from monitoring.indicators.files import Errors

from . import extracts
from .columns import Columns
from .numbered import Numbered

ROWS_ABOVE = 30  # of which one has to be the header


@dataclass
class Lines:
    """A file as lines of cells: `header` by columns, in row `header_row`, and the `rows` below it.

    `notes` are what whoever brings the file is told of how it was read. `joiner` stands between
    the cells of a line that is shown whole.
    """

    header: list[str]
    rows: Numbered
    header_row: int = 1
    notes: list[str] = field(default_factory=list)
    joiner: str = ","


def lines(
    rows: Iterable[tuple[int, list[str]]],
    columns: Columns,
    errors: Errors,
    joiner: str,
    *,
    padded: bool = False,
) -> Lines | None:
    """Find the header among the first rows; None and an error when there are no rows at all.

    With `padded`, rows that are shorter than the header have empty cells at their end.
    """
    before = errors.total
    numbered = iter(rows)
    head = list(islice(numbered, ROWS_ABOVE))
    filled = [(number, cells) for number, cells in head if any(map(str.strip, cells))]
    if not filled:
        if errors.total == before:
            errors.add(0, "", "", _("A header row and rows of values. The file is empty."))
        return None
    extract = extracts.of(filled[0][1])
    if extract is not None:
        columns = extract.columns(columns)
    header_row, cells = max(filled, key=lambda row: columns.found_in(row[1]))
    if not columns.found_in(cells):
        header_row, cells = filled[0]
    header = [columns.key(cell) for cell in cells]
    above = [row for row in filled if row[0] < header_row]
    below: Numbered = chain((row for row in head if row[0] > header_row), numbered)
    notes: list[str] = []
    if extract is not None:
        if not extract.is_right(above, errors):
            return None
        notes = extract.notes(above)
        below = extract.in_codes(below, header, columns.cube.axes)
    elif above:
        notes = [
            _("The header is row %(row)s; what stands above it was not read.") % {"row": header_row}
        ]
    if padded:
        below = _padded(below, len(cells))
    return Lines(header, below, header_row, notes, joiner)


def _padded(rows: Numbered, width: int) -> Numbered:
    for number, cells in rows:
        yield number, cells + [""] * (width - len(cells)) if any(cells) else []
