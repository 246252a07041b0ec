"""A dataset's figure in a frame of another site."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from monitoring.charts import drawing
from monitoring.charts.figures import Kind, table
from portal.api.responses import absolute
from portal.embedding import THING, Embeddable

from . import revisions
from .cubes import Cube
from .figures import OF_AREAS, Asked, figure
from .models import Dataset
from .paths import SINCE, STEP


def shown(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The figure of the dataset that `slug` names, of `kind`: its picture and its values."""
    dataset = Dataset.objects.published().filter(slug=parameters.get("slug", "")).first()
    if dataset is None:
        raise Http404
    wanted = {"kind": parameters.get("kind", ""), "REF_AREA": parameters.get("area", "")}
    asked = Asked.read(Cube.of(dataset), wanted)
    found = figure(asked)
    return {
        "revised": revised_since(asked),
        "figure": found,
        "picture": drawing.picture(found) if found.can_be_drawn else "",
        "rows": table(found),
        "heading": dataset.name,
        "whole": absolute(dataset.get_absolute_url()),
    }


def revised_since(asked: Asked) -> datetime | None:
    """When what the figure shows was corrected last; None when it never was. One query."""
    times = asked.cube.dataset.times if asked.over_time else [asked.time]
    areas = asked.places if asked.kind in OF_AREAS else [asked.area]
    changes = revisions.of_cells(
        asked.cube.dataset, times, [code.area_id for code in areas if code.area_id]
    )
    days = [one.day for one in changes.values() if one.day and _is_shown(asked, one.key.cell)]
    return max(days, default=None)


def _is_shown(asked: Asked, cell: int) -> bool:
    """Whether a cell is at the codes at which the figure stands; told apart, all of them are."""
    positions = asked.cube.positions(cell)
    apart = {STEP, SINCE} if asked.kind is Kind.PATH else {asked.by.key if asked.by else ""}
    return all(
        axis.key in apart or asked.fixed[axis.key].position == place
        for axis, place in zip(asked.cube.others, positions, strict=True)
    )


EMBEDDABLE = Embeddable(
    "dataset", _("Dataset"), "monitoring/embedded.html", shown, "datasets:index", THING
)
