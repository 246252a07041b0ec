"""Example datasets of the whole set of indicators (domain.md, section 4): invented figures.

The same seed makes the same figures. Each dataset is marked as an example, and so is every page,
file and answer that shows it. Counts add up over areas and groups; nobody is behind any of them.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any
from zlib import crc32

from django.db import transaction
from numpy.random import Generator, default_rng

from monitoring.indicators import periods
from portal.importing import Progress, unheard
from portal.languages import LANGUAGES
from portal.places.models import Area, Belonging

from . import bulk, paths
from .models import (
    AREA,
    Break,
    Breakdown,
    Code,
    Dataset,
    Dimension,
    Observation,
    Release,
    SourceValue,
)
from .models.releases import Status
from .models.structure import MOST_CODES

DATA = Path(__file__).parent / "data"
SEED = 874
FIRST, LAST = 2015, 2025
TODAY = date(2026, 1, 1)  # what has not passed by then is not yet published
SURVEYS = (2018, 2022)
FEWEST_ASKED = 30_000  # inhabitants of an area below which a sample survey tells nothing
PATHS_FROM = {False: 2021, True: FIRST}
BROKEN = 2025
WORDS: Mapping[str, Any] = tomllib.loads((DATA / "example_words.toml").read_text())
LARGER = (Area.Kind.COUNTRY, Area.Kind.REGION)


@dataclass(frozen=True)
class Place:
    """An area with how many live there, and the numbers of the municipalities that it has."""

    area: Area
    population: int
    parts: tuple[int, ...]


class Places:
    """The areas that there are figures of: those that employment areas are made up of."""

    def __init__(self, full: bool):
        self.full = full
        self.rows = list(Area.objects.defer("map_path").on(TODAY).order_by("kind", "code"))
        self.by_pk = {area.pk: area for area in self.rows}
        inside: dict[int, list[int]] = {}
        for whole, part in Belonging.objects.on(TODAY).values_list("whole", "part"):
            if part in self.by_pk and self.by_pk[part].kind == Area.Kind.MUNICIPALITY:
                inside.setdefault(whole, []).append(part)
        served = {
            part
            for whole, parts in inside.items()
            if whole in self.by_pk and self.by_pk[whole].kind == Area.Kind.EMPLOYMENT_AREA
            for part in parts
        }
        self.municipalities = {pk: self.by_pk[pk].population or 5000 for pk in sorted(served)}
        self.inside = {whole: sorted(served & set(parts)) for whole, parts in inside.items()}

    @cached_property
    def all(self) -> list[Place]:
        """The country first; municipalities only in full."""
        order = [Area.Kind.COUNTRY, *(kind for kind in Area.Kind if kind != Area.Kind.COUNTRY)]
        found = []
        for area in sorted(self.rows, key=lambda one: (order.index(Area.Kind(one.kind)), one.key)):
            if area.kind == Area.Kind.MUNICIPALITY:
                parts = [area.pk] if self.full and area.pk in self.municipalities else []
            else:
                parts = self.inside.get(area.pk, [])
            if parts:
                people = sum(self.municipalities[pk] for pk in parts)
                found.append(Place(area, people, tuple(parts)))
        return found


@dataclass(frozen=True)
class Spec:
    """A dataset of data/example.toml."""

    entry: Mapping[str, Any]
    full: bool

    def __getattr__(self, name: str) -> Any:
        return self.entry.get(name, "")

    @property
    def is_path(self) -> bool:
        return self.entry["kind"] == "path"

    @property
    def period(self) -> str:
        return "quarter" if self.is_path else self.entry.get("period", "year")

    @property
    def axes(self) -> list[tuple[str, Sequence[Sequence[str]]]]:
        """Dimensions beside area and time, each with its codes; a first one `_T` is their sum."""
        if self.is_path:
            return [(paths.STEP, paths.STEPS), (paths.SINCE, paths.INTERVALS)]
        keys = list(self.entry.get("dimensions", []))
        if self.entry.get("sexes", True):
            keys += ["SEX", "AGE"] if self.full else ["SEX"]
        return [(key, WORDS["codes"][key]) for key in keys]

    @property
    def times(self) -> list[int]:
        """Running numbers of the periods: surveys come every four years."""
        if self.entry["source_type"] == "survey":
            return list(SURVEYS)
        first = PATHS_FROM[self.full] if self.is_path else self.entry.get("from", FIRST)
        many = 4 if self.period == "quarter" else 1
        return list(range(first * many, (LAST + 1) * many))

    @property
    def places(self) -> int:
        """How many decimals."""
        return {"share": 1, "ratio": 1}.get(self.entry["kind"], 0)


def specs(full: bool) -> list[Spec]:
    entries = tomllib.loads((DATA / "example.toml").read_text())["dataset"]
    return [Spec(entry, full) for entry in entries]


def load(progress: Progress = unheard) -> None:
    """The demo's share, once: what has been released of a dataset already stays as it is."""
    make(progress=progress)


def make(*, full: bool = False, seed: int = SEED, progress: Progress = unheard) -> int:
    """Make the datasets that there are not yet; returns how many values came.

    With `full` also municipalities and ages, about a million values; then they are made anew.
    """
    wanted, places, number = specs(full), Places(full), 0
    if full:
        forget([spec.slug for spec in wanted])
    there = set(Release.objects.values_list("dataset__slug", flat=True))
    for done, spec in enumerate(wanted, start=1):
        if spec.slug not in there and places.all:
            with transaction.atomic():
                dataset = make_structure(spec, places)
                rows = values(spec, places, seed)
                made = bulk.release(dataset, rows, f"{spec.slug}.csv", "")
                number += made.new
        progress(done, len(wanted))
    return number


@transaction.atomic
def forget(slugs: Sequence[str]) -> None:
    """Take away example datasets, with all that was released of them."""
    rows = Dataset.objects.filter(slug__in=slugs, example=True)
    for model in (Observation, SourceValue):
        model.objects.filter(dataset__in=rows).delete()
    Release.objects.filter(dataset__in=rows).delete()
    rows.delete()


def make_structure(spec: Spec, places: Places) -> Dataset:
    """The dataset with its dimensions, codes, sums and breaks."""
    fields = {
        f"{name}_{language}": words[place]
        for name, words in (
            ("name", spec.name),
            ("description", spec.about),
            ("unit", WORDS["units"][spec.unit or spec.kind]),
            ("source", WORDS["source"]),
            ("coverage", WORDS["coverage"][spec.source_type]),
            ("limits", WORDS["limits"][spec.source_type]),
        )
        for place, language in enumerate(LANGUAGES)
    }
    is_count = spec.kind == "count"
    dataset = Dataset.objects.create(
        slug=spec.slug,
        genitive_fi=spec.genitive,
        period=spec.period,
        decimals=spec.places,
        most=100 if spec.kind == "share" else None,
        example=True,
        domain=spec.domain,
        track=spec.track,
        clients=spec.clients,
        direction=spec.direction,
        source_type=spec.source_type,
        aggregation=Dataset.Aggregation.SUM if is_count else "",
        **fields,
    )
    shown = _areas(spec, places)
    words = [
        (place.area.key, place.area.name_fi, place.area.name_sv, place.area.name_en)
        for place in shown
    ]
    codes = _dimension(dataset, 0, AREA, words, shown)
    if is_count:
        parts = [
            code
            for code, place in zip(codes, shown, strict=True)
            if place.area.kind == Area.Kind.EMPLOYMENT_AREA
        ]
        Breakdown.objects.create(total=codes[0]).parts.set(parts)
    for position, (key, codes_of) in enumerate(spec.axes, start=1):
        made = _dimension(dataset, position, key, codes_of)
        if codes_of[0][0] == paths.TOTAL and (is_count or spec.is_path):
            Breakdown.objects.create(total=made[0]).parts.set(made[1:])
    _breaks(spec, dataset)
    return dataset


def _dimension(
    dataset: Dataset,
    position: int,
    key: str,
    words: Sequence[Sequence[str]],
    places: Sequence[Place] = (),
) -> list[Code]:
    fi, sv, en = WORDS["dimensions"][key]
    dimension = Dimension.objects.create(
        dataset=dataset, position=position, key=key, name_fi=fi, name_sv=sv, name_en=en
    )
    return Code.objects.bulk_create(
        Code(
            dimension=dimension,
            position=number,
            code=code,
            name_fi=name_fi,
            name_sv=name_sv,
            name_en=name_en,
            area=places[number].area if places else None,
        )
        for number, (code, name_fi, name_sv, name_en) in enumerate(words)
    )


def _breaks(spec: Spec, dataset: Dataset) -> None:
    """The break that the dataset announces, and that of 2025 where its source changed."""
    found = []
    if spec.entry.get("break"):
        period, *texts = spec.entry["break"]
        parsed = periods.parse(period, spec.period)
        found = [(parsed.position, texts)] if parsed else []
    elif spec.clients == "jobseekers" and spec.period == "year":
        found = [(BROKEN, WORDS["broken"])]
    for time, (fi, sv, en) in found:
        Break.objects.create(dataset=dataset, time=time, text_fi=fi, text_sv=sv, text_en=en)


def _areas(spec: Spec, places: Places) -> list[Place]:
    """All areas; of paths the country and the regions, in full employment areas too."""
    if not spec.is_path:
        return places.all
    kinds = (*LARGER, Area.Kind.EMPLOYMENT_AREA) if places.full else LARGER
    return [place for place in places.all if place.area.kind in kinds]


def values(spec: Spec, places: Places, seed: int) -> Iterator[bulk.Value]:
    """The figures of a dataset, the same for the same seed."""
    if spec.is_path:
        return _paths(spec, places, seed)
    return (_counts if spec.kind == "count" else _levels)(spec, places, seed)


def _cells(spec: Spec) -> list[tuple[tuple[int, ...], int]]:
    """The positions of every crossing of codes, with their number."""
    ranges = [range(len(codes)) for _key, codes in spec.axes]
    return [
        (chosen, sum(place * MOST_CODES**order for order, place in enumerate(chosen)))
        for chosen in product(*ranges)
    ]


def _chance(seed: int, *words: str) -> Generator:
    """Numbers by chance, always the same for the same seed and words."""
    return default_rng([seed, *(crc32(word.encode()) for word in words)])


def _counts(spec: Spec, places: Places, seed: int) -> Iterator[bulk.Value]:
    """Counts of the municipalities' smallest groups, added up over areas and groups."""
    numbers = dict(_cells(spec))
    has_total = [codes[0][0] == paths.TOTAL for _key, codes in spec.axes]
    leaves = [
        chosen
        for chosen in numbers
        if all(place or not total for place, total in zip(chosen, has_total, strict=True))
    ]
    holding = {
        leaf: [
            numbers[chosen]
            for chosen in product(
                *(
                    (0, place) if total else (place,)
                    for place, total in zip(leaf, has_total, strict=True)
                )
            )
        ]
        for leaf in leaves
    }
    wholes: dict[int, list[int]] = {pk: [] for pk in places.municipalities}
    for place in _areas(spec, places):
        for pk in place.parts:
            wholes[pk].append(place.area.pk)
    sums: dict[tuple[int, int, int], int] = {}
    times = spec.times
    growth = [(1 + spec.trend / 100) ** (time - FIRST) for time in times]
    for pk, people in places.municipalities.items():
        chance = _chance(seed, spec.slug, places.by_pk[pk].key)
        rate = people * spec.level / 1000 * (0.7 + 0.6 * chance.random()) / len(leaves)
        drawn = chance.random((len(leaves), len(times), 2)).tolist()
        for leaf, of_leaf in zip(leaves, drawn, strict=True):
            level = rate * (0.7 + 0.6 * of_leaf[0][0])
            for time, grown, (near, rest) in zip(times, growth, of_leaf, strict=True):
                count = int(level * grown * (0.95 + 0.1 * near) + rest)
                for area in wholes[pk]:
                    for cell in holding[leaf]:
                        key = (time, area, cell)
                        sums[key] = sums.get(key, 0) + count
    for (time, area, cell), count in sums.items():
        yield bulk.Value(time, area, cell, count)


def _levels(spec: Spec, places: Places, seed: int) -> Iterator[bulk.Value]:
    """Shares, days and ratios: a usual level, with areas, groups and years that differ from it."""
    cells = _cells(spec)
    wide = max(spec.level * 0.12, 0.2)
    most = 99.0 if spec.kind == "share" else spec.level * 4
    step = 0.25 if spec.period == "quarter" else 1
    middle = spec.times[0] if spec.period == "quarter" else 2020
    is_survey = spec.source_type == "survey"
    times, trend, decimals, least = spec.times, spec.trend, spec.places, spec.level / 10
    for place in places.all:
        chance = _chance(seed, spec.slug, place.area.key)
        near = wide if place.area.kind != Area.Kind.COUNTRY else wide / 20
        own = chance.normal(0, near)
        hidden = is_survey and place.population < FEWEST_ASKED
        groups = chance.normal(0, wide / 2, len(cells)).tolist()
        drawn = chance.normal(0, wide / 10, (len(cells), len(times))).tolist()
        for (_chosen, cell), group, of_cell in zip(cells, groups, drawn, strict=True):
            level = spec.level + own + (group if cell else 0)
            for time, near in zip(times, of_cell, strict=True):
                if hidden:
                    yield bulk.Value(time, place.area.pk, cell, None, Status.UNRELIABLE.value)
                    continue
                value = level + trend * (time - middle) * step + near
                value = round(min(max(value, least), most), decimals)
                yield bulk.Value(time, place.area.pk, cell, value)


def _paths(spec: Spec, places: Places, seed: int) -> Iterator[bulk.Value]:
    """A cohort of each quarter, parted by how soon each step was reached."""
    cells = dict(_cells(spec))
    intervals = [code for code, *_names in paths.INTERVALS]
    passed = {
        (time, interval): interval == paths.TOTAL
        or paths.has_passed(periods.Period.at(time, spec.period), interval, TODAY)
        for time in spec.times
        for interval in intervals
    }
    for place in _areas(spec, places):
        chance = _chance(seed, spec.slug, place.area.key)
        for time in spec.times:
            cohort = round(place.population * spec.level / 1000 * (0.8 + 0.4 * chance.random()))
            for step, (code, *_names) in enumerate(paths.STEPS):
                counts = _parted(cohort, spec.entry["reached"][code], chance)
                for since, interval in enumerate(intervals):
                    known = passed[time, interval]
                    yield bulk.Value(
                        time,
                        place.area.pk,
                        cells[step, since],
                        counts[interval] if known else None,
                        "" if known else Status.NOT_YET_PUBLISHED.value,
                    )


def _parted(cohort: int, shares: Sequence[int], chance: Generator) -> dict[str, int]:
    """How many of a cohort reached a step in each interval, and how many did not."""
    found, reached = {paths.TOTAL: cohort}, 0.0
    before = 0
    for interval, share in zip(paths.MONTHS, shares, strict=True):
        reached += share * (0.9 + 0.2 * chance.random()) if share != 100 else 100
        upto = min(cohort, round(cohort * min(reached, 100) / 100))
        found[interval], before = upto - before, upto
    found[paths.NEVER] = cohort - before
    return found
