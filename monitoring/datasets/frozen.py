"""Freezing a figure with its release, and what has become of what was frozen.

    figure = freeze(dataset, keys)          # as published now, or at a moment
    figure_cells = shown(figure)            # what a page may show of it, with the marks of today
    revised(figure)                         # what was corrected since

Whoever publishes something for good – a report, a worksheet – freezes what it shows, in the same
transaction. The frozen value stays; beside it stands "revised since DAY: now NEW". What was taken
back is told without a number, as everywhere: frozen figures are no way round a withdrawal.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from portal.languages import LANGUAGES

from .cubes import Cube
from .models import Code, Dataset, FrozenFigure, Release
from .models.releases import Status
from .observations import Cell, Reader, Selection, Table, read
from .revisions import Revision, since, withdrawn_since
from .uses import Touched, Use, Uses

CellKey = tuple[int, int, int]  # running number of the period, area, number of the other codes
WORDS = ("name", "description", "unit", "source", "coverage", "method", "limits")


class NothingReleased(LookupError):
    """Nothing of the dataset was public at that moment: there is nothing to freeze."""


def freeze(
    dataset: Dataset,
    keys: Collection[CellKey],
    *,
    moment: datetime | None = None,
    selection: Mapping[str, Any] | None = None,
) -> FrozenFigure:
    """Keep the cells as they are published now, or were at a moment, with their release.

    `keys` are (period, area, cell) as in `AreaFigure.cells`; `selection` is kept for readers of the
    metadata. A cell that nothing was brought for is kept as not collected. Some eight queries.
    Raises NothingReleased.
    """
    release = release_at(dataset, moment)
    cube = Cube.of(dataset)
    keys = sorted(set(keys))
    table = _read(cube, keys, release)
    cells = []
    for time, area, number in keys:
        cell = table.cell(cube.code_of_area[area], _codes(cube, number), time)
        cells.append([time, area, number, _plain(cell.value), cell.status])
    return FrozenFigure.objects.create(
        dataset=dataset,
        release=release,
        selection=dict(selection or {}),
        cells=cells,
        areas=sorted({area for _time, area, _cell in keys}),
        periods=sorted({time for time, _area, _cell in keys}),
        about=words_of(dataset),
    )


def release_at(dataset: Dataset, moment: datetime | None = None) -> Release:
    """The newest release of a dataset, or the newest at a moment. Raises NothingReleased."""
    release = (
        Release.objects.filter(
            dataset=dataset,
            state=Release.State.RELEASED,
            released_at__lte=moment or timezone.now(),
        )
        .order_by("released_at", "pk")
        .last()
    )
    if release is None:
        raise NothingReleased(dataset.slug)
    return release


def words_of(dataset: Dataset) -> dict[str, dict[str, str]]:
    """What a dataset says of itself, by field and language: its definition."""
    return {
        name: {language: getattr(dataset, f"{name}_{language}") for language in LANGUAGES}
        for name in WORDS
    }


def revised(figure: FrozenFigure) -> list[Revision]:
    """What corrections changed of it since its release: one query."""
    return since(figure.dataset, _released(figure), set(figure.keys))


def shown(figure: FrozenFigure) -> dict[CellKey, Cell]:
    """What may be shown of each cell: the frozen value, with the mark of a later correction.

    What was withdrawn since has no value, even if another was published later. Two queries.
    """
    keys = set(figure.keys)
    gone = withdrawn_since(figure.dataset, _released(figure), keys)
    marks = {(one.time, one.key.area, one.key.cell): one for one in revised(figure)}
    found = {}
    for time, area, cell, value, status in figure.cells:
        key = (time, area, cell)
        number = None if value is None else Decimal(value)
        mark = marks.get(key)
        if key in gone and number is not None:
            day = mark.day if mark is not None else gone[key]
            gone_now = Status.SUPPRESSED.value
            found[key] = Cell(None, gone_now, True, day, release=figure.release_id)
        elif mark is not None and not mark.withdrawn:
            found[key] = Cell(
                number, status, True, mark.day, release=figure.release_id, now=mark.new
            )
        else:
            found[key] = Cell(number, status, False, release=figure.release_id)
    return found


def reader(figure: FrozenFigure) -> Reader:
    """Reads its cells where `observations.read` would read those of today."""
    cells = shown(figure)

    def frozen(
        cube: Cube,
        areas: Sequence[Code],
        others: Sequence[Sequence[Code]],
        times: Sequence[int],
    ) -> Table:
        return Table(cube, areas, others, times, cells)

    return frozen


@dataclass(frozen=True)
class Recorder:
    """Reads as `observations.read` does, and remembers which cells: those are then frozen."""

    release: Release
    keys: set[CellKey]

    def __call__(
        self,
        cube: Cube,
        areas: Sequence[Code],
        others: Sequence[Sequence[Code]],
        times: Sequence[int],
    ) -> Table:
        table = read(cube, areas, others, times, self.release)
        for area, codes, time, _cell in table.rows():
            if area.area_id is not None:
                number = cube.cell([code.position for code in codes])
                self.keys.add((time, area.area_id, number))
        return table


def cube_of(figure: FrozenFigure) -> Cube:
    """The dataset's cube with the words, the periods and the release day that were frozen."""
    dataset = Dataset.objects.get(pk=figure.dataset_id)
    for name, texts in figure.about.items():
        for language, text in texts.items():
            setattr(dataset, f"{name}_{language}", text)
    dataset.times = list(figure.periods)
    dataset.released_at = _released(figure)
    return Cube.of(dataset)


def touching(change: Touched) -> Iterable[FrozenFigure]:
    """The frozen figures that show something of what a release changes: one query."""
    rows: QuerySet[FrozenFigure] = FrozenFigure.objects.filter(dataset=change.dataset)
    areas, times = set(change.areas), set(change.times)
    for figure in rows.defer("cells", "about"):
        if areas & set(figure.areas) and times & set(figure.periods):
            yield figure


def frozen_uses(
    name: str | Promise, places: Callable[[Collection[int]], Iterable[Use]], order: int = 100
) -> Uses:
    """The capability of a resource that keeps frozen figures: a correction lists its places.

        register(ResourceType("report", can=(frozen_uses(_("Annual reports"), places), …)))

    `places` is given the keys of the frozen figures that a release touches.
    """

    def of(change: Touched) -> Iterable[Use]:
        touched = {figure.pk for figure in touching(change)}
        return places(touched) if touched else ()

    return Uses(name, of, order=order)


def _released(figure: FrozenFigure) -> datetime:
    return figure.release.released_at or figure.frozen_at


def _read(cube: Cube, keys: Collection[CellKey], release: Release) -> Table:
    """A table that has all of the cells: the crossings of the codes that they name."""
    selected: Selection = {
        axis.key: sorted({codes[place].code for codes in (_codes(cube, key[2]) for key in keys)})
        for place, axis in enumerate(cube.others)
    }
    return read(
        cube,
        [cube.code_of_area[area] for area in sorted({area for _time, area, _cell in keys})],
        [[axis.by_code[code] for code in selected[axis.key]] for axis in cube.others],
        sorted({time for time, _area, _cell in keys}),
        release,
    )


def _codes(cube: Cube, number: int) -> list[Code]:
    """The codes that a number stands for."""
    return [
        axis.codes_at[place]
        for axis, place in zip(cube.others, cube.positions(number), strict=True)
    ]


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")
