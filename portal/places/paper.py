"""The A4 of an area: what its page says, on one sheet of paper, as PDF/UA-1."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.printing import render
from portal.printing.richtext import Node

from .area_sections import AreaSection, sections_of
from .models import Area

OVER_THE_WIDTH = 30  # sections before this order take the whole width: who is in charge, figures


def pdf_of(area: Area) -> bytes:
    """The page in the active language, the same for every reader. PrintingError, MissingGlyphs."""
    wide: list[Node] = _facts(area)
    narrow: list[list[Node]] = []
    for section, variables in sections_of(area, AnonymousUser()):
        nodes = _nodes(area, section, variables)
        if nodes and section.order < OVER_THE_WIDTH:
            wide += nodes
        elif nodes:
            narrow.append(nodes)
    left, right = _balanced(narrow)
    address = f"{settings.SITE_URL}{area.get_absolute_url()}"
    today = date_format(timezone.localdate(), "DATE_FORMAT")
    data = {
        "title": area.name,
        "title_of_kind": str(area.get_kind_display()),
        "author": _("Integration portal"),
        "day": today,
        "source": _("As on %(day)s at %(address)s, where sources and conditions stand.")
        % {"day": today, "address": address},
        "body": wide,
        "left": left,
        "right": right,
    }
    return render("page", data, current_language())


def _facts(area: Area) -> list[Node]:
    """How many live there, and the languages of a municipality."""
    said = [
        _("Population %(number)s (%(day)s)")
        % {
            "number": number_format(area.population, force_grouping=True),
            "day": date_format(area.population_on, "SHORT_DATE_FORMAT"),
        }
        if area.population and area.population_on
        else "",
        str(area.get_language_status_display()) if area.language_status else "",
        str(area.get_organised_as_display()) if area.organised_as else "",
    ]
    words = "; ".join(filter(None, said))
    return [{"kind": "p", "nodes": [{"kind": "text", "text": words}]}] if words else []


def _nodes(area: Area, section: AreaSection, variables: dict) -> list[Node]:
    """A section's part with its heading; nothing for one that is not on paper."""
    nodes = section.paper(area, variables) if section.paper else []
    if not nodes:
        return []
    title = [{"kind": "text", "text": str(section.title)}]
    return [{"kind": "heading", "level": 2, "nodes": title}, *nodes]


def _balanced(sections: list[list[Node]]) -> tuple[list[Node], list[Node]]:
    """The sections in two columns that are about as long, read one after the other."""
    sizes = [_letters(nodes) for nodes in sections]
    cuts = range(len(sections) + 1)
    cut = min(cuts, key=lambda one: abs(sum(sizes[:one]) - sum(sizes[one:])))
    left = [node for nodes in sections[:cut] for node in nodes]
    right = [node for nodes in sections[cut:] for node in nodes]
    return left, right


def _letters(nodes) -> int:
    """How many letters stand in nodes, however deep."""
    if isinstance(nodes, list):
        return sum(_letters(one) for one in nodes)
    inside = [nodes.get("nodes", []), nodes.get("items", []), nodes.get("rows", [])]
    return len(nodes.get("text", "")) + sum(_letters(one) for one in inside)
