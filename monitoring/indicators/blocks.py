"""An indicator that an editor can put on a page."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock

from monitoring.charts import drawing
from portal.places.models import Area

from . import figures, summaries
from .admin.viewsets import indicator_chooser
from .latest import COUNTRY
from .series import read

IndicatorChooserBlock = indicator_chooser.get_block_class(
    name="IndicatorChooserBlock", module_path="monitoring.indicators.blocks"
)


class IndicatorBlock(StructBlock):
    """The latest value of an indicator in an area, what it changed, and its picture.

    Shows nothing while the indicator is unpublished or without values.
    """

    indicator = IndicatorChooserBlock(label=_("Indicator"))
    area = CharBlock(
        required=False,
        max_length=6,
        label=_("Area"),
        help_text=_("Its key, such as TA05. Without one, the whole country."),
    )

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
        key = value.get("area") or COUNTRY
        area = Area.objects.defer("map_path").filter(key=key).first()
        series = read(indicator, area) if area else None
        if series is None or series.latest is None:
            return context | {"series": None}
        figure = figures.of_series(series)
        return context | {
            "indicator": indicator,
            "series": series,
            "amount": series.amount(series.latest.value),
            "change": summaries.change(series),
            "chart": drawing.picture(figure) if figure.can_be_drawn else "",
        }
