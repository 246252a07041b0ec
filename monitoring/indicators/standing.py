"""Where an area's value stands among the areas of its kind, without making a rank of them."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import quantiles

from django.utils.translation import gettext as _

from monitoring.charts.figures import Cell, Figure, Kind, Slot
from monitoring.charts.figures import Series as Drawn
from portal.api.responses import LICENCE
from portal.languages import alphabetical
from portal.places.models import Area

from . import figures
from .latest import COUNTRY
from .models import Indicator, Observation
from .series import Series, amount

FEWEST = 5  # areas with a value: fewer are told one by one on their own pages


@dataclass(frozen=True)
class Standing:
    """A sentence, and the areas side by side as a figure."""

    words: str
    figure: Figure


def standing(series: Series, areas: list[Area]) -> Standing | None:
    """How the latest value lies among those of the same kind of area and the same period.

    For the country: how the employment areas lie around it. None when fewer than five areas have a
    value. Two queries, and none when the indicator has not that many areas at all.
    """
    kind = series.area.kind
    if kind == Area.Kind.COUNTRY:
        kind = Area.Kind.EMPLOYMENT_AREA
    peers = [area for area in areas if area.kind == kind]
    if series.latest is None or len(peers) < FEWEST:
        return None
    rows = Observation.objects.filter(
        indicator=series.indicator, area__in=peers, start=series.latest.period.start
    )
    found = {
        pk: (value, status) for pk, value, status in rows.values_list("area", "value", "status")
    }
    values = sorted(value for value, _status in found.values() if value is not None)
    if len(values) < FEWEST:
        return None
    return Standing(_words(series, values), _figure(series, alphabetical(peers), found))


def _words(series: Series, values: list[Decimal]) -> str:
    indicator, latest = series.indicator, series.latest
    low, _middle, high = quantiles(values, n=4, method="inclusive")
    words = {
        "area": series.area.name,
        "low": amount(indicator, low),
        "high": amount(indicator, high),
        "count": len(values),
        "when": latest.period.when if latest else "",
    }
    said = (
        _("Of the %(count)s areas with a value %(when)s, half lie between %(low)s and %(high)s.")
        % words
    )
    if series.area.kind == Area.Kind.COUNTRY or latest is None:
        return said
    if latest.number < low:
        where = _("%(area)s lies below that half.")
    elif latest.number > high:
        where = _("%(area)s lies above that half.")
    else:
        where = _("%(area)s lies within that half.")
    return f"{said} {where % words}"


def _figure(
    series: Series, areas: list[Area], found: dict[int, tuple[Decimal | None, str]]
) -> Figure:
    indicator = series.indicator
    shapes: dict[str, str] = {}
    if areas[0].kind == Area.Kind.EMPLOYMENT_AREA:
        rows = Area.objects.filter(kind=Area.Kind.EMPLOYMENT_AREA).exclude(map_path="")
        shapes = dict(rows.values_list("code", "map_path"))
    period = series.latest.period.name if series.latest else ""
    drawn = [Drawn(period, tuple(_cell(found.get(area.pk)) for area in areas))]
    whole = series.latest.number if series.area.key == COUNTRY and series.latest else None
    if whole is not None and indicator.kind == Indicator.Kind.PERCENT:
        drawn.append(Drawn(series.area.name, (Cell(whole),) * len(areas), reference=True))
    return figures.titled(
        Figure(
            kind=Kind.MAP if shapes else Kind.DOTS,
            name=indicator.name,
            subtitle=figures.subtitle(indicator, period),
            measure=figures.measure_of(indicator),
            slots=tuple(Slot(area.name, area.name, key=area.code) for area in areas),
            series=tuple(drawn),
            source=indicator.source,
            licence=LICENCE,
            day=figures.imported(series),
            shapes=shapes or None,
        )
    )


def _cell(found: tuple[Decimal | None, str] | None) -> Cell:
    if found is None:
        return Cell(None)
    value, status = found
    words = str(Observation.Status(status).label) if status else ""
    return Cell(None, words) if value is None else Cell(value, note=words.lower())
