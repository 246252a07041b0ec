"""What plots over slots have in common: the grid with its numbers, periods, gaps and breaks."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .canvas import NUMBER, SMALL, Canvas
from .figures import Cell, Figure, Series, number
from .scales import Scale, decimals_of, width_of, wrap

WIDE = 500  # from this width on there is room beside
REFERENCE = "ref"


class Box(NamedTuple):
    """Where values are drawn, between the numbers of the axis and the labels."""

    left: float
    top: float
    right: float
    bottom: float
    slots: int

    def x(self, slot: float) -> float:
        """The middle of a slot."""
        return round(self.left + (slot + 0.5) * self.step, 1)

    @property
    def step(self) -> float:
        return (self.right - self.left) / max(self.slots, 1)


def looks_of(figure: Figure, series: Series) -> str:
    """The class of a series' colour: its place among the main ones."""
    if series.reference:
        return REFERENCE
    return f"s{figure.main.index(series) % 6 + 1}"


def lane_of(scale: Sequence[Decimal]) -> float:
    """How wide the numbers of an axis are."""
    words = [number(value, decimals_of(scale)) for value in scale]
    return max(width_of(one, SMALL) for one in words) + 8


def grid(canvas: Canvas, scale: Sequence[Decimal], y: Scale, left: float, right: float) -> None:
    """Lines at the round numbers, and the numbers left of them; zero is stronger."""
    for value in scale:
        at = y.at(value)
        canvas.line(left, at, right, at, "axis" if value == 0 else "grid")
        words = number(value, decimals_of(scale))
        canvas.text(left - 8, at + 4.5, words, "tick", "end", SMALL)


def periods(figure: Figure, canvas: Canvas, box: Box, y: float) -> float:
    """The slots' names under the axis: all where they fit, else years, else some evenly."""
    named = _named(figure, box)
    widest = max((width_of(words, SMALL) for _at, words in named), default=0)
    every = max(1, -(-int(widest + 10) // max(int(_apart(named) * box.step), 1)))
    kept = named[(len(named) - 1) % every :: every]
    for at, slot in enumerate(figure.slots):
        if slot.first and len(figure.slots) <= 400:
            canvas.line(box.x(at), y, box.x(at), y + 5, "axis")
    for at, words in kept:
        half = width_of(words, SMALL) / 2
        x = min(max(box.x(at), half), canvas.width - half)
        canvas.text(x, y + 20, words, "tick", "middle", SMALL)
    return y + 28


def _named(figure: Figure, box: Box) -> list[tuple[int, str]]:
    slots = figure.slots
    widest = max(width_of(slot.short, SMALL) for slot in slots)
    firsts = [(at, str(slot.year)) for at, slot in enumerate(slots) if slot.first]
    if widest + 10 > box.step and 3 <= len(firsts) < len(slots):
        return firsts
    return [(at, slot.short) for at, slot in enumerate(slots)]


def _apart(named: list[tuple[int, str]]) -> int:
    return min((two[0] - one[0] for one, two in pairwise(named)), default=1)


def runs(figure: Figure, series: Series) -> list[list[int]]:
    """Slots of neighbouring values: a missing one parts them, and so does a break."""
    broken = {one.slot for one in figure.breaks}
    found: list[list[int]] = []
    for at, _value in series.values:
        if found and found[-1][-1] == at - 1 and at not in broken:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def breaks(figure: Figure, canvas: Canvas, box: Box) -> None:
    """A dashed line before the slot from which values are no longer comparable, with its number."""
    for count, one in enumerate(figure.breaks, start=1):
        x = box.left + one.slot * box.step
        canvas.line(x, box.top - 12, x, box.bottom, "break")
        canvas.text(x - 4, box.top - 3, str(count), "name", "end", SMALL)


def gaps(figure: Figure, canvas: Canvas, box: Box, series: Sequence[Series]) -> None:
    """A cross at the axis wherever a value is missing."""
    for one in series:
        for at, cell in enumerate(one.cells):
            if cell.value is None:
                with canvas.mark(figure.said(figure.slots[at], cell, one), "missing"):
                    canvas.gap(box.x(at), box.bottom - 5)


class Label(NamedTuple):
    """What stands beside the end of a series."""

    lines: list[tuple[str, str]]
    y: float
    looks: str

    @property
    def height(self) -> float:
        return len(self.lines) * 16 + 3

    @property
    def width(self) -> float:
        return max(width_of(words, NUMBER) for words, _looks in self.lines)


def label(figure: Figure, series: Series, value: Decimal, y: float, room: float) -> Label:
    """The name in as many lines as it needs, and the value under it."""
    lines = [(words, "name") for words in wrap(series.name, NUMBER, room)]
    return Label([*lines, (figure.measure.number(value), "num")], y, looks_of(figure, series))


def is_provisional(cell: Cell) -> bool:
    return cell.value is not None and bool(cell.note)
