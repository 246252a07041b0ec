"""Reads a file of a dataset, in whatever form: rows of numbers, and what is wrong with each cell.

The one door for files: CSV, XLSX, JSON-stat 2.0 and the extract from Koto-AJ
(monitoring.datasets.formats) give lines, and monitoring.datasets.judging judges their cells. The
columns are those of SDMX-CSV: REF_AREA, TIME_PERIOD, each further dimension by its key, OBS_VALUE,
and if wanted OBS_STATUS. CSV is read as a stream: memory does not grow with it.
"""

from collections.abc import Iterator
from typing import IO

from monitoring.indicators.files import Errors

from . import formats
from .cubes import Cube
from .judging import Judge, Row, header_is_right

__all__ = ["Row", "rows"]


def rows(
    stream: IO[bytes], cube: Cube, errors: Errors, notes: list[str] | None = None
) -> Iterator[Row]:
    """The rows of a file of this dataset; what is wrong with others is added to `errors`.

    `notes` gets what is to be known of how the file was read, such as which sheet of a workbook.
    """
    lines = formats.read(stream, cube, errors)
    if lines is None:
        return
    if notes is not None:
        notes += lines.notes
    if header_is_right(lines, cube, errors):
        yield from Judge(cube, lines, errors).rows()
