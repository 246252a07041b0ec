"""The headline figures of all areas of a kind as they stood: what annexes are made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from monitoring.datasets import frozen
from monitoring.datasets.cubes import Cube, Headline, headlines
from monitoring.datasets.models import Code, Dataset, FrozenFigure
from monitoring.datasets.observations import Cell
from portal.places.models import Area

from .choosing import headline_datasets
from .figures import AreaFigure, from_rows
from .similar import FIELDS, similar_areas

HISTORY = 13  # periods: a year of months and the one before
SIMILAR = "similar"


def freeze_headlines(kind: str = Area.Kind.EMPLOYMENT_AREA) -> Iterator[FrozenFigure]:
    """Freeze the six figures of every area of a kind, and of the country, in their order.

    The areas that stand beside each are kept with them: a figure that is frozen is compared with
    what it was compared with then.
    """
    datasets = [one for one in headline_datasets(kind) if one.times]
    cells = headlines(datasets) if datasets else {}
    beside: Mapping[str, list[str]] | None = None
    for dataset in datasets:
        areas = _areas(dataset, kind)
        if not areas:
            continue
        if beside is None:
            beside = {
                area.key: [one.key for one in similar_areas(area)]
                for area in areas
                if area.kind == kind
            }
        number = cells[dataset.pk].cell
        yield frozen.freeze(
            dataset,
            [(time, area.pk, number) for time in dataset.times[-HISTORY:] for area in areas],
            selection={SIMILAR: beside},
        )


def _areas(dataset: Dataset, kind: str) -> list[Area]:
    """The areas of a kind that a dataset has figures of, and the country."""
    rows = Area.objects.filter(dataset_codes__dimension__dataset=dataset)
    return list(rows.filter(kind__in=[kind, Area.Kind.COUNTRY]).only(*FIELDS).order_by("code"))


@dataclass(frozen=True)
class _Kept:
    """One frozen figure, read once for all areas."""

    dataset: Dataset
    headline: Headline
    rows: Mapping[tuple[int, int], Cell]
    beside: Mapping[str, Sequence[str]]


class FrozenHeadlines:
    """Frozen headline figures, read once: those of each area are then made without a query."""

    def __init__(self, kept: Sequence[FrozenFigure]):
        """A few queries for each figure, and one for the areas."""
        self.kept = [_kept(one) for one in kept if one.cells]
        wanted = {area for one in kept for area in one.areas}
        self.areas = {area.pk: area for area in Area.objects.filter(pk__in=wanted).only(*FIELDS)}
        self.by_key = {area.key: area for area in self.areas.values()}
        countries = (one for one in self.areas.values() if one.kind == Area.Kind.COUNTRY)
        self.country = next(countries, None)

    def own(self) -> list[Area]:
        """The areas that have figures, without the country, by their keys."""
        return sorted(
            (one for one in self.areas.values() if one.kind != Area.Kind.COUNTRY),
            key=lambda area: area.key,
        )

    def of(self, area: Area) -> list[AreaFigure]:
        """The figures of one area, in their order."""
        found = []
        for one in self.kept:
            keys = one.beside.get(area.key, ())
            beside = [self.by_key[key] for key in keys if key in self.by_key]
            found.append(from_rows(one.dataset, area, self.country, beside, one.headline, one.rows))
        return found

    def country_history(self, figure: AreaFigure) -> list[tuple[int, Cell]]:
        """The country's cells of a figure, by the running number of the period."""
        if self.country is None:
            return []
        pk = self.country.pk
        (one,) = (one for one in self.kept if one.dataset.pk == figure.dataset.pk)
        return sorted((time, cell) for (time, area), cell in one.rows.items() if area == pk)


def _kept(figure: FrozenFigure) -> _Kept:
    cube = frozen.cube_of(figure)
    number = figure.cells[0][2]
    return _Kept(
        cube.dataset,
        Headline(number, _named(cube, number)),
        {(time, area): cell for (time, area, _cell), cell in frozen.shown(figure).items()},
        figure.selection.get(SIMILAR, {}),
    )


def _named(cube: Cube, number: int) -> tuple[Code, ...]:
    """The codes that a number stands for and that are no totals."""
    codes = [
        axis.codes_at[place]
        for axis, place in zip(cube.others, cube.positions(number), strict=True)
    ]
    return tuple(
        code
        for axis, code in zip(cube.others, codes, strict=True)
        if code not in (axis.elimination, axis.by_code.get("_T"))
    )
