"""What an address asks of an indicator: an area that has values, and a span of time."""

from datetime import date

from django.db.models import Exists, OuterRef

from portal.errors import BadParameter
from portal.places.models import Area

from . import periods
from .latest import COUNTRY
from .models import Indicator, Observation


def areas_of(found: Indicator, user) -> list[Area]:
    """The areas that have values of the indicator."""
    values = Observation.objects.filter(indicator=found, area=OuterRef("pk"))
    return list(Area.objects.visible_to(user).filter(Exists(values)).defer("map_path"))


def area_asked(request, areas: list[Area]) -> Area | None:
    """The area that the address asks for; one that has no values of the indicator is refused."""
    key = request.GET.get("area", "")
    if not key:
        return None
    for area in areas:
        if area.key == key:
            return area
    raise BadParameter("area", key)


def usual(areas: list[Area]) -> Area | None:
    """The country when it has values, or else the first area that has."""
    return next((area for area in areas if area.key == COUNTRY), areas[0] if areas else None)


def span_asked(request) -> tuple[date, date] | None:
    text = request.GET.get("time", "")
    if not text:
        return None
    found = periods.span(text)
    if found is None:
        raise BadParameter("time", text)
    return found
