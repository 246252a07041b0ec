"""Where indicators show on pages of the portal's own: areas, sections of the law, the site map."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _

from portal.law.resting import Item, Kind
from portal.places.panels import Panel
from portal.running import sitemaps

from .latest import latest_values
from .models import Indicator, IndicatorSection


def of_area(area, user):
    """The indicators that have a value for the area, with the latest; None when there is none."""
    indicators = Indicator.objects.visible_to(user).with_latest(area.key)
    rows = latest_values(indicators.filter(latest_value__isnull=False))
    return {"rows": sorted(rows, key=lambda row: row.indicator.name.casefold())} if rows else None


def of_sections(sections, user, language):
    """The indicators that tell about each of the sections."""
    links = IndicatorSection.objects.filter(
        section__in=sections, indicator__in=Indicator.objects.visible_to(user)
    ).select_related("indicator")
    found = defaultdict(list)
    for link in links:
        row = link.indicator
        found[link.section_id].append(Item(row.name, row.get_absolute_url(), row.source))
    return {
        pk: sorted(items, key=lambda item: item.title.casefold()) for pk, items in found.items()
    }


PANEL = Panel("indicators", _("Indicators"), "monitoring/panel.html", of_area)
KIND = Kind("indicators", _("Indicators"), of_sections)
SITEMAPS = {
    "indicators": sitemaps.Rows(Indicator.objects.visible_to),
    "indicators-list": sitemaps.Views("monitoring:index"),
}
