"""Commitments as the search finds them: in the language in which each is written."""

from collections.abc import Iterator

from django.db.models import QuerySet

from portal.languages import in_language
from portal.places.documents import wholes_of_areas, with_wholes
from portal.search_api import Entry

from .models import Commitment


def commitments(rows: QuerySet) -> Iterator[Entry]:
    """Public commitments; an archived or ended one comes after those in progress."""
    wholes = wholes_of_areas()
    for row in rows.select_related("organisation").prefetch_related("areas", "milestones"):
        areas = row.areas.all()
        running = row.state == Commitment.State.PUBLISHED
        with in_language(row.language):
            yield Entry(
                kind="commitment",
                key=str(row.pk),
                language=row.language,
                title=row.title,
                path=row.get_absolute_url(),
                summary=row.change,
                body="\n".join(
                    [
                        *(getattr(row, name) for name in row.WORDS[2:]),
                        *(milestone.title for milestone in row.milestones.all()),
                    ]
                ),
                words=" ".join([row.organisation.name_fi, *(area.name for area in areas)]),
                trail=[row.organisation.name, str(row.get_state_display())],
                areas=with_wholes(areas, wholes),
                boost=1 if running else 0.5,
            )


def examples(keys):
    """Which of the commitments are invented."""
    rows = Commitment.objects.filter(pk__in=list(keys), example=True)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
