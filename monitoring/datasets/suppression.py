"""Disclosure control of a period: which values the public does not get, and why.

The method is that of monitoring.disclosure (docs/disclosure.md); this hands it a period as linked
cells, those of linked datasets among them, with all that was published of it before. A dataset
without a rule is published as it is.
"""

import time as clock
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from monitoring import disclosure

from .comparing import Values, in_force, to_come
from .cubes import Key
from .linking import Group, Place
from .models import Observation, Release, SourceValue
from .models.releases import Status

Hidden = SourceValue.Hidden


class Hiding(NamedTuple):
    """What the public does not get, each with `primary` or `secondary`, and what that cost.

    `exposed` are small values, of now or hidden by an earlier release, that follow from what is
    known already, whatever is hidden; `withdrawn` is how many were public until now. `cells` are
    those that were looked at together, `seconds` the time that it took.
    """

    found: dict[Key, str]
    exposed: list[tuple[Key, Decimal]]
    withdrawn: int = 0
    cells: int = 0
    seconds: float = 0.0


class History(NamedTuple):
    """What was published of a period before, release by release, and what it hid.

    `standing` are small values that two people let be published (Release.Choice.PUBLISH) and that
    nothing has changed since: they stand, and nobody is asked again. `public` is what is public of
    the dataset itself.
    """

    releases: list[disclosure.Release]
    standing: Mapping[Place, int]
    public: Mapping[Place, int]


class Protector:
    """Protects the periods of one release, one after another, as they are when it is out.

    Made once for a release: the structure of its dataset and of those that are linked to it.
    """

    def __init__(self, release: Release):
        self.release, self.group = release, Group(release.dataset)
        self.active = bool(self.group.smallest or self.group.zeros)
        if not self.active:
            return
        self.relations = list(self.group.relations())
        self.rates = list(self.group.rates())
        self.rules = disclosure.Rules(
            minimum=self.group.smallest * 10**self.group.decimals,
            zeros=self.group.zeros,
            person=10**self.group.decimals,
        )

    def period(self, time: int) -> Hiding:
        """Which values of a period are hidden, and why.

        With the release's choice to publish true values none that is public now is. About a
        second for 5,000 linked cells and half a minute for 30,000, on one core: more than a few
        thousand belong in a job. Raises disclosure.TooLarge, before any work, for more linked
        cells than the method takes on, and disclosure.Inconsistent for values that no method
        protects, such as those below zero. Two queries, and three for each linked dataset.
        """
        if not self.active:
            return Hiding({}, [])
        began = clock.monotonic()
        own = self.release.dataset_id
        values = {
            Place(own, *key): received.value
            for key, received in self._own(time).items()
            if received.value is not None
        }
        others, hidden_there = self._others(time)
        values |= others
        history = self._history(time)
        table, differences = self._table(values, hidden_there)
        allowed = differences | {
            place
            for place, value in history.standing.items()
            if place in values and self._scaled(values[place]) == value
        }
        if self.release.choice == Release.Choice.PUBLISH:
            allowed |= history.public.keys()
        protection = disclosure.protect(table, self.rules, history.releases, allowed=allowed)
        found = {
            Key(place.area, place.cell): str(
                Hidden.PRIMARY if place in protection.primary else Hidden.SECONDARY
            )
            for place in values
            if place.dataset == own and place in protection.hidden
        }
        found |= self._without_counts(values, table)
        exposed = sorted(
            (Key(int(area), int(cell)), Decimal(value).scaleb(-self.group.decimals))
            for (dataset, area, cell), value in protection.exposed
            if dataset == own
        )
        return Hiding(
            found,
            exposed,
            sum(Key(place.area, place.cell) in found for place in history.public),
            len(table.cells) + len(table.rates),
            clock.monotonic() - began,
        )

    def _own(self, time: int) -> Values:
        return {**in_force(self.release.dataset_id, time), **to_come(self.release, time)}

    def _others(self, time: int) -> tuple[dict[Place, Decimal], set[Place]]:
        """Values in force in linked datasets, and which of them the public does not get."""
        others = [one.pk for one in self.group.datasets if one.pk != self.release.dataset_id]
        if not others:
            return {}, set()
        rows = SourceValue.objects.filter(
            dataset__in=others, time=time, held=True, value__isnull=False
        ).values_list("dataset_id", "area_id", "cell", "value", "hidden")
        values: dict[Place, Decimal] = {}
        hidden: set[Place] = set()
        for dataset, area, cell, value, why in rows.iterator():
            place = Place(dataset, area, cell)
            if value is not None:
                values[place] = value
            if why:
                hidden.add(place)
        return values, hidden

    def _table(
        self, values: Mapping[Place, Decimal], hidden: set[Place]
    ) -> tuple[disclosure.Table, set[Place]]:
        """All linked cells, and those of them that are differences which an attacker knows.

        Two datasets of the same people may differ for a while, when one of them is corrected
        first. That they were equal before stays known, and by how much they differ is taken to be.
        """
        counts = {one.pk for one in self.group.counts}
        cells = [
            disclosure.Cell(place, self._scaled(value), published=place not in hidden)
            for place, value in values.items()
            if place.dataset in counts
        ]
        there = {cell.key: cell.value for cell in cells}
        relations: list[tuple[Place, tuple[Place, ...]]] = []
        differences: set[Place] = set()
        for number, (total, parts) in enumerate(self.relations):
            if not there.keys() >= {total, *parts}:
                continue
            if len(parts) == 1 and there[total] != there[parts[0]]:
                more, less = sorted((total, parts[0]), key=lambda place: -(there[place] or 0))
                difference = Place(0, number, 0)
                differences.add(difference)
                cells.append(disclosure.Cell(difference, (there[more] or 0) - (there[less] or 0)))
                total, parts = more, (less, difference)
            relations.append((total, parts))
        cube = self.group.cube
        table = disclosure.Table(
            cells=tuple(cells),
            relations=tuple(relations),
            rates=tuple(
                disclosure.Rate(share, above, below)
                for share, above, below in self.rates
                if above in there and below in there
            ),
            dimensions=("", cube.areas.name, ", ".join(axis.name for axis in cube.others)),
        )
        return table, differences

    def _without_counts(
        self, values: Mapping[Place, Decimal], table: disclosure.Table
    ) -> dict[Key, str]:
        """Shares whose counts are not here: nobody can say what they would give away."""
        own = self.release.dataset_id
        if own not in {one.pk for one in self.group.shares}:
            return {}
        known = {rate.key for rate in table.rates}
        return {
            Key(place.area, place.cell): str(Hidden.PRIMARY)
            for place in values
            if place.dataset == own and place not in known
        }

    def _history(self, time: int) -> History:
        """What each release before this one showed of the period, and what it hid."""
        datasets = [one.pk for one in self.group.datasets]
        before = Release.objects.filter(dataset__in=datasets, state=Release.State.RELEASED).exclude(
            pk=self.release.pk
        )
        received = SourceValue.objects.filter(
            dataset__in=datasets, time=time, release__in=before
        ).values_list("release_id", "dataset_id", "area_id", "cell", "value")
        observed = Observation.objects.filter(
            dataset__in=datasets, time=time, release__in=before
        ).values_list("release_id", "dataset_id", "area_id", "cell", "value", "status")
        values: dict[int, dict[Place, Decimal | None]] = {}
        for number, dataset, area, cell, value in received.iterator():
            values.setdefault(number, {})[Place(dataset, area, cell)] = value
        shown: dict[int, dict[Place, tuple[Decimal | None, str]]] = {}
        for number, dataset, area, cell, value, status in observed.iterator():
            shown.setdefault(number, {})[Place(dataset, area, cell)] = (value, status)
        true: dict[Place, Decimal | None] = {}
        public: dict[Place, tuple[Decimal | None, str]] = {}
        standing: dict[Place, int] = {}
        known: dict[Place, int] = {}
        releases: list[disclosure.Release] = []
        for release in before.order_by("released_at", "pk"):
            true |= values.get(release.pk, {})
            public |= shown.get(release.pk, {})
            if not public or release.pk not in values.keys() | shown.keys():
                continue
            known = {
                place: self._scaled(value)
                for place, (value, _status) in public.items()
                if value is not None
            }
            releases.append(self._told(known, public, true))
            if release.choice == Release.Choice.PUBLISH:
                standing |= {
                    place: value
                    for place, value in known.items()
                    if place.dataset == release.dataset_id
                }
            standing = {
                place: value for place, value in standing.items() if known.get(place) == value
            }
        own = self.release.dataset_id
        return History(
            releases, standing, {place: known[place] for place in known if place.dataset == own}
        )

    def _told(
        self,
        known: Mapping[Place, int],
        public: Mapping[Place, tuple[Decimal | None, str]],
        true: Mapping[Place, Decimal | None],
    ) -> disclosure.Release:
        hidden = {
            place: was
            for place, (value, status) in public.items()
            if value is None
            and status == Status.SUPPRESSED
            and (was := true.get(place)) is not None
        }
        return disclosure.Release(
            published=dict(known.items()),
            hidden={place: self._scaled(value) for place, value in hidden.items()},
        )

    def _scaled(self, value: Decimal) -> int:
        """The value as a whole number, in units of the last decimal of the counts."""
        return int(value * 10**self.group.decimals)
