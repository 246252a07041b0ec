"""Which areas an organisation is found by: where it works, what that is part of, and its parts.

An employment area shows the organisations of its municipalities and those that work in its whole
region or in the whole country; the latter are labelled so.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils import timezone

from portal.places.models import Area, Belonging

NAMED = ("pk", "kind", "code", "key", "name_fi", "name_sv", "name_en")


class Reach:
    """What belongs to what today, among the areas that have a page.

    One step either way is enough, because a municipality's belongings to its employment area and
    to its region are both written down. Everything belongs to the country.
    """

    def __init__(self, areas: Iterable[Area], belongings: Iterable[tuple[int, int]]):
        self.areas = {area.pk: area for area in areas}
        self.country = {pk for pk, area in self.areas.items() if area.kind == Area.Kind.COUNTRY}
        self.parts: dict[int, set[int]] = defaultdict(set)
        self.wholes: dict[int, set[int]] = defaultdict(set)
        for part, whole in belongings:
            self.parts[whole].add(part)
            self.wholes[part].add(whole)

    @classmethod
    def of_all(cls) -> "Reach":
        """Every area with a page, in two queries."""
        return cls(Area.objects.choosable().only(*NAMED), _belongings(Q()))

    @classmethod
    def of(cls, area: Area) -> "Reach":
        """One area with those that it is part of and those that are part of it."""
        pairs = list(_belongings(Q(part=area) | Q(whole=area)))
        near = {pk for pair in pairs for pk in pair} | {area.pk}
        rows = Area.objects.choosable().filter(Q(pk__in=near) | Q(kind=Area.Kind.COUNTRY))
        return cls(rows.only(*NAMED), pairs)

    def inside(self, area: int) -> set[int]:
        """The area itself and its parts."""
        return set(self.areas) if area in self.country else {area} | self.parts[area]

    def wider(self, area: int) -> set[int]:
        """The areas that it is part of, up to the country."""
        return (self.wholes[area] | self.country) - {area}

    def near(self, area: int) -> set[int]:
        """Areas whose organisations are found by this one, and that find this one's."""
        return self.inside(area) | self.wider(area)

    def coming_from(self, area: int, where: Iterable[int]) -> Area | None:
        """The wider area because of which an organisation that works `where` is found by `area`.

        None if it works in the area itself or in a part of it.
        """
        where = set(where)
        if where & self.inside(area):
            return None
        wider = where & self.wider(area)
        return max((self.areas[pk] for pk in wider), key=_width, default=None)


def _width(area: Area) -> int:
    return -list(Area.CHOOSABLE).index(Area.Kind(area.kind))


def _belongings(which: Q):
    today = timezone.localdate()
    return (
        Belonging.objects.filter(
            which,
            Q(valid_from=None) | Q(valid_from__lte=today),
            Q(valid_to=None) | Q(valid_to__gte=today),
            part__kind__in=Area.CHOOSABLE,
            whole__kind__in=Area.WITH_PAGE,
        )
        .values_list("part_id", "whole_id")
        .distinct()
    )
