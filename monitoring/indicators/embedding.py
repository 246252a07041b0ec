"""An indicator in a frame of another site."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from monitoring.charts import drawing
from monitoring.charts import figures as charts
from portal.api.responses import READER, absolute
from portal.embedding import THING, Embeddable
from portal.errors import BadParameter
from portal.languages import alphabetical

from . import figures
from .asked import areas_of, usual
from .downloads import drawn
from .models import Indicator


def shown(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The indicator that `slug` names, in one `area`: its picture and its values."""
    found = Indicator.objects.visible_to(READER).filter(slug=parameters.get("slug", "")).first()
    if found is None:
        raise Http404
    areas = alphabetical(areas_of(found, READER))
    key = parameters.get("area", "")
    area = next((one for one in areas if one.key == key), None) if key else usual(areas)
    if area is None:
        raise BadParameter("area", key)
    figure = figures.of_series(*drawn(found, area, areas, None))
    return {
        "figure": figure,
        "picture": drawing.picture(figure) if figure.can_be_drawn else "",
        "rows": charts.table(figure),
        "heading": found.name,
        "whole": f"{absolute(found.get_absolute_url())}?area={area.key}",
    }


EMBEDDABLE = Embeddable(
    "indicator", _("Indicator"), "monitoring/embedded.html", shown, "monitoring:index", THING
)
