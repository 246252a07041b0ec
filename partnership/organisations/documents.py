"""Members of the partnership programme as the search finds them."""

from collections.abc import Iterator

from django.db.models import QuerySet

from portal.languages import LANGUAGES, in_language, in_words
from portal.places.documents import wholes_of_areas, with_wholes
from portal.search_api import Entry


def organisations(rows: QuerySet) -> Iterator[Entry]:
    """Members of the partnership programme."""
    wholes = wholes_of_areas()
    for organisation in rows.prefetch_related("areas", "topics"):
        areas = organisation.areas.all()
        topics = organisation.topics.all()
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="organisation",
                    key=str(organisation.pk),
                    language=language,
                    title=organisation.name,
                    path=organisation.get_absolute_url(),
                    summary=in_words(organisation, "description"),
                    body=in_words(organisation, "for_whom"),
                    words=" ".join(
                        [
                            organisation.name_fi,
                            organisation.business_id,
                            organisation.get_kind_display(),
                            *(topic.name for topic in topics),
                            *(area.name for area in areas),
                        ]
                    ),
                    trail=[organisation.get_kind_display(), ", ".join(a.name for a in areas)],
                    topics=[topic.key for topic in topics],
                    areas=with_wholes(areas, wholes),
                )
