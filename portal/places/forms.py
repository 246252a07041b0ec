"""Areas as forms offer them."""

from collections.abc import Iterable

from django.utils.translation import gettext, gettext_lazy

from portal.languages import alphabetical

from .models import Area

PLURALS = {
    Area.Kind.REGION: gettext_lazy("Regions"),
    Area.Kind.EMPLOYMENT_AREA: gettext_lazy("Employment areas"),
    Area.Kind.MUNICIPALITY: gettext_lazy("Municipalities"),
}


def grouped(areas: Iterable[Area]) -> list:
    """Choices by key: the country first, then each kind in the order of the alphabet."""
    rows = alphabetical(areas)
    whole = gettext("The whole country")
    country = [(area.key, whole) for area in rows if area.kind == Area.Kind.COUNTRY]
    return country + [
        (plural, [(area.key, area.name) for area in rows if area.kind == kind])
        for kind, plural in PLURALS.items()
    ]
