"""What the page of an area shows of its partners."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.places.area_sections import AreaSection

from .directory import found_by

SHOWN = 12


def partners(area, user):
    """The members that serve an area, its own first; nothing where there are none."""
    number, found = found_by(area, user, SHOWN)
    if not found:
        return None
    return {
        "number": number,
        "found": found,
        "all_url": f"{reverse('organisations:index')}?{urlencode({'area': area.key})}",
    }


PARTNERS = AreaSection("partners", _("Partners"), "organisations/panel.html", partners)
