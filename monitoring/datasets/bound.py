"""A figure that something is bound to: as the dataset stands now, or as it was frozen."""

from collections.abc import Mapping
from dataclasses import replace

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.charts.figures import Cell, Figure, Kind
from portal.errors import BadParameter

from . import frozen
from .cubes import Cube
from .figures import Asked, figure
from .models import Dataset, FrozenFigure


def current_figure(dataset: Dataset, parameters: Mapping[str, str]) -> Figure | None:
    """The figure of today; None when nothing is released, or what is asked for is not there."""
    if dataset.released_at is None:
        return None
    try:
        return figure(Asked.read(Cube.of(dataset), parameters))
    except BadParameter:
        return None


def freeze_figure(dataset: Dataset, parameters: Mapping[str, str]) -> FrozenFigure | None:
    """Freeze exactly the cells that the figure shows; None when there is no such figure."""
    if dataset.released_at is None:
        return None
    recorder = frozen.Recorder(frozen.release_at(dataset), set())
    try:
        asked = Asked.read(Cube.of(dataset), parameters, recorder)
        figure(asked)
    except BadParameter:
        return None
    return frozen.freeze(dataset, recorder.keys, selection=asked.parameters)


def frozen_figure(kept: FrozenFigure) -> Figure:
    """The figure as it was frozen; a value that was corrected since has its mark beside it."""
    cube = frozen.cube_of(kept)
    drawn = figure(Asked.read(cube, kept.selection, frozen.reader(kept)))
    if drawn.kind is Kind.PATH:
        return _marked(drawn, kept)
    return drawn


def _marked(drawn: Figure, kept: FrozenFigure) -> Figure:
    """The shares of a path with a mark where a count behind them was corrected.

    A share is no cell of its own: what it is now is told by the same figure of today.
    """
    days = [one.day for one in frozen.revised(kept) if one.day is not None]
    now = current_figure(kept.dataset, kept.selection) if days else None
    if now is None:
        return drawn
    day = date_format(localtime(max(days)))
    series = []
    for one, other in zip(drawn.series, now.series, strict=False):
        cells = tuple(map(_with_mark, one.cells, other.cells, [(drawn, day)] * len(one.cells)))
        series.append(replace(one, cells=cells))
    return replace(drawn, series=tuple(series))


def _with_mark(cell: Cell, now: Cell, where: tuple[Figure, str]) -> Cell:
    drawn, day = where
    if cell.value is None or now.value is None or cell.value == now.value:
        return cell
    words = {"day": day, "new": drawn.measure.amount(now.value)}
    return cell._replace(note=_("revised since %(day)s: now %(new)s") % words)
