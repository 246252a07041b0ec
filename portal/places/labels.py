"""Names on the map: where each stands, and which find room.

Outlines are paths of relative steps in a frame of 570 by 1000 (portal.places.outlines). In the
capital region, where areas are small, names stand in a larger drawing of it (`CAPITAL`).
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from .outlines import WIDTH

CAPITAL = (216, 910, 92, 80)  # left, top, width and height of what is drawn larger
CAPITAL_VIEW_BOX = " ".join(map(str, CAPITAL))
SIZE, SIZE_IN_CAPITAL = 21, 6.4  # of the letters, in units of the frame
WIDE = 0.52  # of a letter, on average, in sizes
NUMBERS = re.compile(r"-?\d+")
Point = tuple[float, float]


class Label(NamedTuple):
    """Where the middle of a name stands; `inside` the larger drawing of the capital region."""

    x: float
    y: float
    inside: bool


def place(names: Iterable[tuple[int, str, str]]) -> dict[int, Label]:
    """Places for names, by key, from keys, names and outlines: those of large areas come first,
    in the capital region those of small ones, its cities.

    A name for which there is no room has none: it shows when its area is pointed at.
    """
    found: dict[int, Label] = {}
    taken: dict[bool, list[tuple[float, float, float, float]]] = {True: [], False: []}
    drawn = [(key, name, ring) for key, name, one in names if (ring := _largest(one))]
    for key, name, ring in sorted(drawn, key=_turn):
        x, y = _middle(ring)
        left, _top, width, _height = CAPITAL
        inside = _is_inside(x, y)
        size = SIZE_IN_CAPITAL if inside else SIZE
        half = len(name) * size * WIDE / 2
        low, high = (left, left + width) if inside else (0, WIDTH)
        x = min(max(x, low + half), high - half)
        for shift in (0.3, -0.5, 1.1):
            box = (x - half, y + size * (shift - 0.85), x + half, y + size * (shift + 0.3))
            if not any(_meet(box, other) for other in taken[inside]):
                taken[inside].append(box)
                found[key] = Label(round(x, 1), round(y + size * shift, 1), inside)
                break
    return found


def in_capital(outline: str) -> bool:
    """Whether an area is in the larger drawing, wholly or in part."""
    return any(_is_inside(x, y) for ring in _rings(outline) for x, y in ring)


def _is_inside(x: float, y: float) -> bool:
    left, top, width, height = CAPITAL
    return left <= x <= left + width and top <= y <= top + height


def _turn(drawn: tuple[int, str, list[Point]]) -> tuple[float, str]:
    _key, name, ring = drawn
    surface = abs(_surface(ring))
    return (surface if _is_inside(*_middle(ring)) else -surface, name)


def _rings(outline: str) -> list[list[Point]]:
    """The corners of each closed line of a path such as M10 10l5 0 0 5z."""
    found = []
    for shape in outline.split("z"):
        figures = [int(one) for one in NUMBERS.findall(shape)]
        x = y = 0
        corners: list[Point] = []
        for step_x, step_y in zip(figures[::2], figures[1::2], strict=False):
            x, y = x + step_x, y + step_y
            corners.append((x, y))
        if len(corners) > 2:
            found.append(corners)
    return found


def _largest(outline: str) -> list[Point]:
    return max(_rings(outline), key=lambda ring: abs(_surface(ring)), default=[])


def _sides(ring: list[Point]) -> Iterable[tuple[Point, Point]]:
    return pairwise([*ring, *ring[:1]])


def _surface(ring: list[Point]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in _sides(ring)) / 2


def _middle(ring: list[Point]) -> Point:
    """The centre of gravity of what a closed line holds."""
    surface = _surface(ring)
    if not surface:
        return ring[0]
    x = y = 0.0
    for (x1, y1), (x2, y2) in _sides(ring):
        cross = x1 * y2 - x2 * y1
        x, y = x + (x1 + x2) * cross, y + (y1 + y2) * cross
    return (x / (6 * surface), y / (6 * surface))


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
