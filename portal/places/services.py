"""Taking reference data of places in: whole or not at all, and nothing when nothing has changed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from .models import Area, Belonging
from .reading import Places

Progress = Callable[[int, int], None]


@dataclass
class Changes:
    """How many rows an import made, changed and took away."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self):
        return bool(self.added or self.changed or self.removed)

    def __str__(self):
        if not self:
            return "nothing changed"
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


@transaction.atomic
def take_in(places: Places, progress: Progress = lambda done, total: None) -> Changes:
    """Bring the areas and what lies in what up to date with what was read.

    Areas that are not in the files stay, since others may refer to them; a belonging of an area
    that is in the files goes when the files no longer have it.
    """
    changes = Changes()
    total = len(places.areas) + len(places.belongings)
    known = {area.key: area for area in Area.objects.all()}
    for done, fields in enumerate(places.areas, start=1):
        key = Area.key_of(fields["kind"], fields["code"])
        area = known.setdefault(key, Area())
        changed = [name for name, value in fields.items() if getattr(area, name) != value]
        if area.pk is None:
            changes.added += 1
        elif changed:
            changes.changed += 1
        if changed:
            for name in changed:
                setattr(area, name, fields[name])
            area.save()
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
