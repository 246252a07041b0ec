"""The report of a check as a file: row, column, value, and what was expected or what changes."""

import re
from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext as _

from portal.sheets import Writer

from .models import VALUE, Release

MARK = "\ufeff"


def of_release(release: Release) -> Iterator[Sequence[object]]:
    """How the file was read, what is unusual in it, and what it changes."""
    for one in release.warnings:
        yield one["row"], one["column"], one["value"], one["words"]
    for change in release.changes:
        where = f"{change['codes']} {change['time']}"
        words = _("%(where)s: new.") if not change["old"] else _("%(where)s: now %(old)s.")
        yield change["row"], VALUE, change["new"], words % {"where": where, "old": change["old"]}


def as_csv(name: str, lines: Iterable[Sequence[object]]) -> HttpResponse:
    """The lines as CSV in UTF-8 with its mark, for whoever sent the file."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = _attachment(name)
    response.headers["Cache-Control"] = "private, no-store"
    response.write(MARK)
    writer = Writer(response)
    writer.writerow([_("Row"), _("Column"), _("Value"), _("Expected")])
    for line in lines:
        writer.writerow(line)
    return response


def _attachment(name: str) -> str:
    plain = re.sub(r"[^\w.-]", "-", name, flags=re.ASCII)
    return f'attachment; filename="{plain}.csv"'
