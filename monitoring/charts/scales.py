"""Scales and texts: round numbers for axes, how wide words are, labels that do not collide."""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil, floor

STEPS = (1, 2, Decimal("2.5"), 5, 10)
FALLBACK = 0.88  # of the room, for where Source Sans is not at hand
NARROW, SLIM, BROAD = set("ijl.,:;'’|!I()[]"), set("frt -–/\u00a0"), set("mwMWÅ@%—…")


def ticks(values: Sequence[Decimal], *, from_zero: bool | None, about: int = 4) -> list[Decimal]:
    """Four or so round numbers that hold the values between them.

    From zero, unless a line would be flat: its values differ by less than a third of the highest.
    With None, never for zero's sake.
    """
    lowest, highest = min(values), max(values)
    if from_zero or (from_zero is not None and lowest <= highest * 2 / 3):
        lowest, highest = min(lowest, Decimal(0)), max(highest, Decimal(0))
    if highest == lowest:
        highest = lowest + (abs(lowest) or 1)
    rough = (highest - lowest) / about
    power = Decimal(10) ** (rough.adjusted())
    step = next(factor * power for factor in STEPS if factor * power >= rough)
    start = floor(lowest / step) * step  # Decimal’s own // goes towards zero
    return [start + step * index for index in range(ceil((highest - start) / step) + 1)]


def decimals_of(scale: Sequence[Decimal]) -> int:
    """As many decimals as the numbers of an axis need."""
    return max(len(f"{value.normalize():f}".partition(".")[2]) for value in scale)


class Scale:
    """Values to pixels: `first` for the lowest tick and `last` for the highest."""

    def __init__(self, scale: Sequence[Decimal], first: float, last: float) -> None:
        self.lowest, self.highest = scale[0], scale[-1]
        self.first, self.last = first, last

    def at(self, value: Decimal) -> float:
        share = float((value - self.lowest) / (self.highest - self.lowest))
        return round(self.first + share * (self.last - self.first), 1)


def width_of(words: str, size: float) -> float:
    """About how wide a text is in Source Sans, rather more than less."""
    ems = 0.0
    for sign in words:
        if sign in NARROW:
            ems += 0.29
        elif sign in SLIM:
            ems += 0.35
        elif sign in BROAD:
            ems += 0.84
        elif sign.isupper():
            ems += 0.62
        else:
            ems += 0.53
    return ems * size


def wrap(words: str, size: float, room: float) -> list[str]:
    """The text in lines that fit into the room, also in a wider font, broken between words.

    A word that is wider than a line is broken where it must be.
    """
    room = room * FALLBACK
    lines: list[str] = []
    line = ""
    for word in words.split(" "):
        tried = f"{line} {word}" if line else word
        if width_of(tried, size) <= room:
            line = tried
            continue
        if line:
            lines.append(line)
        while width_of(word, size) > room and len(word) > 1:
            fits = next(
                end for end in range(len(word) - 1, 0, -1)
                if end == 1 or width_of(f"{word[:end]}-", size) <= room
            )  # fmt: skip
            lines.append(f"{word[:fits]}-")
            word = word[fits:]
        line = word
    return [*lines, line] if line else lines


def spread(wanted: Sequence[float], sizes: Sequence[float], low: float, high: float) -> list[float]:
    """Middles as near the wanted ones as they come, none over another, within low and high.

    Neighbours that would collide are put together and stand around the mean of their wishes.
    """
    order = sorted(range(len(wanted)), key=lambda one: wanted[one])
    groups: list[list[int]] = []
    for one in order:
        groups.append([one])
        while len(groups) > 1 and _top(groups[-1], wanted, sizes, low, high) < _end(
            groups[-2], wanted, sizes, low, high
        ):
            last = groups.pop()
            groups[-1] += last
    middles = [0.0] * len(wanted)
    for group in groups:
        y = _top(group, wanted, sizes, low, high)
        for one in group:
            middles[one] = round(y + sizes[one] / 2, 1)
            y += sizes[one]
    return middles


def _top(group: list[int], wanted, sizes, low: float, high: float) -> float:
    tall = sum(sizes[one] for one in group)
    middle = sum(wanted[one] for one in group) / len(group)
    return max(low, min(middle - tall / 2, high - tall))


def _end(group: list[int], wanted, sizes, low: float, high: float) -> float:
    return _top(group, wanted, sizes, low, high) + sum(sizes[one] for one in group)
