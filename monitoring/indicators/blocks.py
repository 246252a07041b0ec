"""An indicator that an editor can put on a page."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import StructBlock

from portal.places.models import Area

from . import charts, summaries
from .admin.viewsets import indicator_chooser
from .latest import COUNTRY
from .series import read

IndicatorChooserBlock = indicator_chooser.get_block_class(
    name="IndicatorChooserBlock", module_path="monitoring.indicators.blocks"
)


class IndicatorBlock(StructBlock):
    """The latest value of an indicator in the country, what it changed, and a small chart.

    Shows nothing while the indicator is unpublished or without values.
    """

    indicator = IndicatorChooserBlock(label=_("Indicator"))

    class Meta:
        icon = "clipboard-list"
        label = _("Indicator")
        template = "blocks/indicator.html"

    def get_translatable_segments(self, value):
        """Nothing goes to the translator: an indicator has its own names in every language."""
        return []

    def restore_translated_segments(self, value, segments):
        return value

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        indicator = value.get("indicator")
        if indicator is None or not indicator.published:
            return context | {"series": None}
        country = Area.objects.defer("map_path").filter(key=COUNTRY).first()
        series = read(indicator, country) if country else None
        if series is None or series.latest is None:
            return context | {"series": None}
        return context | {
            "indicator": indicator,
            "series": series,
            "amount": series.amount(series.latest.value),
            "change": summaries.change(series),
            "chart": charts.draw(series, charts.SMALL),
        }
