"""What corrections changed of what was public: for the changelog, and for each place that shows it.

A value that is hidden now is told as withdrawn, without either number: it was wrong, and that is
all that may be known of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from monitoring.indicators import numbers

from .cubes import Cube, Key
from .models import Dataset, Observation, Release

NAMED = 20  # of one release, the most detailed first; how many there are is told besides


class Revision(NamedTuple):
    """A cell with the value that was public and the one that took its place; None for hidden."""

    release: int
    day: datetime | None
    time: int
    key: Key
    old: Decimal | None
    new: Decimal | None

    @property
    def withdrawn(self) -> bool:
        return self.new is None


class Told(NamedTuple):
    """A revision in words; `old` and `new` are empty where the number may not be shown."""

    place: str
    period: str
    old: str
    new: str
    day: datetime | None
    withdrawn: bool


class Revised(NamedTuple):
    """All that one release revised: how many cells, and the first of them."""

    number: int
    first: list[Told]

    @property
    def more(self) -> int:
        return self.number - len(self.first)


def corrections() -> QuerySet[Release]:
    """The releases that revised something public, the newest first."""
    return (
        Release.objects.filter(state=Release.State.RELEASED, kind=Release.Kind.CORRECTED)
        .select_related("dataset")
        .order_by("-released_at", "-pk")
    )


def of_releases(releases: Collection[Release], most: int = NAMED) -> dict[int, Revised]:
    """What each release revised, by its key: two queries, and four for each dataset among them."""
    pks = [release.pk for release in releases if release.kind == Release.Kind.CORRECTED]
    counted = _revised().filter(release__in=pks).values("release").annotate(number=Count("pk"))
    numbers_of = dict(counted.order_by().values_list("release", "number"))
    ranked = (
        _revised()
        .filter(release__in=pks)
        .annotate(
            rank=Window(
                RowNumber(), partition_by=F("release"), order_by=["time", "-cell", "-area__key"]
            )
        )
    )
    found: dict[int, list[Revision]] = defaultdict(list)
    for revision in _read(ranked.filter(rank__lte=most)):
        found[revision.release].append(revision)
    by_dataset: dict[int, list[Release]] = defaultdict(list)
    for release in releases:
        if release.pk in numbers_of:
            by_dataset[release.dataset_id].append(release)
    told = {}
    for several in by_dataset.values():
        cube = Cube.of(several[0].dataset)
        for release in several:
            told[release.pk] = Revised(numbers_of[release.pk], in_words(cube, found[release.pk]))
    return told


def since(
    dataset: Dataset,
    moment: datetime,
    keys: Collection[tuple[int, int, int]] | None = None,
) -> list[Revision]:
    """What was revised after a moment, each cell with the value that it had then: one query.

    For figures that were frozen, and say what has become of them: `keys` are their period, area
    and cell; without them all of the dataset. The last revision of a cell gives its value now.
    """
    rows = _revised().filter(dataset=dataset, release__released_at__gt=moment)
    if keys is not None:
        rows = rows.filter(
            time__in={time for time, _area, _cell in keys},
            area__in={area for _time, area, _cell in keys},
        )
    by_place: dict[tuple[int, Key], Revision] = {}
    for revision in _read(rows):
        place = (revision.time, revision.key)
        if keys is not None and (revision.time, *revision.key) not in keys:
            continue
        first = by_place.get(place)
        by_place[place] = revision if first is None else revision._replace(old=first.old)
    return [by_place[place] for place in sorted(by_place)]


def withdrawn_since(
    dataset: Dataset, moment: datetime, keys: Collection[tuple[int, int, int]]
) -> dict[tuple[int, int, int], datetime | None]:
    """Which cells a correction took back after a moment, and when: one query.

    A cell stays among them when a value is published there again: the number that it had at the
    moment was wrong, and may not be told.
    """
    rows = _revised().filter(
        dataset=dataset,
        release__released_at__gt=moment,
        value__isnull=True,
        time__in={time for time, _area, _cell in keys},
        area__in={area for _time, area, _cell in keys},
    )
    found = {(one.time, *one.key): one.day for one in _read(rows)}
    return {key: day for key, day in found.items() if key in keys}


def of_cells(
    dataset: Dataset, times: Collection[int], areas: Collection[int] | None = None
) -> dict[tuple[int, int, int], Revision]:
    """The newest revision of each cell in periods that is still what is shown: one query."""
    rows = _revised().filter(dataset=dataset, time__in=times, until__isnull=True)
    if areas is not None:
        rows = rows.filter(area__in=areas)
    return {(one.time, *one.key): one for one in _read(rows)}


def in_words(cube: Cube, revisions: Iterable[Revision]) -> list[Told]:
    """Each revision as a page or a letter tells it, in the language of now."""
    return [
        Told(
            place=", ".join(cube.names(one.key)),
            period=cube.period(one.time).name,
            old="" if one.withdrawn else _number(one.old, cube),
            new=_number(one.new, cube),
            day=one.day,
            withdrawn=one.withdrawn,
        )
        for one in revisions
    ]


def sentence(told: Told) -> str:
    """One revision in one line, for a letter, a feed, and what has no markup."""
    words = {"place": told.place, "period": told.period, "old": told.old, "new": told.new}
    if told.withdrawn:
        return _("%(place)s, %(period)s: withdrawn, was wrong") % words
    if not told.old:
        return _("%(place)s, %(period)s: now %(new)s") % words
    return _("%(place)s, %(period)s: %(old)s → %(new)s") % words


def _number(value: Decimal | None, cube: Cube) -> str:
    return "" if value is None else numbers.words(value, cube.dataset.decimals)


def _revised() -> QuerySet[Observation]:
    """What a correction published in the place of another value that was public."""
    before = Observation.objects.filter(
        dataset=OuterRef("dataset"),
        time=OuterRef("time"),
        area=OuterRef("area"),
        cell=OuterRef("cell"),
        until=OuterRef("release"),
    )
    rows = Observation.objects.filter(revised=True)
    revised = rows.annotate(old=Subquery(before.values("value")[:1]))
    # the same number with another status is no revision, and neither is what stays hidden
    return revised.exclude(Q(value=F("old")) | Q(value__isnull=True, old__isnull=True))


def _read(rows: QuerySet[Any]) -> Iterable[Revision]:
    values = rows.order_by("release__released_at", "release", "time", "-cell", "-area__key")
    for release, day, time, area, cell, old, new in values.values_list(
        "release_id", "release__released_at", "time", "area_id", "cell", "old", "value"
    ):
        yield Revision(release, day, time, Key(area, cell), old, new)
