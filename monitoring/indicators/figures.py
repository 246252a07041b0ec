"""Figures of indicators: a series, with what it is compared with, as monitoring.charts draws it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from monitoring.charts import figures, summaries
from monitoring.charts.figures import Cell, Compared, Figure, Kind, Measure, Slot
from portal.api.responses import LICENCE

from .models import Indicator
from .periods import Period
from .series import Point, Series

BARS_AT_MOST = 5


def measure_of(indicator: Indicator) -> Measure:
    """What its values are in."""
    is_share = indicator.kind == Indicator.Kind.PERCENT
    return Measure(indicator.unit, indicator.decimals, is_share)


def slot_of(period: Period) -> Slot:
    """A period as a slot of a figure."""
    return Slot(
        period.short,
        period.name,
        period.when,
        period.start.year,
        period.number == 1,
    )


def of_series(series: Series, reference: Series | None = None) -> Figure:
    """An indicator over time in one area: bars for a few periods, a line for more.

    `reference` is the same of another area (the country), drawn behind it: of shares alone, since
    the counts of a country would press those of an area to the ground.
    """
    indicator = series.indicator
    slots = _slots(series.points, indicator.period)
    shown = [
        figures.Series(series.area.name, _cells(slots, series.points), compared=_before(series))
    ]
    is_share = indicator.kind == Indicator.Kind.PERCENT
    if reference is not None and reference.values and is_share:
        cells = _cells(slots, reference.points)
        if any(cell.value is not None for cell in cells):
            shown.append(figures.Series(reference.area.name, cells, reference=True))
    kind = Kind.BARS if len(slots) <= BARS_AT_MOST else Kind.LINES
    return titled(
        Figure(
            kind=kind,
            name=indicator.name,
            subtitle=subtitle(indicator, series.area.name),
            measure=measure_of(indicator),
            slots=tuple(slot_of(period) for period in slots),
            series=tuple(shown),
            source=indicator.source,
            licence=LICENCE,
            day=imported(series),
        )
    )


def titled(figure: Figure) -> Figure:
    """The figure with the title that says its finding."""
    return figure.titled(summaries.finding(figure))


def subtitle(indicator: Indicator, where: str) -> str:
    """Where, in what unit, and whom the figure covers."""
    unit = _("per cent") if indicator.kind == Indicator.Kind.PERCENT else indicator.unit
    covers = indicator.coverage.partition(". ")[0].rstrip(".")
    return f"{where}, {unit}. {covers}." if covers else f"{where}, {unit}."


def imported(series: Series) -> str:
    """The day of the latest release that brought any of these values, in words."""
    if not series.updated:
        return ""
    return _("imported on %(day)s") % {
        "day": date_format(timezone.localdate(series.updated), "DATE_FORMAT")
    }


def _slots(points: Sequence[Point], kind: str) -> list[Period]:
    """Every period from the first to the last, also those that are not in the series."""
    if not points:
        return []
    first, last = points[0].period.position, points[-1].period.position
    return [Period.at(position, kind) for position in range(first, last + 1)]


def _cells(slots: Sequence[Period], points: Sequence[Point]) -> tuple[Cell, ...]:
    known = {point.period: point for point in points}
    return tuple(_cell(known.get(period)) for period in slots)


def _cell(point: Point | None) -> Cell:
    if point is None:
        return Cell(None)
    if point.value is None:
        return Cell(None, point.reason)
    return Cell(Decimal(point.value), note=point.reason.lower())


def _before(series: Series) -> Compared | None:
    point = series.year_before
    return Compared(point.period.when, point.number) if point else None
