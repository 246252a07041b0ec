"""What a checked file would change, period by period: sums, far values, and the difference.

In memory at once is a period as it was and as it becomes, and the values of a few before it.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from monitoring.indicators import numbers
from monitoring.indicators.files import SHOWN, Errors

from .cubes import Cube, Key, Relation
from .models import VALUE, Release, SourceValue
from .models.releases import Status

JUMP = Decimal("0.5")
TOO_SMALL_TO_JUMP = 20
EARLIER = 4  # periods of its own history that a value is compared with


class Received(NamedTuple):
    """A value with its status, and its row in the file (0 when it was there before)."""

    value: Decimal | None
    status: str
    row: int = 0


Values = dict[Key, Received]


def in_force(dataset_id: int, time: int) -> Values:
    """What is held of a period: one query."""
    rows = SourceValue.objects.filter(dataset=dataset_id, time=time, held=True)
    return {
        Key(area, cell): Received(value, status)
        for area, cell, value, status in rows.values_list(
            "area_id", "cell", "value", "status"
        ).iterator()
    }


def to_come(release: Release, time: int) -> Values:
    """What a release brings to a period: one query."""
    rows = SourceValue.objects.filter(release=release, time=time, held=False)
    return {
        Key(area, cell): Received(value, status, row)
        for area, cell, value, status, row in rows.values_list(
            "area_id", "cell", "value", "status", "row"
        ).iterator()
    }


def periods_of(release: Release) -> list[int]:
    """The periods that a release brings something to, in order of time."""
    rows = SourceValue.objects.filter(release=release, held=False)
    return list(rows.order_by("time").values_list("time", flat=True).distinct())


def compare(release: Release, cube: Cube, errors: Errors) -> list[int]:
    """Set on the release what it would change; returns the periods. Wrong sums are errors.

    What changes a final value is a correction; what brings a provisional one is provisional.
    """
    relations = [] if release.dataset.is_of_shares else list(cube.relations())
    times = periods_of(release)
    changed: list[dict] = []
    added: list[dict] = []
    history = _History(release.dataset_id)
    statuses: set[str] = set()
    for time in times:
        old, new = in_force(release.dataset_id, time), to_come(release, time)
        merged = {**old, **new}
        _check_sums(cube, relations, merged, new, errors)
        history.come_to(time)
        release.warnings += _first(
            _far_values(cube, new, old, history), SHOWN - len(release.warnings)
        )
        for key, received in new.items():
            statuses.add(received.status)
            previous = old.get(key)
            if previous is None:
                release.new += 1
                if len(added) < SHOWN:
                    added.append(_change(cube, time, key, None, received))
            elif previous[:2] == received[:2]:
                release.unchanged += 1
            else:
                release.changed += 1
                if previous.value is not None and previous.status == Status.FINAL:
                    release.kind = Release.Kind.CORRECTED
                if len(changed) < SHOWN:
                    changed.append(_change(cube, time, key, previous, received))
        history.add(time, merged)
    release.changes = (changed + added)[:SHOWN]
    if release.kind != Release.Kind.CORRECTED and Status.PROVISIONAL in statuses:
        release.kind = Release.Kind.PROVISIONAL
    return times


def _check_sums(
    cube: Cube, relations: list[Relation], merged: Values, new: Values, errors: Errors
) -> None:
    """An error at each total that is not the sum of its parts, where the file brings one of them.

    What has no value, or is not there at all, makes no sum.
    """
    for total, parts in relations:
        known = merged.get(total)
        if known is None or known.value is None:
            continue
        addends = [merged.get(part) for part in parts]
        values = [one.value for one in addends if one is not None and one.value is not None]
        if len(values) != len(parts):
            continue
        expected = sum(values)
        if expected == known.value:
            continue
        touched = [new[key].row for key in (total, *parts) if key in new]
        if not touched:
            continue
        decimals = cube.dataset.decimals
        errors.add(
            new[total].row if total in new else touched[0],
            VALUE,
            numbers.plain(known.value, decimals),
            _("%(sum)s, the sum of the %(number)s parts of %(codes)s.")
            % {
                "sum": numbers.plain(Decimal(expected), decimals),
                "number": len(parts),
                "codes": " ".join(cube.words(total)),
            },
        )


class _History:
    """The values of the few periods before one: what a value is compared with."""

    def __init__(self, dataset_id: int):
        self.dataset_id = dataset_id
        self.periods: dict[int, Mapping[Key, Received]] = {}

    def come_to(self, time: int) -> None:
        """Have the periods just before this one and no others; what is not known is read."""
        wanted = range(time - EARLIER, time)
        self.periods = {
            one: self.periods[one] if one in self.periods else in_force(self.dataset_id, one)
            for one in wanted
        }

    def add(self, time: int, values: Mapping[Key, Received]) -> None:
        self.periods[time] = values

    def of(self, key: Key) -> list[Decimal]:
        """The values of a cell, the oldest first."""
        found = (values.get(key) for _time, values in sorted(self.periods.items()))
        return [one.value for one in found if one is not None and one.value is not None]


def _first(found: Iterator[dict], most: int) -> list[dict]:
    return list(islice(found, max(most, 0)))


def _far_values(cube: Cube, new: Values, old: Values, history: _History) -> Iterator[dict]:
    """Values far from the one they replace, or beyond all of their own history."""
    decimals = cube.dataset.decimals
    for key, received in new.items():
        if received.value is None:
            continue
        previous = old.get(key)
        words = ""
        if previous is not None and _is_far(received.value, previous.value):
            words = _("Far from the value that it replaces, %(value)s.") % {
                "value": numbers.plain(previous.value or Decimal(0), decimals)
            }
        elif (before := history.of(key)) and _is_far(received.value, _nearest(received, before)):
            words = _("Far from the values of the periods before: %(values)s.") % {
                "values": ", ".join(numbers.plain(value, decimals) for value in before)
            }
        if words:
            yield {
                "row": received.row,
                "column": VALUE,
                "value": numbers.plain(received.value, decimals),
                "words": words,
            }


def _nearest(received: Received, before: list[Decimal]) -> Decimal | None:
    """The end of the history that a value lies beyond; the value itself when within."""
    if received.value is None:
        return None
    return min(max(received.value, min(before)), max(before))


def _is_far(value: Decimal | None, other: Decimal | None) -> bool:
    if value is None or other is None:
        return False
    larger = max(abs(value), abs(other))
    return larger >= TOO_SMALL_TO_JUMP and abs(value - other) > JUMP * larger


def _change(
    cube: Cube, time: int, key: Key, old: Received | None, new: Received
) -> dict[str, str | int]:
    return {
        "row": new.row,
        "codes": " ".join(cube.words(key)),
        "time": str(cube.period(time)),
        "old": _plain(old, cube) if old else "",
        "new": _plain(new, cube),
    }


def _plain(received: Received, cube: Cube) -> str:
    value = received.value
    text = "" if value is None else numbers.plain(value, cube.dataset.decimals)
    return " ".join(filter(None, [text, received.status]))
