"""What a report says otherwise than the one before: the figures that both have, and definitions."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monitoring.charts.figures import Cell, Figure, Kind, number
from portal.languages import current_language

from . import figures
from .figures import Shown

LABELS = {
    "name": gettext_lazy("name"),
    "description": gettext_lazy("what it tells"),
    "unit": gettext_lazy("unit"),
    "source": gettext_lazy("source"),
    "coverage": gettext_lazy("coverage"),
    "method": gettext_lazy("method"),
    "limits": gettext_lazy("limits"),
}


class Row(NamedTuple):
    """A value then and now, in words; `difference` is "" where one of them is missing."""

    name: str
    then: str
    now: str
    difference: str


@dataclass(frozen=True)
class Difference:
    """One figure of both reports: its rows, and the words of its definition that changed."""

    key: str
    title: str
    rows: list[Row]
    changed: list[str]
    breaks: list[str]


def differences(page: Any, before: Any) -> list[Difference]:
    """Of each figure that both reports are bound to, whatever the period: then, now, difference."""
    earlier = {_without_period(shown, before): shown for shown in figures.of_report(before)}
    found = []
    for shown in figures.of_report(page):
        other = earlier.get(_without_period(shown, page))
        if other is None or shown.kept is None or other.kept is None:
            continue
        rows = list(_rows(other.figure, shown.figure))
        if rows:
            found.append(
                Difference(
                    shown.key,
                    shown.figure.name,
                    rows,
                    _changed(other, shown),
                    _breaks(other, shown),
                )
            )
    return found


def _without_period(shown: Shown, page: Any) -> tuple[str, ...]:
    """What a figure is bound to, but for its period."""
    value = next(one for one in page.bound if figures.key_of(one) == shown.key)
    asked = {**figures.parameters_of(value), "TIME_PERIOD": ""}
    return (shown.dataset.slug, *(f"{name}={word}" for name, word in sorted(asked.items())))


def _rows(then: Figure, now: Figure) -> Iterator[Row]:
    """The newest value of each series; of a path its steps, of areas the country's."""
    old, new = dict(_values(then)), dict(_values(now))
    for name, (cell, when) in new.items():
        if name not in old:
            continue
        other, at = old[name]
        yield Row(
            name,
            _said(then, other, at),
            _said(now, cell, when),
            _difference(now, other.value, cell.value),
        )


def _values(figure: Figure) -> Iterator[tuple[str, tuple[Cell, str]]]:
    """Cells by what they are of, each with when."""
    if figure.kind is Kind.PATH:
        series = figure.series[0]
        for slot, cell in zip(figure.slots, series.cells, strict=True):
            yield slot.name, (cell, series.name)
    elif figure.over_time:
        for series in figure.main:
            at, _value = series.latest or (len(figure.slots) - 1, None)
            yield series.name, (series.cells[at], figure.slots[at].name)
    else:
        for series in figure.references:
            if series.cells:
                yield series.name, (series.cells[0], figure.series[0].name)


def _said(figure: Figure, cell: Cell, when: str) -> str:
    if cell.value is None:
        return f"{when}: {cell.reason or _('no value here')}"
    words = f"{when}: {figure.measure.amount(cell.value)}"
    return f"{words} ({cell.note})" if cell.note else words


def _difference(figure: Figure, then: Decimal | None, now: Decimal | None) -> str:
    if then is None or now is None:
        return ""
    size = now - then
    sign = "+" if size > 0 else "−" if size < 0 else "±"
    words = f"{sign}{number(abs(size), figure.measure.decimals)}"
    if figure.measure.percent:
        return _("%(number)s percentage points") % {"number": words}
    return f"{words} {figure.measure.unit}"


def _changed(then: Shown, now: Shown) -> list[str]:
    """Which words of the dataset are others than when the earlier report was published."""
    if then.kept is None or now.kept is None:
        return []
    language = current_language()
    return [
        str(label)
        for name, label in LABELS.items()
        if then.kept.about.get(name, {}).get(language) != now.kept.about.get(name, {}).get(language)
    ]


def _breaks(then: Shown, now: Shown) -> list[str]:
    """The breaks of the series between the newest periods of the two."""
    if then.kept is None or now.kept is None:
        return []
    first, last = max(then.kept.periods, default=0), max(now.kept.periods, default=0)
    return [one.text for one in now.dataset.breaks.all() if first < one.time <= last]
