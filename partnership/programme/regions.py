"""Which areas a thing is counted under: where it is, what that is part of, and the country.

A thing of a municipality belongs to its employment area, region and development centre; one
of a whole region belongs to each employment area and centre of it. What is for the whole country
is the country's alone, so that no area seems to have what all have.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from portal.languages import alphabetical
from portal.places.models import Area, Belonging

Kind = Area.Kind
COUNTED = (Kind.COUNTRY, Kind.REGION, Kind.EMPLOYMENT_AREA, Kind.DEVELOPMENT_CENTRE)


@dataclass
class Regions:
    """What lies in what today: for an area its `parts` and its `wholes`, by primary key."""

    kinds: dict[int, str] = field(default_factory=dict)
    parts: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    wholes: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def today(cls) -> "Regions":
        """Two queries, however many things there are."""
        found = cls(dict(Area.objects.values_list("pk", "kind")))
        pairs = Belonging.objects.on(timezone.localdate()).values_list("part_id", "whole_id")
        for part, whole in pairs:
            found.parts[whole].add(part)
            found.wholes[part].add(whole)
        return found

    def of_kind(self, areas: Iterable[int], *kinds: str) -> set[int]:
        return {pk for pk in areas if self.kinds[pk] in kinds}

    def inside(self, area: int) -> set[int]:
        """The areas whose things are found by this one: itself, its parts and what crosses it."""
        parts = self.parts[area]
        if self.kinds[area] == Kind.DEVELOPMENT_CENTRE:
            around = {whole for part in parts for whole in self.wholes[part]}
            return {area} | parts | self.of_kind(around, Kind.EMPLOYMENT_AREA, Kind.REGION)
        if self.kinds[area] == Kind.EMPLOYMENT_AREA:
            return {area} | parts | self.of_kind(self.wholes[area], Kind.REGION)
        return {area} | parts

    def centres_of(self, areas: Iterable[int]) -> set[int]:
        """The economic development centres that the areas lie in, wholly or in part."""
        wanted = set(areas)
        centres = self.of_kind(self.kinds, Kind.DEVELOPMENT_CENTRE)
        return {centre for centre in centres if self.inside(centre) & wanted}

    def count(self, pairs: Iterable[tuple[int, int]]) -> Counter[int]:
        """How many things each area has, from pairs of a thing and an area that it is in.

        The country has all of them; every other area those in it, but not the whole country's.
        """
        where: dict[int, set[int]] = defaultdict(set)
        for thing, area in pairs:
            where[thing].add(area)
        counted = self.of_kind(self.kinds, *COUNTED)
        inside = {area: self.inside(area) for area in counted}
        countries = self.of_kind(counted, Kind.COUNTRY)
        numbers: Counter[int] = Counter(dict.fromkeys(counted, 0))
        for areas in where.values():
            for area in counted:
                numbers[area] += area in countries or bool(inside[area] & areas)
        return numbers


def centres() -> list[Area]:
    """The economic development centres of today, in the order of the alphabet."""
    rows = Area.objects.filter(kind=Kind.DEVELOPMENT_CENTRE).on(timezone.localdate())
    return alphabetical(rows.defer("map_path"))
