"""What the rooms bring to the map of areas: figures to colour it by, and counts for its card.

    register(ResourceType("dataset", can=(MapFigures(choices, coloured), …)))

The map and its card are places' own; whose figures they are, places need not know.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise

from portal.resources import having


class Choice(NamedTuple):
    """A figure that the map can be coloured by; `group` is the heading that it stands under."""

    key: str
    name: str
    group: str


class Shade(NamedTuple):
    """What is known of one area: its class from 1 up, 0 for none, and the value or why not."""

    level: int
    said: str


class LegendRow(NamedTuple):
    """A class of the legend, with its boundaries in words."""

    level: int
    words: str


@dataclass(frozen=True)
class Coloured:
    """A figure of all areas: what it is, the classes of its values, and each area's by key.

    `missing` says whether any area has none, `country` is the value of the whole country in words.
    """

    key: str
    name: str
    subtitle: str
    period: str
    url: str
    source: str
    legend: Sequence[LegendRow]
    areas: Mapping[int, Shade]
    country: str = ""
    missing: bool = False
    example: bool = False


@dataclass(frozen=True)
class MapFigures:
    """Figures that the map of areas can be coloured by.

    `choices()` lists them, the usual one first. `coloured(key)` reads one in a fixed number of
    queries; None when there is no such figure or nothing of it to show.
    """

    choices: Callable[[], list[Choice]]
    coloured: Callable[[str], Coloured | None]


@dataclass(frozen=True)
class MapCount:
    """A count on the card of an area: of what, and how many by the area's key in one query."""

    title: str | Promise
    by_area: Callable[[], Mapping[int, int]]
    order: int = 100


def choices() -> list[Choice]:
    """Every figure that there is to choose, in the order of the rooms."""
    return [choice for one in having(MapFigures).values() for choice in one.choices()]


def coloured(key: str) -> Coloured | None:
    """The figure with a key, from whichever room has it."""
    found = (one.coloured(key) for one in having(MapFigures).values())
    return next((one for one in found if one is not None), None)


def counts() -> list[tuple[str | Promise, Mapping[int, int]]]:
    """What is counted by area, with the counts: one query for each."""
    kinds = sorted(having(MapCount).values(), key=lambda one: one.order)
    return [(one.title, one.by_area()) for one in kinds]
