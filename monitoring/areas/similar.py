"""Similar areas: the five nearest of the same kind by criteria that are shown; never a rank.

Two presets: *size and structure*, from what is known of every area (population, type of
municipality, languages, number of municipalities), and *share and growth*, from a dataset. Those
found stand in the order of their names.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import log
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.charts.figures import number, percent
from monitoring.datasets.cubes import headlines
from monitoring.datasets.models import Dataset
from monitoring.datasets.observations import Line, lines
from portal.languages import alphabetical
from portal.places.models import Area, Belonging

NUMBER = 5
STRUCTURE, GROWTH = "structure", "growth"
GROWTH_DATASET = "example-first-plans"
GROWTH_YEARS = 5
FIELDS = (
    *("kind", "code", "key", "name_fi", "name_sv", "name_en", "genitive_fi"),
    *("population", "language_status", "settlement_type"),
)
SWEDISH: Mapping[str, float] = {
    Area.LanguageStatus.FINNISH: 0.0,
    Area.LanguageStatus.FINNISH_AND_SWEDISH: 0.5,
    Area.LanguageStatus.SWEDISH_AND_FINNISH: 0.75,
    Area.LanguageStatus.SWEDISH: 1.0,
}
TOWN: Mapping[str, float] = {
    Area.SettlementType.RURAL: 0.0,
    Area.SettlementType.SEMI_URBAN: 0.5,
    Area.SettlementType.URBAN: 1.0,
}


class Criterion(NamedTuple):
    """What areas are likened by, and how this one is, in words."""

    name: str | Promise
    value: str


@dataclass(frozen=True)
class Preset:
    """A way of likening areas; `example` says that the figures behind it are invented."""

    key: str
    name: str | Promise
    example: bool = False


@dataclass(frozen=True)
class Profile:
    """An area in numbers: each criterion's own, and its place on a scale from 0 to about 1."""

    area: Area
    values: Mapping[str, float]
    places: Mapping[str, float]


NAMES: Mapping[str, str | Promise] = {
    "population": _("Population"),
    "town": _("Share living in urban municipalities"),
    "swedish": _("Weight of Swedish as a language of municipalities"),
    "municipalities": _("Number of municipalities"),
    "share": _("First integration plans for every 1,000 inhabitants"),
    "growth": _("Change of them in five years"),
}


def presets() -> list[Preset]:
    """The ways that can be chosen: the second only where its dataset is published. One query."""
    found = [Preset(STRUCTURE, _("Size and structure"))]
    dataset = _growth_dataset()
    if dataset is not None:
        found.append(Preset(GROWTH, _("Share and growth"), dataset.example))
    return found


def similar_areas(area: Area, preset: str = STRUCTURE) -> list[Area]:
    """Five areas of the same kind that are most like it, in the order of their names.

    Four queries at most, none for the country. Raises LookupError for a preset that there is not.
    """
    own, others = _profiles(area, preset)
    if own is None:
        return []
    near = sorted(others, key=lambda one: (_distance(own, one), one.area.code))
    return alphabetical(one.area for one in near[:NUMBER])


def criteria(area: Area, preset: str = STRUCTURE) -> list[Criterion]:
    """By what areas are likened, and how this one is; empty for the country."""
    own, _others = _profiles(area, preset)
    if own is None:
        return []
    return [Criterion(NAMES[key], _said(key, value)) for key, value in own.values.items()]


def criteria_of(
    area: Area, areas: Sequence[Area], preset: str
) -> list[tuple[str | Promise, list[str]]]:
    """Each criterion of an area, with how each of these is by it; "" where that is not known."""
    own, others = _profiles(area, preset)
    if own is None:
        return []
    by_pk = {one.area.pk: one.values for one in [own, *others]}
    return [
        (
            NAMES[key],
            [
                _said(key, by_pk[one.pk][key]) if key in by_pk.get(one.pk, {}) else ""
                for one in areas
            ],
        )
        for key in own.values
    ]


def _said(key: str, value: float) -> str:
    if key in ("town", "swedish", "growth"):
        return percent(number(Decimal(value * 100), 0))
    return number(Decimal(value), 1 if key == "share" else 0)


def _distance(one: Profile, other: Profile) -> float:
    return sum((one.places[key] - other.places.get(key, 9)) ** 2 for key in one.places)


def _profiles(area: Area, preset: str) -> tuple[Profile | None, list[Profile]]:
    """The area's own, and those of the others of its kind that there are today."""
    if preset not in (STRUCTURE, GROWTH):
        raise LookupError(preset)
    if area.kind == Area.Kind.COUNTRY:
        return None, []
    today = timezone.localdate()
    areas = list(Area.objects.filter(kind=area.kind).on(today).only(*FIELDS).order_by("code"))
    made = (
        _by_growth(areas)
        if preset == GROWTH
        else [_by_structure(one, parts) for one, parts in _with_parts(area.kind, areas)]
    )
    own = next((one for one in made if one.area.pk == area.pk), None)
    return own, [one for one in made if one.area.pk != area.pk]


def _with_parts(kind: str, areas: Sequence[Area]) -> list[tuple[Area, list[Area]]]:
    """Each area with its municipalities: a municipality is its own."""
    if kind == Area.Kind.MUNICIPALITY:
        return [(area, [area]) for area in areas]
    parts = defaultdict(list)
    rows = Belonging.objects.on(timezone.localdate()).filter(
        whole__in=areas, part__kind=Area.Kind.MUNICIPALITY
    )
    for row in rows.select_related("part").only(
        "whole_id", *(f"part__{field}" for field in FIELDS)
    ):
        parts[row.whole_id].append(row.part)
    return [(area, parts[area.pk]) for area in areas]


def _by_structure(area: Area, parts: Sequence[Area]) -> Profile:
    people = sum(part.population or 0 for part in parts) or area.population or 0

    def weighed(values: Mapping[str, float], field: str) -> float:
        if not people:
            return 0.0
        return (
            sum((part.population or 0) * values.get(getattr(part, field), 0.0) for part in parts)
            / people
        )

    values = {
        "population": float(people),
        "town": weighed(TOWN, "settlement_type"),
        "swedish": weighed(SWEDISH, "language_status"),
    }
    places = {
        "population": log(people + 1) / log(4),  # four times as many people are one step away
        "town": values["town"] * 2,
        "swedish": values["swedish"] * 2,
    }
    if area.kind != Area.Kind.MUNICIPALITY:
        values["municipalities"] = float(len(parts))
        places["municipalities"] = log(len(parts) + 1) / log(4)
    return Profile(area, values, places)


def _growth_dataset() -> Dataset | None:
    return Dataset.objects.published().filter(slug=GROWTH_DATASET).first()


def _by_growth(areas: Sequence[Area]) -> list[Profile]:
    """By how many there are for the size of the area, and how that has changed."""
    dataset = _growth_dataset()
    if dataset is None or not dataset.times:
        return []
    line = Line(dataset, headlines([dataset])[dataset.pk].cell, {one.pk for one in areas})
    [found] = lines([line])
    last = dataset.times[-1]
    first = last - GROWTH_YEARS
    made = []
    for area in areas:
        new, old = found.get((last, area.pk)), found.get((first, area.pk))
        if new is None or new.value is None or not area.population:
            continue
        share = float(new.value) * 1000 / area.population
        values, places = {"share": share}, {"share": log(share + 0.1)}
        if old is not None and old.value:
            values["growth"] = float(new.value / old.value) - 1
            places["growth"] = values["growth"] * 2
        made.append(Profile(area, values, places))
    return made
