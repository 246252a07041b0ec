"""Figures of datasets: what an address asks for, as monitoring.charts draws it.

A picture is of one area over time, with a line or a bar for each code of one dimension; or of all
areas at one time. The dimensions that are left stand at their total, or at the code that is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.charts import figures, summaries
from monitoring.charts.figures import Compared, Figure, Kind, Measure, Slot
from monitoring.indicators.figures import slot_of
from monitoring.indicators.periods import MONTHS
from monitoring.indicators.periods import Kind as PeriodKind
from portal.api.responses import LICENCE
from portal.errors import BadParameter
from portal.places.models import Area

from . import paths
from .cubes import TOTAL, Axis, Cube
from .models import TIME, Code, Dataset
from .models.releases import Status
from .observations import Cell, Reader, Table, read

KIND, BY = "kind", "by"
OVER_TIME = (Kind.LINES, Kind.BARS, Kind.STACKED, Kind.MULTIPLES)
OF_AREAS = (Kind.DOTS, Kind.MAP)
SHARES = Measure("%", 1, True)
YEAR_OF_COHORTS = 4
MOST_SERIES = {Kind.LINES: 6, Kind.BARS: 4, Kind.STACKED: 6, Kind.MULTIPLES: 12}
BARS_AT_MOST = 5


@dataclass(frozen=True)
class Asked:
    """What a figure of a dataset is to show: the kind, the dimension told apart, and the codes.

    `reader` gives the cells: those of today, or what was frozen (monitoring.datasets.frozen).
    """

    cube: Cube
    kind: Kind
    by: Axis | None
    area: Code
    time: int
    fixed: Mapping[str, Code]
    reader: Reader = read

    @classmethod
    def read(cls, cube: Cube, parameters: Mapping[str, str], reader: Reader = read) -> "Asked":
        """From the parameters of an address. Raises BadParameter for what there is not."""
        times = {str(cube.period(time)): time for time in cube.dataset.times}
        latest = max(times.values(), default=0)
        if paths.is_path(cube) and latest - YEAR_OF_COHORTS in times.values():
            latest -= YEAR_OF_COHORTS
        time = times.get(parameters.get(TIME, ""), latest)
        if parameters.get(TIME) and parameters[TIME] not in times:
            raise BadParameter(TIME, parameters[TIME])
        kinds = [str(one) for one in kinds_of(cube)]
        kind = parameters.get(KIND) or kinds[0]
        if kind not in kinds:
            raise BadParameter(KIND, kind)
        axes = {axis.key: axis for axis in cube.others}
        by = parameters.get(BY, "")
        if by and by not in axes:
            raise BadParameter(BY, by)
        return cls(
            cube,
            Kind(kind),
            axes.get(by),
            _chosen(cube.areas, parameters),
            time,
            {axis.key: _chosen(axis, parameters) for axis in cube.others},
            reader,
        )

    @property
    def parameters(self) -> dict[str, str]:
        """Those that ask for the same again, whatever is the latest by then."""
        return {
            KIND: str(self.kind),
            BY: self.by.key if self.by else "",
            TIME: str(self.cube.period(self.time)),
            self.cube.areas.key: self.area.code,
            **{key: code.code for key, code in self.fixed.items()},
        }

    @property
    def over_time(self) -> bool:
        return self.kind in OVER_TIME

    @cached_property
    def series(self) -> list[Code]:
        """The codes that are told apart: without the total, which stands behind them."""
        if self.by is None or not self.over_time:
            return []
        total = whole_of(self.by)
        codes = [code for code in self.by.codes if code != total]
        parts = next((parts for whole, parts in self.by.breakdowns if whole == total), None)
        return list(parts or codes)[: MOST_SERIES[self.kind]]

    @cached_property
    def places(self) -> list[Code]:
        """The areas of a picture of areas: employment areas, or what the dataset has instead."""
        found = [code for code in self.cube.areas.codes if code.area is not None]
        wanted = Area.Kind.EMPLOYMENT_AREA
        chosen = [code for code in found if code.area and code.area.kind == wanted]
        return chosen or [code for code in found if code != whole_of(self.cube.areas)]


def kinds_of(cube: Cube) -> list[Kind]:
    """The kinds of picture that a dataset can be shown as, the usual one first."""
    if paths.is_path(cube):
        return [Kind.PATH]
    found = list(OVER_TIME)
    if len(cube.dataset.times) <= BARS_AT_MOST:
        found = [Kind.BARS, Kind.LINES, Kind.STACKED, Kind.MULTIPLES]
    if not cube.others:
        found = [kind for kind in found if kind not in (Kind.STACKED, Kind.MULTIPLES)]
    return found + list(OF_AREAS)


def whole_of(axis: Axis) -> Code | None:
    """The code that stands for all of a dimension: its total, or the country."""
    countries = (code for code in axis.codes if code.area and code.area.kind == Area.Kind.COUNTRY)
    return axis.elimination or axis.by_code.get(TOTAL) or next(countries, None)


def _behind(axis: Axis) -> Code | None:
    """The whole as something to compare with: not where it is the sum of what is drawn."""
    return None if axis.breakdowns else whole_of(axis)


def _chosen(axis: Axis, parameters: Mapping[str, str]) -> Code:
    """The code that the address names, else the total or the first."""
    named = parameters.get(axis.key)
    code = whole_of(axis) or next(iter(axis.codes), None)
    if named:
        code = axis.by_code.get(named)
    if code is None:
        raise BadParameter(axis.key, named or "")
    return code


def figure(asked: Asked) -> Figure:
    """The figure that was asked for: a few queries, whatever its size."""
    if asked.kind is Kind.PATH:
        shown = _of_path(asked)
    else:
        shown = _over_time(asked) if asked.over_time else _of_areas(asked)
    return shown.titled(summaries.finding(shown))


def _of_path(asked: Asked) -> Figure:
    """What share of a cohort reached each step: of the area and the country, or of two cohorts.

    Without a cohort in the address, the latest that has had a year.
    """
    cube, whole = asked.cube, whole_of(asked.cube.areas)
    earlier = asked.time - YEAR_OF_COHORTS
    sides = [(asked.area, asked.time)]
    if whole and asked.area != whole:
        sides.append((whole, asked.time))
    elif earlier in cube.dataset.times:
        sides.append((asked.area, earlier))
    others = {
        key: code.code for key, code in asked.fixed.items() if key not in (paths.STEP, paths.SINCE)
    }
    found = [
        paths.path(cube, area.code, str(cube.period(time)), others, asked.reader)
        for area, time in sides
    ]
    names = (
        [area.name for area, _time in sides]
        if whole and asked.area != whole
        else [cube.period(time).name for _area, time in sides]
    )
    shown = _figure(
        asked,
        Kind.PATH,
        [Slot(step.code.name, step.code.name) for step in found[0]],
        [
            figures.Series(name, tuple(map(_reached, steps)))
            for name, steps in zip(names, found, strict=True)
        ],
        [asked.area.name, cube.period(asked.time).name],
    )
    return replace(shown, measure=SHARES)


def _reached(step: paths.PathStep) -> figures.Cell:
    """The share that is known of the last month that is, and when half of the cohort had come."""
    known = [one for one in step.reached if one.share is not None]
    if not known:
        return figures.Cell(None, next((one.reason for one in step.reached if one.reason), ""))
    return figures.Cell(known[-1].share, months=step.middle)


def _over_time(asked: Asked) -> Figure:
    cube = asked.cube
    times = list(cube.dataset.times)
    whole = _behind(asked.by) if asked.by else None
    codes = [*asked.series, *([whole] if whole and asked.kind is not Kind.STACKED else [])]
    others = [codes if axis == asked.by else [asked.fixed[axis.key]] for axis in cube.others]
    beside = _behind(cube.areas) if not asked.by else None
    areas = [asked.area, *([beside] if beside and beside != asked.area else [])]
    table = asked.reader(cube, areas, others, times)
    slots = range(times[0], times[-1] + 1) if times else []
    series = [
        _series(asked, table, asked.area, code, slots, reference=code == whole) for code in codes
    ] or [_series(asked, table, asked.area, None, slots)]
    if not asked.by and beside and beside != asked.area:
        series.append(_series(asked, table, beside, None, slots, reference=True))
    shown = _figure(
        asked,
        asked.kind,
        [slot_of(cube.period(time)) for time in slots],
        series,
        [asked.area.name, *_named(asked)],
    )
    breaks = [
        figures.Break(one.time - slots[0], one.text)
        for one in cube.dataset.breaks.all()
        if one.time in slots and one.time > slots[0]
    ]
    return replace(shown, breaks=tuple(breaks))


def _series(
    asked: Asked,
    table: Table,
    area: Code,
    code: Code | None,
    slots: Sequence[int],
    *,
    reference: bool = False,
) -> figures.Series:
    cube = asked.cube
    others = [
        code if code is not None and axis == asked.by else asked.fixed[axis.key]
        for axis in cube.others
    ]
    known = set(cube.dataset.times)
    cells = tuple(
        _cell(table.cell(area, others, time)) if time in known else figures.Cell(None)
        for time in slots
    )
    name = code.name if code is not None else area.name
    found = figures.Series(name, cells, reference=reference)
    return replace(found, compared=_compared(asked, found, slots))


def _compared(asked: Asked, series: figures.Series, slots: Sequence[int]) -> Compared | None:
    """The value of the same period a year before the latest."""
    if series.latest is None:
        return None
    at = series.latest[0] - 12 // MONTHS[PeriodKind(asked.cube.dataset.period)]
    value = series.cells[at].value if at >= 0 else None
    return Compared(asked.cube.period(slots[at]).when, value) if value is not None else None


def _of_areas(asked: Asked) -> Figure:
    cube = asked.cube
    whole = _behind(cube.areas)
    fixed = [asked.fixed[axis.key] for axis in cube.others]
    table = asked.reader(
        cube,
        [*asked.places, *([whole] if whole else [])],
        [[code] for code in fixed],
        [asked.time] if cube.dataset.times else [],
    )
    places = sorted(asked.places, key=lambda code: code.name.casefold())
    cells = tuple(_cell(table.cell(code, fixed, asked.time)) for code in places)
    period = cube.period(asked.time)
    series = [figures.Series(period.name, cells)]
    if whole:
        value = _cell(table.cell(whole, fixed, asked.time))
        series.append(figures.Series(whole.name, (value,) * len(places), reference=True))
    slots = [Slot(code.name, code.name, key=code.area.code if code.area else "") for code in places]
    found = _figure(asked, asked.kind, slots, series, [period.name, *_named(asked)])
    return replace(found, shapes=_shapes()) if asked.kind is Kind.MAP else found


def _shapes() -> dict[str, str]:
    """The outlines of the employment areas, by code."""
    rows = Area.objects.filter(kind=Area.Kind.EMPLOYMENT_AREA).exclude(map_path="")
    return dict(rows.values_list("code", "map_path"))


def shows_share(dataset: Dataset) -> bool:
    """Whether values are per cent."""
    return dataset.unit_en.strip() in ("%", "per cent")


def _named(asked: Asked) -> list[str]:
    """The codes at which the other dimensions stand, where they are not totals."""
    return [
        f"{axis.name}: {asked.fixed[axis.key].name}"
        for axis in asked.cube.others
        if axis != asked.by and asked.fixed[axis.key] != whole_of(axis)
    ]


def _figure(
    asked: Asked,
    kind: Kind,
    slots: Sequence[Slot],
    series: Sequence[figures.Series],
    where: Sequence[str],
) -> Figure:
    dataset = asked.cube.dataset
    is_share = shows_share(dataset)
    said = ", ".join([*where, _("per cent") if is_share else dataset.unit])
    day = ""
    if dataset.released_at:
        day = _("released on %(day)s") % {
            "day": date_format(localtime(dataset.released_at), "DATE_FORMAT")
        }
    return Figure(
        kind=kind,
        name=dataset.name,
        subtitle=f"{said}. {dataset.description}",
        measure=Measure(dataset.unit, dataset.decimals, is_share),
        slots=tuple(slots),
        series=tuple(series),
        source=dataset.source,
        licence=LICENCE,
        day=day,
        note=_("Example figures: invented, to show how the portal works.")
        if dataset.example
        else "",
    )


def _cell(cell: Cell) -> figures.Cell:
    if cell.value is None:
        return figures.Cell(None, cell.words or str(Status(cell.status).label))
    return figures.Cell(cell.value, note=cell.words[:1].lower() + cell.words[1:])
