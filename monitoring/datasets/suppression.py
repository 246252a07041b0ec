"""Disclosure control of a period: which values the public does not get, and why.

The method is that of monitoring.disclosure (docs/disclosure.md); this hands it a period as linked
cells, with all that was published of it before. A dataset without a rule is published as it is.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from monitoring import disclosure

from .comparing import Values
from .cubes import Cube, Key, Relation
from .models import Dataset, Observation, Release, SourceValue
from .models.releases import Status

Hidden = SourceValue.Hidden


class Hiding(NamedTuple):
    """What the public does not get, each with `primary` or `secondary`.

    `exposed` are small values, of now or hidden by an earlier release, that follow from what is
    known already, whatever is hidden.
    """

    found: dict[Key, str]
    exposed: list[tuple[Key, Decimal]]


def earlier_releases(release: Release, time: int) -> list[disclosure.Release]:
    """What each release before this one showed of a period, and the values that it hid.

    Two queries; none for a dataset without a rule.
    """
    dataset = release.dataset
    if not dataset.is_protected:
        return []
    received = SourceValue.objects.filter(
        dataset=dataset,
        time=time,
        release__lt=release.pk,
        release__state=Release.State.RELEASED,
    ).values_list("release_id", "area_id", "cell", "value")
    observed = Observation.objects.filter(
        dataset=dataset, time=time, release__lt=release.pk
    ).values_list("release_id", "area_id", "cell", "value", "status")
    values: dict[int, dict[Key, Decimal | None]] = {}
    for number, area, cell, value in received.iterator():
        values.setdefault(number, {})[Key(area, cell)] = value
    shown: dict[int, dict[Key, tuple[Decimal | None, str]]] = {}
    for number, area, cell, value, status in observed.iterator():
        shown.setdefault(number, {})[Key(area, cell)] = (value, status)
    true: dict[Key, Decimal | None] = {}
    public: dict[Key, tuple[Decimal | None, str]] = {}
    found = []
    for number in sorted(values.keys() | shown.keys()):
        true |= values.get(number, {})
        public |= shown.get(number, {})
        if not public:
            continue
        hidden = {
            key: true[key]
            for key, (value, status) in public.items()
            if value is None and status == Status.SUPPRESSED and true.get(key) is not None
        }
        found.append(
            disclosure.Release(
                published={
                    key: _scaled(value, dataset)
                    for key, (value, _status) in public.items()
                    if value is not None
                },
                hidden={
                    key: _scaled(value, dataset)
                    for key, value in hidden.items()
                    if value is not None
                },
            )
        )
    return found


def hidden(
    cube: Cube,
    relations: Iterable[Relation],
    values: Values,
    earlier: Sequence[disclosure.Release],
    *,
    true_values: bool = False,
) -> Hiding:
    """Which values of a period are hidden, and why; with `true_values` none that is public now.

    Raises disclosure.TooLarge, before any work, for more linked cells than the method takes on,
    and disclosure.Inconsistent for values that no method protects, such as those below zero.
    """
    dataset = cube.dataset
    if not dataset.is_protected:
        return Hiding({}, [])
    there = {key for key, received in values.items() if received.value is not None}
    table = disclosure.Table(
        cells=tuple(
            disclosure.Cell(
                key, None if received.value is None else _scaled(received.value, dataset)
            )
            for key, received in values.items()
        ),
        relations=tuple(
            (total, parts) for total, parts in relations if there.issuperset((total, *parts))
        ),
        dimensions=(cube.areas.name, ", ".join(axis.name for axis in cube.others)),
    )
    rules = disclosure.Rules(
        minimum=dataset.smallest_shown * 10**dataset.decimals, zeros=dataset.hide_zeros
    )
    allowed = earlier[-1].published.keys() if earlier and true_values else ()
    protection = disclosure.protect(table, rules, earlier, allowed=allowed)
    found = {
        key: str(Hidden.PRIMARY if key in protection.primary else Hidden.SECONDARY)
        for key in values
        if key in protection.hidden
    }
    exposed = sorted(
        (Key(int(area), int(cell)), Decimal(value).scaleb(-dataset.decimals))
        for (area, cell), value in protection.exposed
    )
    return Hiding(found, exposed)


def _scaled(value: Decimal, dataset: Dataset) -> int:
    """The value as a whole number, in units of its last decimal."""
    return int(value * 10**dataset.decimals)
