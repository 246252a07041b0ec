"""Who takes part where, in figures: kept by area, counted by the worker each hour."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise

from portal.places.models import Area
from portal.resources import having

from .models import Figure
from .regions import COUNTED, Regions


@dataclass(frozen=True)
class Counted:
    """What a resource can do whose things are counted by area on the programme's pages.

    `pairs()` gives (thing, area) by primary key for each area in which each public thing is.
    """

    title: str | Promise
    pairs: Callable[[], Iterable[tuple[int, int]]]
    order: int = 100


def counted() -> dict[str, Counted]:
    """What is counted, by the keys of the resources, in order."""
    return dict(sorted(having(Counted).items(), key=lambda pair: pair[1].order))


@transaction.atomic
def count_all() -> int:
    """Count everything anew and keep what is other than before; how many figures changed."""
    regions = Regions.today()
    kept = {(row.key, row.area_id): row for row in Figure.objects.select_for_update()}
    now = timezone.now()
    changed = []
    for key, one in counted().items():
        for area, number in regions.count(one.pairs()).items():
            row = kept.pop((key, area), None)
            if row is None or row.number != number:
                changed.append(Figure(key=key, area_id=area, number=number, counted_at=now))
    Figure.objects.filter(pk__in=[row.pk for row in kept.values()]).delete()
    Figure.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["key", "area"],
        update_fields=["number", "counted_at"],
    )
    return len(changed)


@dataclass(frozen=True)
class Row:
    """An area with its figures, in the order of `counted`."""

    area: Area
    numbers: list[int]

    @property
    def cells(self) -> list[tuple[str | Promise, int]]:
        """The figures with what each counts."""
        titles = [one.title for one in counted().values()]
        return list(zip(titles, self.numbers, strict=True))


def by_area(kind: str) -> list[Row]:
    """The areas of a kind with their figures, one query; an area not counted yet has none."""
    if kind not in COUNTED:
        raise ValueError(kind)
    keys = list(counted())
    found: dict[int, tuple[Area, dict[str, int]]] = {}
    rows = Figure.objects.filter(area__kind=kind).select_related("area")
    for row in rows.order_by("area__code"):
        found.setdefault(row.area_id, (row.area, {}))[1][row.key] = row.number
    return [Row(area, [figures.get(key, 0) for key in keys]) for area, figures in found.values()]
