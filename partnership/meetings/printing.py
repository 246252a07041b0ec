"""The worksheet on paper: figures with their questions beside them, and a box to write in."""

from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.printing import render
from portal.printing.richtext import Node

from .worksheets import Row, Worksheet, blanks


def as_pdf(sheet: Worksheet) -> bytes:
    """PDF/UA-1 in the active language. MissingGlyphs as `portal.printing.render` raises it."""
    return render("sheet", document(sheet), current_language())


def document(sheet: Worksheet) -> dict[str, Any]:
    """What stands on the paper, as `portal.printing.render` takes a sheet."""
    day = date_format(localtime(sheet.month.frozen_at), "DATE_FORMAT")
    frozen = _("Figures of %(month)s, frozen on %(day)s: the same for all areas.") % {
        "month": sheet.month.name,
        "day": day,
    }
    note = _("Example figures: invented, to show how the portal works.") if sheet.example else ""
    return {
        "title": _("Worksheet of %(month)s: %(area)s")
        % {"month": sheet.month.name, "area": sheet.area.name},
        "author": _("The integration portal"),
        "day": " ".join(part for part in (frozen, note) if part),
        "source": frozen,
        "body": [_table(sheet), _box()],
    }


def _text(words: str) -> Node:
    return {"kind": "text", "text": words}


def _table(sheet: Worksheet) -> Node:
    return {
        "kind": "table",
        "columns": 2,
        "header": [[_text(_("Figure"))], [_text(_("To ask"))]],
        "rows": [[_figure(row), _questions(row)] for row in sheet.rows],
    }


def _figure(row: Row) -> list[Node]:
    nodes: list[Node] = [
        {"kind": "strong", "nodes": [_text(row.name)]},
        {"kind": "br"},
        _text(row.sentence),
    ]
    if row.revised:
        nodes += [{"kind": "br"}, {"kind": "em", "nodes": [_text(row.revised)]}]
    return nodes


def _questions(row: Row) -> list[Node]:
    nodes: list[Node] = []
    for question in row.questions:
        nodes += [{"kind": "br"}] if nodes else []
        nodes.append(_text(question))
    return nodes


def _box() -> Node:
    return {
        "kind": "blanks",
        "title": _("What was decided"),
        "items": [{"label": label, "lines": lines} for label, lines in blanks()],
    }
