"""The figures of an area as its page, its paper and its own page show them."""

from collections.abc import Sequence
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from monitoring.charts.sparks import spark
from portal.languages import alphabetical
from portal.places.area_sections import AreaSection, User
from portal.places.models import Area
from portal.printing.richtext import Node, of_html

from .figures import AreaFigure, headline_figures
from .movement import Verdict
from .similar import STRUCTURE, criteria

TAGS = {
    Verdict.BETTER: "good",
    Verdict.WORSE: "warning",
    Verdict.UP: "info",
    Verdict.DOWN: "info",
    Verdict.NO_CLEAR_CHANGE: "neutral",
    Verdict.UNKNOWN: "neutral",
}


def of_area(area: Area, user: User) -> dict[str, Any] | None:
    """The headline figures with the five areas that are most like it in size and structure.

    None while no dataset is published.
    """
    figures = headline_figures(area)
    if not figures:
        return None
    return shown(area, figures) | {
        "criteria": criteria(area, STRUCTURE) if figures[0].similar else []
    }


def shown(area: Area, figures: Sequence[AreaFigure]) -> dict[str, Any]:
    """What the templates of figures need; `instead` are areas that have figures where it has none.

    Numbers stand beside each other in the order of the areas' names, the country last.
    """
    has_any = any(one.value is not None for figure in figures for one in figure.history)
    return {
        "figures": figures,
        "has_any": has_any,
        "instead": [] if has_any else _instead(area),
        "cards": [
            {
                "figure": figure,
                "spark": spark(figure.chart(), figure.change_title),
                "tag": TAGS[figure.movement.verdict],
            }
            for figure in figures
        ],
        "columns": alphabetical([area, *(one.area for one in figures[0].similar)]),
        "rows": [(figure, _beside(figure)) for figure in figures],
        "example": any(figure.example for figure in figures),
        "tells_country": any(figure.country for figure in figures),
    }


def _beside(figure: AreaFigure) -> list[tuple[Area, str, bool]]:
    """Each area with its number in words, and whether there is one; by name, and no rank."""
    own = (figure.area, figure.value, figure.reason)
    by_pk = {one.pk: (value, reason) for one, value, reason in [own, *figure.similar]}
    areas = alphabetical([figure.area, *(one.area for one in figure.similar)])
    return [(one, figure.short(*by_pk[one.pk]), by_pk[one.pk][0] is not None) for one in areas]


def _instead(area: Area) -> list[Area]:
    """The employment areas that a municipality lies in, and its region."""
    kinds = (Area.Kind.EMPLOYMENT_AREA, Area.Kind.REGION)
    wholes = area.belongs_to.filter(whole__kind__in=kinds, whole__valid_to=None)
    return list(
        Area.objects.filter(pk__in=wholes.values("whole")).defer("map_path").order_by("kind")
    )


def on_paper(area: Area, variables: dict[str, Any]) -> list[Node]:
    """A sentence of each figure that there is, marked where the figures are invented."""
    figures = [one for one in variables["figures"] if variables["has_any"]]
    if not figures:
        return []
    said = format_html_join("", "<li>{}</li>", ((one.sentence(),) for one in figures))
    mark = format_html("<p><strong>{}</strong></p>", EXAMPLE) if variables["example"] else ""
    return of_html(format_html("{}<ul>{}</ul>", mark, said))


EXAMPLE = _("Example figures: invented, to show how the portal works.")
AREA_SECTION = AreaSection(
    "figures", _("Figures"), "areas/section.html", of_area, order=20, paper=on_paper
)
