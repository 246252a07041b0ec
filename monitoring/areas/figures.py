"""An area's figures: the value, its own past, the country, similar areas, and what is said of it.

Whatever shows or tells a figure of an area reads it here. The number of queries is the same for one
figure and for six.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from monitoring.charts import figures as charts
from monitoring.charts.figures import Figure, Kind, Measure
from monitoring.datasets.cubes import Headline, headlines
from monitoring.datasets.figures import BARS_AT_MOST, shows_share
from monitoring.datasets.models import AREA, Break, Code, Dataset, Release
from monitoring.datasets.models.releases import Status
from monitoring.datasets.observations import NOTHING, Cell, Line, UnknownCode, lines
from monitoring.indicators import periods
from monitoring.indicators.figures import slot_of
from monitoring.indicators.models import Indicator
from monitoring.indicators.periods import Period
from portal.api.responses import LICENCE
from portal.languages import in_words
from portal.places.models import Area

from .choosing import headline_datasets
from .movement import Measured, Movement, judge
from .sentences import Facts, movement_words, sentence
from .similar import FIELDS, STRUCTURE, similar_areas


class Reading(NamedTuple):
    """A value of a period, or the code of the reason for none."""

    period: Period
    value: Decimal | None
    reason: str


class Beside(NamedTuple):
    """A value of another area at the same period, or the code of the reason for none."""

    area: Area
    value: Decimal | None
    reason: str


@dataclass(frozen=True)
class AreaFigure:
    """A figure of an area. Words are in the language that is active when they are asked for.

    `named` are the codes that are no totals; `before` is the value of the same period a year
    before, or of the latest that is still earlier; `cell` is what is published there.
    """

    dataset: Dataset
    area: Area
    time: Period
    cell: Cell
    number: int
    named: tuple[Code, ...]
    history: tuple[Reading, ...]
    before: Reading | None
    country: Reading | None
    similar: tuple[Beside, ...]
    movement: Movement

    @property
    def value(self) -> Decimal | None:
        return self.cell.value

    @property
    def reason(self) -> str:
        """The code of the reason for no value; "" where there is one."""
        return self.cell.status if self.cell.value is None else ""

    @property
    def reason_text(self) -> str:
        """Why there is no value, in words; "" where there is one."""
        return words_of(self.reason) if self.reason else ""

    @property
    def period(self) -> str:
        return self.time.name

    @property
    def measure(self) -> Measure:
        return Measure(self.dataset.unit, self.dataset.decimals, shows_share(self.dataset))

    @property
    def text(self) -> str:
        """The value with its unit, or why there is none."""
        return self.said(self.value, self.reason)

    def said(self, value: Decimal | None, reason: str = "") -> str:
        """Another value of the same dataset in words."""
        return words_of(reason) if value is None else self.measure.amount(value)

    def short(self, value: Decimal | None, reason: str = "") -> str:
        """A value for a table whose row names the unit."""
        if value is None:
            return words_of(reason)
        number = self.measure.number(value)
        return charts.percent(number) if self.measure.percent else number

    @property
    def country_short(self) -> str:
        return self.short(self.country.value, self.country.reason) if self.country else ""

    @property
    def name(self) -> str:
        """What is counted: the dataset, and codes that are no totals."""
        return ", ".join([self.dataset.name, *(code.name for code in self.named)])

    @property
    def example(self) -> bool:
        return self.dataset.example

    @property
    def is_provisional(self) -> bool:
        return self.cell.status == Status.PROVISIONAL.value

    @property
    def revised_since(self) -> datetime | None:
        """When a correction changed the value."""
        return self.cell.released if self.cell.revised else None

    @property
    def revised_words(self) -> str:
        """“Revised since 3 March, was 12”; "" where it never was."""
        return self.cell.words if self.cell.revised else ""

    @property
    def cells(self) -> list[tuple[int, int, int]]:
        """The keys with which monitoring.datasets.revisions.since is asked of this value."""
        return [(self.time.position, self.area.pk, self.number)]

    @property
    def similar_said(self) -> list[tuple[Area, str]]:
        """Each similar area with its value in words."""
        return [(one.area, self.said(one.value, one.reason)) for one in self.similar]

    @property
    def country_text(self) -> str:
        """The value of the country in words; "" for the country itself."""
        return self.said(self.country.value, self.country.reason) if self.country else ""

    @property
    def url(self) -> str:
        """The dataset with this area chosen."""
        return f"{reverse('datasets:dataset', args=[self.dataset.slug])}?{AREA}={self.area.key}"

    @property
    def limits(self) -> str:
        """What the figure cannot tell."""
        return in_words(self.dataset, "limits")

    @cached_property
    def broken(self) -> Break | None:
        """The break between the value and the one that it is compared with."""
        if self.before is None:
            return None
        first = self.before.period.position
        for one in self.dataset.breaks.all():
            if first < one.time <= self.time.position:
                return one
        return None

    @property
    def movement_words(self) -> str:
        """“No clear change since 2024”, “better than 2024”, or why there is no verdict."""
        base = self.before.period.name if self.before else ""
        broken = Period.at(self.broken.time, self.dataset.period).when if self.broken else ""
        return movement_words(self.movement, base, broken)

    def sentence(self, *, alone: bool = True) -> str:
        """One sentence in the active language; `alone`, it says what is counted too."""
        old, broken = self.before, self.broken
        tells_country = self.country is not None and self.country.value is not None
        return sentence(
            Facts(
                name=self.area.name,
                genitive=self.area.genitive,
                measure=self.measure,
                when=self.time.when,
                value=self.value,
                reason=self.reason_text,
                old_when=old.period.when if old else "",
                old=old.value if old else None,
                old_reason=words_of(old.reason) if old and old.reason else "",
                broken=Period.at(broken.time, self.dataset.period).when if broken else "",
                country=self.country.value if self.country and tells_country else None,
                what=self.name if alone else "",
            )
        )

    @property
    def sentence_here(self) -> str:
        """The sentence under a heading that says what is counted."""
        return self.sentence(alone=False)

    @property
    def change_title(self) -> str:
        """“Change of employment rate, Kuopio”: in Finnish with the genitive of what is counted."""
        return _("Change of %(what)s, %(area)s") % {
            "what": self.dataset.genitive,
            "area": self.area.name,
        }

    def chart(self) -> Figure:
        """The area over time, with the country behind it where the values are no sums."""
        times = [one.period for one in self.history]
        series = [charts.Series(self.area.name, tuple(_drawn(one) for one in self.history))]
        few = len(times) <= BARS_AT_MOST
        first = times[0].position if times else 0
        breaks = [
            charts.Break(at, one.text)
            for one in self.dataset.breaks.all()
            for at, period in enumerate(times)
            if period.position == one.time and one.time > first
        ]
        said = _("per cent") if self.measure.percent else self.dataset.unit
        day = self.dataset.released_at
        return Figure(
            kind=Kind.BARS if few else Kind.LINES,
            name=self.name,
            subtitle=f"{self.area.name}, {said}",
            measure=self.measure,
            slots=tuple(slot_of(period) for period in times),
            series=tuple(series),
            source=self.dataset.source,
            licence=LICENCE,
            day=_("released on %(day)s") % {"day": date_format(localtime(day), "DATE_FORMAT")}
            if day
            else "",
            title=self.sentence(alone=False),
            note=_("Example figures: invented, to show how the portal works.")
            if self.example
            else "",
            breaks=tuple(breaks),
        )


def words_of(reason: str) -> str:
    """The code of a reason in words."""
    return str(Status(reason).label)


def _drawn(reading: Reading) -> charts.Cell:
    return charts.Cell(reading.value, words_of(reading.reason) if reading.value is None else "")


def headline_figures(
    area: Area, *, preset: str = STRUCTURE, beside: Sequence[Area] | None = None
) -> list[AreaFigure]:
    """The six figures of an area, in the order that KEHA chose.

    `preset` says by what the five similar areas are found; `beside` are areas to stand there
    instead. A fixed number of queries. Raises LookupError for a preset that there is not.
    """
    datasets = [one for one in headline_datasets(area.kind) if one.times]
    return _figures(
        datasets, area, similar_areas(area, preset) if beside is None else beside, {}, "", None
    )


def figure_of(
    dataset: Dataset,
    area: Area,
    *,
    period: str | None = None,
    release: Release | None = None,
    codes: Mapping[str, str] | None = None,
    preset: str = STRUCTURE,
    beside: Sequence[Area] | None = None,
) -> AreaFigure:
    """The figure of one dataset, at a period (“2025”, the latest without), as of a release.

    `codes` are by dimension (`{"SEX": "F"}`); other dimensions stand at their total. `beside` are
    areas to stand in the place of similar ones, or none, which saves the search for them. Raises
    UnknownCode for a code or a period that there is not, LookupError where nothing is published.
    """
    if not dataset.times:
        raise LookupError(dataset.slug)
    prefetch_related_objects([dataset], "breaks")
    similar = similar_areas(area, preset) if beside is None else beside
    [found] = _figures([dataset], area, similar, dict(codes or {}), period or "", release)
    return found


def _figures(
    datasets: Sequence[Dataset],
    area: Area,
    beside: Sequence[Area],
    codes: Mapping[str, str],
    period: str,
    release: Release | None,
) -> list[AreaFigure]:
    if not datasets:
        return []
    try:
        cells = headlines(datasets, codes)
    except LookupError as error:
        raise UnknownCode(str(error)) from error
    country = Area.objects.filter(kind=Area.Kind.COUNTRY).only(*FIELDS).first()
    others = [one for one in beside if one.pk != area.pk]
    wanted = {area.pk, *(one.pk for one in others), *([country.pk] if country else [])}
    found = lines([Line(one, cells[one.pk].cell, wanted) for one in datasets], release)
    return [
        _figure(dataset, area, country, others, cells[dataset.pk], rows, period)
        for dataset, rows in zip(datasets, found, strict=True)
    ]


def from_rows(
    dataset: Dataset,
    area: Area,
    country: Area | None,
    beside: Sequence[Area],
    headline: Headline,
    rows: Mapping[tuple[int, int], Cell],
) -> AreaFigure:
    """A figure of cells that were read already, by period and area, at its latest period."""
    return _figure(dataset, area, country, beside, headline, rows, "")


def _figure(dataset, area, country, others, headline, rows, period: str) -> AreaFigure:
    times = sorted({time for time, _area in rows}) or list(dataset.times)
    time = times[-1]
    if period:
        parsed = periods.parse(period, dataset.period)
        if parsed is None or parsed.position not in dataset.times:
            raise UnknownCode("TIME_PERIOD", period)
        time = parsed.position
        times = [one for one in times if one <= time]
    readings = {one: _reading(dataset, rows.get((one, area.pk), NOTHING), one) for one in times}
    movement = judge(
        {one: reading.value for one, reading in readings.items()},
        time,
        Measured(
            year=12 // periods.MONTHS[periods.Kind(dataset.period)],
            direction=dataset.direction,
            share=shows_share(dataset),
            count=dataset.aggregation == Dataset.Aggregation.SUM,
            survey=dataset.source_type == Indicator.SourceType.SURVEY,
        ),
        [one.time for one in dataset.breaks.all()],
    )
    of_country = None
    if country is not None and country.pk != area.pk:
        of_country = _reading(dataset, rows.get((time, country.pk), NOTHING), time)
    return AreaFigure(
        dataset=dataset,
        area=area,
        time=Period.at(time, dataset.period),
        cell=rows.get((time, area.pk), NOTHING),
        number=headline.cell,
        named=headline.named,
        history=tuple(readings.values()),
        before=readings.get(movement.base) if movement.base is not None else None,
        country=of_country,
        similar=tuple(
            Beside(one, cell.value, cell.status if cell.value is None else "")
            for one in others
            for cell in [rows.get((time, one.pk), NOTHING)]
        ),
        movement=movement,
    )


def _reading(dataset: Dataset, cell: Cell, time: int) -> Reading:
    period = Period.at(time, dataset.period)
    return Reading(period, cell.value, cell.status if cell.value is None else "")
