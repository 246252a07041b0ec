"""Figures of datasets on the map of areas: which there are, and one in classes of colour."""

from itertools import pairwise

from django.utils.translation import gettext as _

from monitoring.charts import maps
from monitoring.charts.figures import Figure, Kind
from monitoring.indicators.models import Indicator
from portal.languages import sort_key
from portal.places.area_map import Choice, Coloured, LegendRow, MapFigures, Shade
from portal.places.models import Area

from . import paths
from .cubes import Cube
from .figures import KIND, Asked, figure
from .models import AREA, Dataset

DOMAINS = {str(value): place for place, value in enumerate(Indicator.Domain.values)}
LAST = len(DOMAINS)


def choices() -> list[Choice]:
    """The released datasets of employment areas: phenomena first, then by domain. One query."""
    rows = (
        Dataset.objects.published()
        .filter(
            dimensions__key=AREA,
            dimensions__codes__area__kind=Area.Kind.EMPLOYMENT_AREA,
        )
        .exclude(dimensions__key=paths.STEP)
        .distinct()
    )
    order = sorted(rows, key=_place)
    return [Choice(one.slug, one.name, _group(one)) for one in order]


def usual() -> tuple[Dataset, Figure] | None:
    """The figure by which the map is coloured when nobody has chosen one, as a picture of its own.

    None while no dataset of areas is released, or its values are too few to be drawn.
    """
    first = next(iter(choices()), None)
    if first is None:
        return None
    dataset = Dataset.objects.get(slug=first.key)
    shown = figure(Asked.read(Cube.of(dataset), {KIND: str(Kind.MAP)}))
    return (dataset, shown) if shown.can_be_drawn else None


def address(dataset: Dataset) -> str:
    """Where a dataset is read as a map."""
    return f"{dataset.get_absolute_url()}?{KIND}={Kind.MAP}"


def coloured(slug: str) -> Coloured | None:
    """The latest values of a dataset in the employment areas; None when there are too few."""
    dataset = Dataset.objects.published().filter(slug=slug).first()
    if dataset is None:
        return None
    cube = Cube.of(dataset)
    asked = Asked.read(cube, {KIND: str(Kind.MAP)})
    shown = figure(asked)
    main = shown.main[0]
    if not main.values:
        return None
    bounds = maps.classes([value for _at, value in main.values])
    count = max(len(bounds) - 1, 1)
    areas = {}
    places = {code.area.code: code.area.pk for code in asked.places if code.area}
    for slot, cell in zip(shown.slots, main.cells, strict=True):
        if slot.key in places:
            level = 0
            if cell.value is not None:
                level = maps.shade(maps.class_of(cell.value, bounds) - 1, count)
            areas[places[slot.key]] = Shade(level, shown.said(slot, cell).partition(": ")[2])
    whole = shown.references[0].cells[0].value if shown.references else None
    return Coloured(
        key=dataset.slug,
        name=dataset.name,
        subtitle=shown.subtitle,
        period=cube.period(asked.time).name,
        url=address(dataset),
        source=dataset.source,
        legend=[
            LegendRow(
                maps.shade(at, count),
                f"{shown.measure.number(low)}–{shown.measure.number(high)}",
            )
            for at, (low, high) in enumerate(pairwise(bounds))
        ],
        areas=areas,
        country=shown.measure.amount(whole) if whole is not None else "",
        missing=any(cell.value is None for cell in main.cells),
        example=dataset.example,
    )


def _place(dataset: Dataset) -> tuple[bool, bool, int, str]:
    """Real figures before examples, integration itself before services, then domains and names."""
    return (
        dataset.example,
        dataset.track != Dataset.Track.PHENOMENON,
        DOMAINS.get(dataset.domain, LAST),
        sort_key(dataset.name),
    )


def _group(dataset: Dataset) -> str:
    if not dataset.domain:
        return _("Other")
    track = dataset.get_track_display()
    return f"{dataset.get_domain_display()} – {track}" if track else dataset.get_domain_display()


MAP_FIGURES = MapFigures(choices, coloured)
