"""What the page and the A4 of an area have of its authorities and integration programmes."""

from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.api.responses import names
from portal.caching.memory import remembered
from portal.languages import LANGUAGES
from portal.places.area_sections import AreaContacts, AreaSection
from portal.places.models import Area
from portal.printing.richtext import Node

from .lines import Group, Line, authorities_of, expected, who_is_in_charge, with_contacts
from .models import AreaContact, IntegrationProgramme

SHOWN = 12
ON_PAPER = 4


def in_charge(area: Area, user) -> dict[str, Any]:
    """The authorities by role: each told, or said not to be."""
    return remembered(lambda: {"groups": who_is_in_charge(area)}, "in-charge", area.key)


def in_charge_on_paper(area: Area, variables: dict[str, Any]) -> list[Node]:
    """A table: which authority, for what, and how to reach it."""
    rows = [row for group in variables["groups"] for row in _rows(group)]
    header = [_text(_("Authority")), _text(_("For what")), _text(_("Contact"))]
    return [{"kind": "table", "columns": 3, "header": header, "rows": rows}]


def _rows(group: Group) -> list[list[list[Node]]]:
    if group.areas:
        names = ", ".join(area.name for area in group.areas[:ON_PAPER])
        more = len(group.areas) - ON_PAPER
        words = _("%(names)s and %(number)s others") % {"names": names, "number": more}
        told = words if more > 0 else names
        return [[_text(str(group.role.label)), _text(told), _text(_("On the page of each"))]]
    return [_row(line) for line in group.lines]


def _row(line: Line) -> list[list[Node]]:
    contact = line.contact
    title = str(line.title) if line.is_alone else f"{line.title}: {line.area.name}"
    if contact is None:
        return [_text(title), _text("–"), _text(_("Not told yet"))]
    checked = _("checked on %(day)s") % {
        "day": date_format(contact.checked_on, "SHORT_DATE_FORMAT")
    }
    if contact.example:
        checked = f"{checked}; {_('invented example')}"
    said = [_text(contact.telephone)] if contact.telephone else []
    said += [_link(f"mailto:{contact.email}", contact.email)] if contact.email else []
    said += [_link(contact.website, contact.website)] if contact.website else []
    lines = [node for words in said for node in (*words, {"kind": "br"})]
    return [
        _text(title),
        _text(f"{contact.name}: {contact.matter}"),
        [*lines, *_text(checked)],
    ]


def _link(url: str, words: str) -> list[Node]:
    return [{"kind": "link", "url": url, "nodes": _text(words)}]


def _text(words: str) -> list[Node]:
    return [{"kind": "text", "text": words}]


def programmes(area: Area, user) -> dict[str, Any] | None:
    """Integration programmes of the area and of its municipalities, those that hold first.

    A municipality without one says so; other areas without one say nothing.
    """
    return remembered(partial(_programmes, area), "integration-programmes", area.key)


def _programmes(area: Area) -> dict[str, Any] | None:
    inside = area.consists_of.on(timezone.localdate()).values("part")
    rows = IntegrationProgramme.objects.shown().filter(Q(area=area) | Q(area__in=inside))
    rows = rows.select_related("area", "organisation", "attachment").defer("area__map_path")
    found = sorted(rows[:SHOWN], key=lambda row: row.has_ended)
    if not found and area.kind != Area.Kind.MUNICIPALITY:
        return None
    return {"programmes": found}


def programmes_on_paper(area: Area, variables: dict[str, Any]) -> list[Node]:
    """A line each: what it is called and how long it holds."""
    lines = [
        _text(f"{row.title} ({row.area.name}), {validity(row)}")
        for row in variables["programmes"][:ON_PAPER]
    ]
    if not lines:
        return [{"kind": "p", "nodes": _text(_("Not told yet"))}]
    return [{"kind": "list", "items": lines}]


def validity(programme: IntegrationProgramme) -> str:
    """1.1.2026–31.12.2029."""
    ends = programme.valid_to
    first = date_format(programme.valid_from, "SHORT_DATE_FORMAT")
    return f"{first}–{date_format(ends, 'SHORT_DATE_FORMAT') if ends else ''}"


def for_programs(area: Area) -> list[dict[str, Any]]:
    """Each authority of the area, told or not: two queries."""
    lines = with_contacts(expected(authorities_of(area)))
    return [
        {"authority": line.role.value, "area": line.area.key, **_told(line.contact)}
        for line in lines
    ]


def _told(contact: AreaContact | None) -> dict[str, Any]:
    if contact is None:
        return dict.fromkeys(TOLD) | {"example": False}
    return {
        "names": names(contact),
        "matter": {one: getattr(contact, f"matter_{one}") or None for one in LANGUAGES},
        "telephone": contact.telephone or None,
        "email": contact.email or None,
        "website": contact.website or None,
        "lead_municipality": contact.lead.key if contact.lead else None,
        "checked_on": contact.checked_on,
        "example": contact.example,
    }


TOLD = (
    *("names", "matter", "telephone", "email", "website"),
    *("lead_municipality", "checked_on", "example"),
)
CONTACTS = AreaContacts(for_programs)
IN_CHARGE = AreaSection(
    "in-charge",
    gettext_lazy("Who is in charge here"),
    "authorities/in_charge.html",
    in_charge,
    order=10,
    paper=in_charge_on_paper,
)
PROGRAMMES = AreaSection(
    "integration-programme",
    gettext_lazy("Integration programme"),
    "authorities/programmes.html",
    programmes,
    order=70,
    paper=programmes_on_paper,
)
