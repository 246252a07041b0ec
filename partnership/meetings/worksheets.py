"""The worksheet of an area's meeting: figures of one month, the same for all areas, with questions.

The worker freezes each month as it begins; from then on every area reads the same releases, however
late its meeting is. What a correction changed since stands beside the frozen value.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from monitoring.areas.choosing import headline_datasets
from monitoring.areas.figures import words_of
from monitoring.areas.sentences import Facts, sentence
from monitoring.charts.figures import Measure
from monitoring.datasets import frozen
from monitoring.datasets.cubes import headlines
from monitoring.datasets.figures import shows_share
from monitoring.datasets.models import Dataset, FrozenFigure
from monitoring.datasets.observations import NOTHING, Cell
from monitoring.indicators.periods import MONTHS, Period
from monitoring.indicators.periods import Kind as PeriodKind
from portal.languages import LANGUAGES, current_language, in_language
from portal.places.models import Area

from .models import KINDS, MonthFigure, WorksheetMonth

FILE = Path(__file__).parent / "questions.toml"


@dataclass(frozen=True)
class Row:
    """A figure of a worksheet: what it is, how it stands in the area and the country, and what to
    ask of it. Words are in the language that was active when it was made.
    """

    name: str
    when: str
    now: str
    before_when: str
    before: str
    country: str
    sentence: str
    revised: str
    example: bool
    questions: tuple[str, ...]
    slug: str


@dataclass(frozen=True)
class Worksheet:
    """An area's sheet of a month."""

    area: Area
    month: WorksheetMonth
    rows: tuple[Row, ...]

    @property
    def example(self) -> bool:
        return any(row.example for row in self.rows)


@cache
def questions() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """The questions by the address of a dataset and language; "" has those for all others."""
    entries = tomllib.loads(FILE.read_text())["questions"]
    return {
        entry["dataset"]: {language: tuple(entry[language]) for language in LANGUAGES}
        for entry in entries
    }


def questions_of(slug: str) -> tuple[str, ...]:
    known = questions()
    return known.get(slug, known[""])[current_language()]


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def freeze_due() -> bool:
    """Freeze the month that has begun, once; whether there was something to freeze.

    Nothing is kept while no dataset has been released.
    """
    month = this_month()
    if WorksheetMonth.objects.filter(month=month).exists():
        return False
    with transaction.atomic():
        row, new = WorksheetMonth.objects.select_for_update().get_or_create(month=month)
        if not new:
            return False
        made = sum(_freeze(row, kind) for kind in KINDS)
        if not made:
            row.delete()
    return bool(made)


def _freeze(month: WorksheetMonth, kind: str) -> int:
    """Keep the headline figures of all areas of a kind; how many there are."""
    areas = Area.objects.filter(kind=kind).on(month.month)
    own = set(areas.values_list("pk", flat=True))
    country = set(Area.objects.filter(kind=Area.Kind.COUNTRY).values_list("pk", flat=True))
    datasets = [one for one in headline_datasets(kind) if one.times]
    cells = headlines(datasets, {}) if datasets else {}
    made = 0
    for dataset in datasets:
        headline = cells[dataset.pk]
        told = _areas_of(dataset)
        there = (own | country) & told
        if not own & told:
            continue
        time = dataset.times[-1]
        before = time - 12 // MONTHS[PeriodKind(dataset.period)]
        times = [one for one in (before, time) if one in dataset.times]
        keys = [(one, area, headline.cell) for one in times for area in sorted(there)]
        figure = frozen.freeze(dataset, keys, selection={"worksheet": month.word, "kind": kind})
        MonthFigure.objects.create(
            month=month,
            kind=kind,
            position=made,
            figure=figure,
            time=time,
            before=before if before in times else None,
            number=headline.cell,
            named=_named(headline.named),
        )
        made += 1
    return made


def _areas_of(dataset: Dataset) -> set[int]:
    from_codes = dataset.dimensions.filter(codes__area__isnull=False)
    return set(from_codes.values_list("codes__area", flat=True))


def _named(codes: Sequence) -> dict[str, list[str]]:
    named = {}
    for language in LANGUAGES:
        with in_language(language):
            named[language] = [code.name for code in codes]
    return named


def latest() -> WorksheetMonth | None:
    """The newest month that is frozen."""
    return WorksheetMonth.objects.first()


def worksheet(area: Area, month: WorksheetMonth) -> Worksheet:
    """The sheet in the active language; a fixed number of queries, some two a figure."""
    country = Area.objects.filter(kind=Area.Kind.COUNTRY).only("pk").first()
    found = month.figures.filter(kind=area.kind).select_related(
        "figure__dataset", "figure__release"
    )
    rows = found.prefetch_related("figure__dataset__breaks")
    return Worksheet(area, month, tuple(_row(one, area, country) for one in rows))


def _row(row: MonthFigure, area: Area, country: Area | None) -> Row:
    figure = row.figure
    dataset = _as_frozen(figure)
    cells = _cells(figure, {area.pk, *([country.pk] if country else [])})
    own = cells.get((row.time, area.pk, row.number), NOTHING)
    old = cells.get((row.before, area.pk, row.number)) if row.before is not None else None
    whole = cells.get((row.time, country.pk, row.number), NOTHING) if country else NOTHING
    measure = Measure(dataset.unit, dataset.decimals, shows_share(dataset))
    time = Period.at(row.time, dataset.period)
    before = Period.at(row.before, dataset.period) if row.before is not None else None
    broken = next(
        (
            one
            for one in dataset.breaks.all()
            if before and row.before is not None and row.before < one.time <= row.time
        ),
        None,
    )
    name = ", ".join([dataset.name, *row.named.get(current_language(), [])])
    facts = Facts(
        name=area.name,
        genitive=area.genitive,
        measure=measure,
        when=time.when,
        value=own.value,
        reason=_reason(own),
        old_when=before.when if before and old else "",
        old=old.value if old else None,
        old_reason=_reason(old) if old else "",
        broken=Period.at(broken.time, dataset.period).when if broken else "",
        country=whole.value,
    )
    return Row(
        name=name,
        when=time.name,
        now=_said(own, measure),
        before_when=before.name if before else "",
        before=_said(old, measure) if old else "–",
        country=_said(whole, measure),
        sentence=sentence(facts),
        revised=own.words if own.revised else "",
        example=dataset.example,
        questions=questions_of(dataset.slug),
        slug=dataset.slug,
    )


def _as_frozen(figure: FrozenFigure) -> Dataset:
    """The dataset with the words that it had when it was frozen."""
    dataset = figure.dataset
    for name, texts in figure.about.items():
        for language, text in texts.items():
            setattr(dataset, f"{name}_{language}", text)
    return dataset


def _cells(figure: FrozenFigure, areas: set[int]) -> dict[frozen.CellKey, Cell]:
    """What may be shown of these areas alone: the others are not asked about."""
    part = FrozenFigure(
        dataset=figure.dataset,
        release=figure.release,
        frozen_at=figure.frozen_at,
        cells=[cell for cell in figure.cells if cell[1] in areas],
    )
    return frozen.shown(part)


def _reason(cell: Cell) -> str:
    return words_of(cell.status) if cell.value is None else ""


def _said(cell: Cell, measure: Measure) -> str:
    return _reason(cell) if cell.value is None else measure.amount(cell.value)


def blanks() -> list[tuple[str, int]]:
    """What is written in by hand in the meeting, each with how many lines it has."""
    return [
        (_("Read on, in which body"), 1),
        (_("We decide"), 5),
        (_("Who does it"), 1),
        (_("Follow up on"), 1),
    ]


def use_of_month(month: WorksheetMonth) -> dict[str, int]:
    """How many areas of each kind there are and have read the month's sheet: two queries."""
    counts: dict[str, int] = defaultdict(int)
    read = month.decisions.standing().values_list("area__kind", "area").distinct()
    for kind, _area in read:
        counts[kind] += 1
    return dict(counts)
