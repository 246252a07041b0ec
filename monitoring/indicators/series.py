"""A series: the values of one indicator in one area in the order of time, as they are said."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit

from monitoring.charts.figures import percent
from portal.places.models import Area

from . import numbers
from .models import Indicator, Observation
from .periods import MONTHS, Kind, Period

Status = Observation.Status


@dataclass(frozen=True)
class Point:
    """A value of a series, or with value None the reason in `status`."""

    period: Period
    value: Decimal | None
    status: str = ""
    source_url: str = ""
    note: str = ""
    released: datetime | None = None

    @property
    def number(self) -> Decimal:
        """The value of a point that has one."""
        if self.value is None:
            raise ValueError(f"{self.period} has no value: {self.status}")
        return self.value

    @property
    def reason(self) -> str:
        """What the status says, in words; "" for a final value."""
        return str(Status(self.status).label) if self.status else ""

    @property
    def source_host(self) -> str:
        return (urlsplit(self.source_url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Series:
    """What the page, its chart, its table, its words and its file are all made of.

    `earlier` are the points before the span of time that was asked for: they are not shown, the
    latest value is compared with them.
    """

    indicator: Indicator
    area: Area
    points: tuple[Point, ...]
    earlier: tuple[Point, ...] = ()

    @property
    def values(self) -> list[Point]:
        """The points that have a value."""
        return [point for point in self.points if point.value is not None]

    @property
    def missing(self) -> list[Point]:
        """The points that have a reason instead."""
        return [point for point in self.points if point.value is None]

    @property
    def latest(self) -> Point | None:
        return self.values[-1] if self.values else None

    @property
    def year_before(self) -> Point | None:
        """The value of the same period a year before the latest."""
        if self.latest is None:
            return None
        position = self.latest.period.position - 12 // MONTHS[Kind(self.indicator.period)]
        for point in (*self.earlier, *self.points):
            if point.period.position == position and point.value is not None:
                return point
        return None

    @property
    def gaps(self) -> int:
        """How many periods between the first and the last point the portal knows nothing of."""
        if not self.points:
            return 0
        first, last = self.points[0].period.position, self.points[-1].period.position
        return last - first + 1 - len(self.points)

    @property
    def updated(self) -> datetime | None:
        """When the latest release that brought any of these was published."""
        return max((point.released for point in self.points if point.released), default=None)

    @property
    def tells_sources(self) -> bool:
        """Whether any value says where it was published."""
        return any(point.source_url for point in self.points)

    @property
    def newest_first(self) -> list[tuple[Point, str]]:
        """The points for a table, each with its number in words ("" when missing)."""
        return [
            (point, "" if point.value is None else self.number(point.value))
            for point in reversed(self.points)
        ]

    def number(self, value: Decimal) -> str:
        """The number alone: 46,709."""
        return numbers.words(value, self.indicator.decimals)

    def amount(self, value: Decimal) -> str:
        """The number with its unit: 46,709 persons, 60.6%."""
        return amount(self.indicator, value)


def amount(indicator: Indicator, value: Decimal) -> str:
    """A value of an indicator with its unit, in the active language."""
    number = numbers.words(value, indicator.decimals)
    if indicator.kind == Indicator.Kind.PERCENT:
        return percent(number)
    return f"{number}\u00a0{indicator.unit}"


def observations(indicator: Indicator, area: Area | None, span: tuple[date, date] | None):
    """The values of an indicator, in one area or all, in a span of time or all of it."""
    rows = Observation.objects.filter(indicator=indicator)
    if area is not None:
        rows = rows.filter(area=area)
    if span is not None:
        rows = rows.filter(start__gte=span[0], start__lt=span[1])
    return rows


def read(indicator: Indicator, area: Area, span: tuple[date, date] | None = None) -> Series:
    """A series from the database, in one query; a span of time leaves the earlier points aside."""
    first, end = span or (date.min, date.max)
    rows = observations(indicator, area, (date.min, end)).order_by("start")
    points = tuple(_points(rows))
    return Series(
        indicator,
        area,
        tuple(point for point in points if point.period.start >= first),
        tuple(point for point in points if point.period.start < first),
    )


def _points(rows) -> Iterable[Point]:
    for start, period, *rest in rows.values_list(
        "start", "period", "value", "status", "source_url", "note", "release__published_at"
    ):
        yield Point(Period(start, period), *rest)
