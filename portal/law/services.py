"""Taking an act in: whole or not at all, and nothing when nothing has changed."""

from django.db import transaction
from django.utils import timezone

from portal.importing import Changes, Progress, unheard

from .models import Act
from .reading import ActRows


@transaction.atomic
def take_in(rows: ActRows, progress: Progress = unheard) -> Changes:
    """Bring an act and its parts up to date with what was read.

    The plain summaries of sections are the portal's own and stay as they are. A part that the
    file no longer has is removed; the day of import moves only when something has changed.
    """
    changes = Changes()
    act = Act.objects.filter(number=rows.number, year=rows.year).first()
    act = act or Act(number=rows.number, year=rows.year)
    total = sum(map(len, (rows.amendments, rows.chapters, rows.sections, rows.decrees)))
    told = 0

    def parts(manager, entries):
        """Bring the parts of one kind up to date; returns them by number."""
        nonlocal told
        rest = {(row.number, getattr(row, "year", None)): row for row in manager.all()}
        found = {}
        for fields in entries:
            row = rest.pop((fields["number"], fields.get("year")), None) or manager.model(act=act)
            changes.bring(row, fields)
            found[row.number] = row
            told += 1
            progress(told, total)
        for row in rest.values():
            row.delete()
            changes.removed += 1
        return found

    changes.bring(act, rows.fields)
    parts(act.amendments, rows.amendments)
    chapters = parts(act.chapters, rows.chapters)
    sections = parts(
        act.sections.select_related("chapter"),
        [{**fields, "chapter": chapters[fields["chapter"]]} for fields in rows.sections],
    )
    parts(
        act.decrees.select_related("first", "last"),
        [
            {**fields, "first": sections[fields["first"]], "last": sections[fields["last"]]}
            for fields in rows.decrees
        ],
    )
    if changes:
        act.imported_at = timezone.now()
        act.save(update_fields=["imported_at"])
    return changes
