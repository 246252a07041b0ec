"""Decisions as the search finds them: in the language in which each is written."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.languages import in_language
from portal.places.documents import wholes_of_areas, with_wholes
from portal.search_api import Entry

from .models import Decision


def decisions(rows: QuerySet) -> Iterator[Entry]:
    """What areas decided over their figures."""
    wholes = wholes_of_areas()
    for row in rows.select_related("area"):
        with in_language(row.language):
            yield Entry(
                kind="decision",
                key=str(row.pk),
                language=row.language,
                title=f"{row.area.name}: {row.body}",
                path=row.get_absolute_url(),
                summary=row.decided,
                body=row.outcome,
                words=row.area.name,
                trail=[row.area.name, _("Read and decided")],
                areas=with_wholes([row.area], wholes),
                boost=0.6,
            )


def examples(keys):
    """Which of the decisions are invented."""
    rows = Decision.objects.filter(pk__in=list(keys), example=True)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
