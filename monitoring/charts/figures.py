"""What a picture, its words and its table are all made of: slots by series, and what to say of it.

Whoever has values makes a Figure of them (monitoring.indicators.figures, monitoring.datasets.
figures); drawing, summary and table read nothing else.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_MAIN = 6  # series that colours can tell apart


class Kind(StrEnum):
    """How a figure is drawn."""

    LINES = "lines"
    BARS = "bars"
    STACKED = "stacked"
    MULTIPLES = "multiples"
    DOTS = "dots"
    PATH = "path"
    MAP = "map"

    @property
    def label(self) -> str | Promise:
        return KIND_LABELS[self]


KIND_LABELS: dict[Kind, str | Promise] = {
    Kind.LINES: gettext_lazy("Lines"),
    Kind.BARS: gettext_lazy("Bars"),
    Kind.STACKED: gettext_lazy("Stacked bars"),
    Kind.MULTIPLES: gettext_lazy("Small multiples"),
    Kind.DOTS: gettext_lazy("Dots with their intervals"),
    Kind.PATH: gettext_lazy("Steps of a path"),
    Kind.MAP: gettext_lazy("Map"),
}


def number(value: Decimal, decimals: int) -> str:
    """The number in the active language: 46 709 and 60,6, in English 46,709 and 60.6."""
    return number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)


def percent(words: str) -> str:
    """60.6%, in Finnish and Swedish 60,6 %."""
    return _("%(number)s%%") % {"number": words}


class Measure(NamedTuple):
    """What values are in, and how exactly they are said."""

    unit: str
    decimals: int = 0
    percent: bool = False

    def number(self, value: Decimal) -> str:
        """The number alone: 46,709."""
        return number(value, self.decimals)

    def amount(self, value: Decimal) -> str:
        """The number with its unit: 46,709 persons, 60.6%."""
        words = self.number(value)
        return percent(words) if self.percent else f"{words}\u00a0{self.unit}"


class Slot(NamedTuple):
    """A place along a figure: a period, an area, a group or a step.

    `short` stands at an axis, `name` in a table, `when` in a sentence ("in June 2024"). A period
    knows its `year`, and whether it is the `first` of it; an area has the `key` of its shape.
    """

    short: str
    name: str
    when: str = ""
    year: int | None = None
    first: bool = False
    key: str = ""


class Cell(NamedTuple):
    """A value, or with None the reason for none; "" for what was never brought.

    `note` is said besides a value (provisional, revised), `low` and `high` are its interval, and
    `months` the time in which half of those who came to a step had come to it.
    """

    value: Decimal | None
    reason: str = ""
    note: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    months: Decimal | None = None


class Compared(NamedTuple):
    """The value with which the latest is compared, and when it was."""

    when: str
    value: Decimal


class Break(NamedTuple):
    """Before this slot the series breaks: values on its two sides are not comparable."""

    slot: int
    words: str


@dataclass(frozen=True)
class Series:
    """A cell for each slot. A reference (the country, the own group) is drawn behind the others."""

    name: str
    cells: tuple[Cell, ...]
    reference: bool = False
    compared: Compared | None = None

    @property
    def values(self) -> list[tuple[int, Decimal]]:
        """The values there are, each with its slot."""
        return [(at, cell.value) for at, cell in enumerate(self.cells) if cell.value is not None]

    @property
    def latest(self) -> tuple[int, Decimal] | None:
        return self.values[-1] if self.values else None


@dataclass(frozen=True)
class Figure:
    """All that a picture shows and says. `title` says the finding and `subtitle` what is counted.

    `shapes` are outlines by the keys of slots, for a map.
    """

    kind: Kind
    name: str
    subtitle: str
    measure: Measure
    slots: tuple[Slot, ...]
    series: tuple[Series, ...]
    source: str
    licence: str = ""
    day: str = ""
    title: str = ""
    note: str = ""
    breaks: tuple[Break, ...] = ()
    shapes: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if any(len(one.cells) != len(self.slots) for one in self.series):
            raise ValueError("A series has another number of cells than there are slots.")

    @property
    def over_time(self) -> bool:
        return bool(self.slots) and self.slots[0].year is not None

    @property
    def main(self) -> tuple[Series, ...]:
        return tuple(one for one in self.series if not one.reference)

    @property
    def references(self) -> tuple[Series, ...]:
        return tuple(one for one in self.series if one.reference)

    @property
    def numbers(self) -> list[Decimal]:
        """Every value, and the ends of intervals."""
        found = []
        for cell in self.cells():
            found += [one for one in (cell.value, cell.low, cell.high) if one is not None]
        return found

    @property
    def can_be_drawn(self) -> bool:
        """Whether there is anything to compare: two values or more."""
        return len([cell for cell in self.cells() if cell.value is not None]) > 1

    def cells(self) -> Iterator[Cell]:
        for one in self.series:
            yield from one.cells

    def said(self, slot: Slot, cell: Cell, series: Series | None = None) -> str:
        """A cell in words: June 2024: 46,709 persons (provisional)."""
        where = f"{series.name}, {slot.name}" if series and len(self.series) > 1 else slot.name
        if cell.value is None:
            return f"{where}: {cell.reason or _('no value here')}"
        words = self.measure.amount(cell.value)
        if cell.low is not None and cell.high is not None:
            low, high = self.measure.number(cell.low), self.measure.number(cell.high)
            words = f"{words} ({low}–{high})"
        if cell.months is not None:
            words = f"{words}, {half(cell.months)}"
        return f"{where}: {words} ({cell.note})" if cell.note else f"{where}: {words}"

    def titled(self, title: str) -> "Figure":
        """The figure with its title."""
        return replace(self, title=title)


def half(months: Decimal) -> str:
    """In how many months half of them had come."""
    return _("half within %(months)s months") % {
        "months": number(months, int(months != int(months)))
    }


def table(figure: Figure) -> list[tuple[Slot, list[tuple[str, str]]]]:
    """The same rows as a table: for each slot, each series' number and what is said besides."""
    return [
        (
            slot,
            [
                ("", cell.reason or _("no value here"))
                if cell.value is None
                else (figure.measure.number(cell.value), cell.note)
                for cell in (one.cells[at] for one in figure.series)
            ],
        )
        for at, slot in enumerate(figure.slots)
    ]
