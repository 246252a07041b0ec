"""A dataset's figure in a frame of another site."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from monitoring.charts import drawing
from monitoring.charts.figures import table
from portal.api.responses import absolute
from portal.embedding import THING, Embeddable

from .cubes import Cube
from .figures import Asked, figure
from .models import Dataset


def shown(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The figure of the dataset that `slug` names, of `kind`: its picture and its values."""
    dataset = Dataset.objects.published().filter(slug=parameters.get("slug", "")).first()
    if dataset is None:
        raise Http404
    wanted = {"kind": parameters.get("kind", ""), "REF_AREA": parameters.get("area", "")}
    found = figure(Asked.read(Cube.of(dataset), wanted))
    return {
        "figure": found,
        "picture": drawing.picture(found) if found.can_be_drawn else "",
        "rows": table(found),
        "heading": dataset.name,
        "whole": absolute(dataset.get_absolute_url()),
    }


EMBEDDABLE = Embeddable(
    "dataset", _("Dataset"), "monitoring/embedded.html", shown, "datasets:index", THING
)
