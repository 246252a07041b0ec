"""Events as the search finds them, in each language."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from portal.languages import LANGUAGES, in_language
from portal.places.documents import wholes_of_areas, with_wholes
from portal.search_api import Entry

from .models import Event


def events(rows: QuerySet) -> Iterator[Entry]:
    """Events that everybody may know of; what has been held comes after what comes."""
    wholes = wholes_of_areas()
    for row in rows.prefetch_related("areas", "topics", "programme"):
        areas = row.areas.all()
        for language in LANGUAGES:
            with in_language(language):
                day = timezone.localdate(row.starts_at)
                yield Entry(
                    kind="event",
                    key=str(row.pk),
                    language=language,
                    title=row.name,
                    path=row.get_absolute_url(),
                    summary=row.description[:300],
                    body="\n".join(
                        [
                            row.description,
                            *(f"{item.title} {item.speakers}" for item in row.programme.all()),
                        ]
                    ),
                    words=" ".join([row.organiser, row.place, *(area.name for area in areas)]),
                    trail=[date_format(day), row.place or row.organiser],
                    topics=[topic.key for topic in row.topics.all()],
                    areas=with_wholes(areas, wholes),
                    holds_to=timezone.localdate(row.ends_at),
                    date=day,
                    boost=1 if row.state == Event.State.PUBLISHED else 0.5,
                )


def examples(keys):
    """Which of the events are invented."""
    rows = Event.objects.filter(pk__in=list(keys), example=True)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
