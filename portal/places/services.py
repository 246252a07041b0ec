"""Taking reference data of places in: whole or not at all, and nothing when nothing has changed."""

from django.db import transaction

from portal.importing import Changes, Progress, unheard

from .models import Area, Belonging
from .reading import Places


@transaction.atomic
def import_places(places: Places, progress: Progress = unheard) -> Changes:
    """Bring the areas and what lies in what up to date with what was read.

    Areas that are not in the files stay, since others may refer to them; a belonging of an area
    that is in the files goes when the files no longer have it.
    """
    changes = Changes()
    total = len(places.areas) + len(places.belongings)
    known = {area.key: area for area in Area.objects.all()}
    for done, fields in enumerate(places.areas, start=1):
        key = Area.key_of(fields["kind"], fields["code"])
        changes.upsert(known.setdefault(key, Area()), fields)
        progress(done, total)
    _take_in_belongings(places, known, changes)
    progress(total, total)
    return changes


def _take_in_belongings(places: Places, areas: dict[str, Area], changes: Changes) -> None:
    wanted = {
        (areas[part].pk, areas[whole].pk, begins, ends)
        for part, whole, begins, ends in places.belongings
    }
    rows = {
        (row.part_id, row.whole_id, row.valid_from, row.valid_to): row.pk
        for row in Belonging.objects.filter(part__in={part for part, *_others in wanted})
    }
    gone = rows.keys() - wanted
    new = wanted - rows.keys()
    Belonging.objects.filter(pk__in=[rows[row] for row in gone]).delete()
    Belonging.objects.bulk_create(
        Belonging(part_id=part, whole_id=whole, valid_from=begins, valid_to=ends)
        for part, whole, begins, ends in sorted(new, key=lambda row: row[:2])
    )
    changes.added += len(new)
    changes.removed += len(gone)
