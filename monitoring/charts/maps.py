"""The areas coloured by their values, with names where they fit and the capital region larger.

Outlines are paths of relative steps in a frame of 570 by 1000 (portal.places.outlines).
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from .canvas import NUMBER, SMALL, Canvas, plain
from .figures import Figure, number
from .scales import decimals_of, ticks, width_of

FRAME = (570, 1000)
WIDTH = 360  # of the whole picture, at every size: a map is taller than it is wide
CLASSES = 5
CAPITAL = (216, 910, 308, 990)  # what is shown larger, within the frame
NUMBERS = re.compile(r"-?\d+")
Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """The corners of each closed line of a path such as M10 10l5 0 0 5z."""
    found = []
    for shape in path.split("z"):
        figures = [int(one) for one in NUMBERS.findall(shape)]
        if len(figures) < 6:
            continue
        x, y = figures[0], figures[1]
        corners: list[Point] = [(x, y)]
        for at in range(2, len(figures) - 1, 2):
            x, y = x + figures[at], y + figures[at + 1]
            corners.append((x, y))
        found.append(corners)
    return found


def extent(ring: list[Point]) -> float:
    """Twice the surface that a closed line holds."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs))


def middle(path: str) -> Point:
    """The middle of the largest part of an outline."""
    found = rings(path)
    if not found:
        return (0, 0)
    ring = max(found, key=extent)
    twice, cx, cy = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        twice, cx, cy = twice + cross, cx + (x1 + x2) * cross, cy + (y1 + y2) * cross
    if not twice:
        return ring[0]
    return (cx / (3 * twice), cy / (3 * twice))


def classes(values: list[Decimal]) -> list[Decimal]:
    """The boundaries of about five classes: round ones, or where these put most areas into one,
    those that have about as many areas each."""
    even = ticks(values, from_zero=None, about=CLASSES)
    spans = list(pairwise(even))
    fullest = max(
        sum(low <= value < high or value == high == even[-1] for value in values)
        for low, high in spans
    )
    order = sorted(values)
    if fullest <= len(values) * 0.5 or len(set(order)) <= CLASSES:
        return even[: CLASSES + 2]
    cuts = {order[len(order) * share // CLASSES] for share in range(1, CLASSES)}
    return sorted({order[0], *cuts, order[-1]})


def class_of(value: Decimal, bounds: list[Decimal]) -> int:
    """Which class a value is in, from 1; a boundary belongs to the class that it begins."""
    at = sum(value >= bound for bound in bounds)
    return max(1, min(at, len(bounds) - 1))


def choropleth(figure: Figure, canvas: Canvas, top: float) -> float:
    """The map with its legend, names and the capital region beside it."""
    series = figure.main[0]
    shapes: Mapping[str, str] = figure.shapes or {}
    bounds = classes([value for _at, value in series.values])
    colours = [f"m{shade(at, len(bounds) - 1)}" for at in range(len(bounds) - 1)]
    y = _legend(figure, canvas, bounds, colours, top + 8)
    scale = 0.5
    left = canvas.width - FRAME[0] * scale - 4
    wide, tall = FRAME[0] * scale, FRAME[1] * scale
    marks = []
    for at, slot in enumerate(figure.slots):
        if slot.key in shapes:
            value = series.cells[at].value
            looks = colours[class_of(value, bounds) - 1] if value is not None else "none"
            marks.append((at, slot, looks, shapes[slot.key]))
    canvas.parts.append(
        f'<svg class="areas" x="{plain(left)}" y="{plain(y)}" width="{plain(wide)}" '
        f'height="{plain(tall)}" viewBox="0 0 {FRAME[0]} {FRAME[1]}">'
    )
    for at, slot, looks, outline in marks:
        with canvas.mark(figure.said(slot, series.cells[at])):
            canvas.parts.append(f'<path class="{looks}" d="{outline}"/>')
    canvas.parts.append("</svg>")
    x1, y1, x2, y2 = CAPITAL
    inset = 150
    zoom = inset / (x2 - x1)
    inset_top = y + tall - (y2 - y1) * zoom - 170
    canvas.text(0, inset_top - 8, _("The capital region"), "name strong", size=SMALL)
    canvas.rect(0, inset_top, inset, (y2 - y1) * zoom, "frame")
    canvas.parts.append(
        f'<svg class="areas" x="0" y="{plain(inset_top)}" width="{inset}" '
        f'height="{plain((y2 - y1) * zoom)}" viewBox="{x1} {y1} {x2 - x1} {y2 - y1}">'
    )
    for _at, _slot, looks, outline in marks:
        if _touches(outline):
            canvas.parts.append(f'<path class="{looks}" d="{outline}"/>')
    canvas.parts.append("</svg>")
    canvas.rect(left + x1 * scale, y + y1 * scale, (x2 - x1) * scale, (y2 - y1) * scale, "frame")
    names = _Names(canvas)
    for _at, slot, _looks, outline in sorted(marks, key=lambda one: _first(one[0], figure, one[3])):
        x, at_y = middle(outline)
        if _is_inside((x, at_y)):
            names.put(slot.short, (x - x1) * zoom, inset_top + (at_y - y1) * zoom, 0, inset)
        else:
            names.put(slot.short, left + x * scale, y + at_y * scale, 0, canvas.width)
    return y + tall + 6


def _touches(outline: str) -> bool:
    return any(_is_inside(point) for ring in rings(outline) for point in ring)


def _first(at: int, figure: Figure, outline: str) -> tuple[bool, float]:
    """The highest and the lowest are named first, then the larger the area the sooner.

    In the capital region it is the smaller the sooner: its cities.
    """
    value = figure.main[0].cells[at].value
    numbers = [one for _at, one in figure.main[0].values]
    ends = value is not None and value in (max(numbers), min(numbers))
    size = max(map(extent, rings(outline)), default=0)
    return (not ends, size if _is_inside(middle(outline)) else -size)


def _is_inside(point: Point) -> bool:
    x1, y1, x2, y2 = CAPITAL
    return x1 <= point[0] <= x2 and y1 <= point[1] <= y2


class _Names:
    """Puts a name where none stands yet; what does not fit is left to the list and the reader."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.taken: list[tuple[float, float, float, float]] = []

    def put(self, name: str, x: float, y: float, low: float, high: float) -> None:
        size = 10.5
        half = width_of(name, size) / 2
        x = min(max(x, low + half), high - half)
        for shift in (0, -10, 10):
            box = (x - half - 1, y + shift - 7, x + half + 1, y + shift + 5)
            if not any(
                box[0] < right and left < box[2] and box[1] < bottom and top < box[3]
                for left, top, right, bottom in self.taken
            ):
                self.taken.append(box)
                self.canvas.text(x, y + shift + 3, name, "place halo", "middle", size)
                return


def shade(at: int, count: int) -> int:
    """Which of the six colours from light to dark a class has, spread over those there are."""
    return 3 if count <= 1 else 1 + round(at * 5 / (count - 1))


def _legend(
    figure: Figure, canvas: Canvas, bounds: list[Decimal], colours: list[str], top: float
) -> float:
    """Patches side by side with the boundaries under them, and one for what is missing."""
    decimals = max(decimals_of(bounds), 0)
    words = [number(bound, min(decimals, figure.measure.decimals or decimals)) for bound in bounds]
    wide = min(54, (canvas.width - 20) / len(colours))
    for at, looks in enumerate(colours):
        canvas.rect(4 + at * wide, top, wide - 1, 14, looks)
    for at, said in enumerate(words):
        anchor = "" if at == 0 else "middle"
        x = 0 if at == 0 else 4 + at * wide
        canvas.text(x, top + 29, said, "tick", anchor, SMALL)
    y = top + 40
    for one in figure.references:
        value = one.latest
        if value is not None:
            canvas.text(
                0, y + 10, f"{one.name}: {figure.measure.amount(value[1])}", "name", size=SMALL
            )
            y += 20
    if any(cell.value is None for cell in figure.main[0].cells):
        canvas.rect(4, y, 20, 14, "none")
        canvas.text(30, y + 12, _("no value"), "name", size=NUMBER)
        y += 24
    return y
