"""Charts: a series in, what an SVG needs out. No query, no markup, no request.

Across, everything is a percentage of the width, so that the text keeps its size on every screen;
down, it is pixels. The template templates/monitoring/chart.html draws what stands here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor

from django.utils.translation import gettext as _

from . import numbers
from .models import Observation
from .periods import Period
from .series import Point, Series

LANE, RIGHT = 13, 3  # per cent of the width: the numbers of the vertical axis, and air
BOX = 100 - LANE - RIGHT
TOP, BELOW = 26, 30  # pixels, for the numbers over the bars and the periods under the axis
HEIGHT, SMALL = 220, 110  # pixels, as in static/css/62-indicators.css
BARS_AT_MOST = 5
LABELS_AT_MOST = 5
BAR = 0.6
STEPS = (1, 2, Decimal("2.5"), 5, 10)


@dataclass(frozen=True)
class Tick:
    y: float
    label: str


@dataclass(frozen=True)
class Mark:
    """A value (or None) in its place: a bar from `y` down `height`, or a point at `y`."""

    x: float
    y: float
    left: float
    width: float
    height: float
    number: str
    label: str
    provisional: bool
    missing: bool


@dataclass(frozen=True)
class Chart:
    """`lines` are runs of "x,y" within a box 100 wide and `height` high, right of the lane."""

    bars: bool
    height: int
    ticks: list[Tick]
    marks: list[Mark]
    lines: list[str]
    periods: list[tuple[float, str]]
    from_zero: bool

    @property
    def whole_height(self) -> int:
        return TOP + self.height + BELOW

    @property
    def small(self) -> bool:
        return self.height == SMALL

    @property
    def bottom(self) -> int:
        return TOP + self.height

    @property
    def periods_y(self) -> int:
        return self.bottom + 20

    lane, top, box_width = LANE, TOP, BOX


def draw(series: Series, height: int = HEIGHT) -> Chart | None:
    """The chart of a series: bars for a few periods, a line for more; None for one value."""
    values = series.values
    if len(values) < 2:
        return None
    first, last = series.points[0].period.position, series.points[-1].period.position
    slots = last - first + 1
    bars = slots <= BARS_AT_MOST
    scale = _scale([point.number for point in values], from_zero=bars)
    lowest, highest = scale[0], scale[-1]

    def down(value: Decimal) -> float:
        return round(TOP + float((highest - value) / (highest - lowest)) * height, 1)

    def across(point: Point) -> float:
        return (point.period.position - first + 0.5) / slots * 100

    points = _filled(series, first, slots) if bars else series.points
    foot = down(Decimal(0)) if bars else TOP + height
    return Chart(
        bars=bars,
        height=height,
        ticks=[Tick(down(value), numbers.words(value, _decimals(scale))) for value in scale],
        marks=[_mark(series, point, across(point), slots, down, foot) for point in points],
        lines=[] if bars else _lines(series.points, across, down),
        periods=_periods(series, first, slots),
        from_zero=lowest == 0,
    )


def _filled(series: Series, first: int, slots: int) -> list[Point]:
    """A point for every period from the first to the last, also for those not in the series."""
    known = {point.period.position: point for point in series.points}
    return [
        known.get(position) or Point(Period.at(position, series.indicator.period), None)
        for position in range(first, first + slots)
    ]


def _lines(points: Iterable[Point], across: Callable, down: Callable) -> list[str]:
    """Lines through values of neighbouring periods: a period without a value breaks them."""
    runs: list[list[Point]] = []
    for point in points:
        if point.value is None:
            continue
        if runs and runs[-1][-1].period.position == point.period.position - 1:
            runs[-1].append(point)
        else:
            runs.append([point])
    return [
        " ".join(f"{across(point):.2f},{down(point.number) - TOP:.1f}" for point in run)
        for run in runs
        if len(run) > 1
    ]


def _across(share: float) -> float:
    """A share of the box right of the lane, as a percentage of the whole width."""
    return round(LANE + share * BOX / 100, 2)


def _mark(series: Series, point: Point, share: float, slots: int, down, foot: float) -> Mark:
    """What is drawn of a point; `foot` is where bars stand, from where negative ones hang."""
    missing = point.value is None
    y = foot if missing else min(down(point.number), foot)
    width = BOX / slots * BAR
    said = series.amount(point.number) if not missing else point.reason or _("no value here")
    if point.status == Observation.Status.PROVISIONAL:
        said = f"{said} ({point.reason})"
    x = _across(share)
    return Mark(
        x=x,
        y=y,
        left=round(x - width / 2, 2),
        width=round(width, 2),
        height=round(abs(down(point.number) - foot), 1) if not missing else 0.0,
        number="–" if missing else series.number(point.number),
        label=f"{point.period.name}: {said}",
        provisional=point.status == Observation.Status.PROVISIONAL,
        missing=missing,
    )


def _periods(series: Series, first: int, slots: int) -> list[tuple[float, str]]:
    """The periods named under the axis: all when few, else some, evenly, the last among them."""
    step = -(-slots // LABELS_AT_MOST)
    kind = series.indicator.period
    return [
        (_across((slot + 0.5) / slots * 100), Period.at(first + slot, kind).short)
        for slot in range((slots - 1) % step, slots, step)
    ]


def _decimals(scale: list[Decimal]) -> int:
    """As many decimals as the numbers of an axis need."""
    return max(len(f"{value.normalize():f}".partition(".")[2]) for value in scale)


def _scale(values: list[Decimal], *, from_zero: bool) -> list[Decimal]:
    """Four or so round numbers that hold the values between them.

    From zero, unless a line would be flat: its values differ by less than a third of the highest.
    """
    lowest, highest = min(values), max(values)
    if from_zero or lowest <= highest * 2 / 3:
        lowest, highest = min(lowest, Decimal(0)), max(highest, Decimal(0))
    if highest == lowest:
        highest = lowest + (abs(lowest) or 1)
    rough = (highest - lowest) / 4
    power = Decimal(10) ** (rough.adjusted())
    step = next(factor * power for factor in STEPS if factor * power >= rough)
    start = floor(lowest / step) * step  # Decimal’s own // goes towards zero
    return [start + step * index for index in range(ceil((highest - start) / step) + 1)]
