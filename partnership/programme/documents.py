"""The plan, the calls and the offers as the search finds them."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils import timezone

from portal.languages import LANGUAGES, in_language
from portal.places.documents import wholes_of_areas, with_wholes
from portal.search_api import Entry

from .following import CALL, MEASURE, OFFER
from .models import Call, Measure, Offer


def measures(rows: QuerySet) -> Iterator[Entry]:
    """Measures of the plan, in each language."""
    for row in rows.select_related("responsible", "period"):
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind=MEASURE,
                    key=str(row.pk),
                    language=language,
                    title=row.name,
                    path=row.get_absolute_url(),
                    summary=row.description,
                    body=row.stands,
                    words=row.actor,
                    trail=[row.period.name, str(row.get_state_display())],
                )


def calls(rows: QuerySet) -> Iterator[Entry]:
    """Calls in each language; what has closed comes after what is open."""
    wholes = wholes_of_areas()
    for row in rows.prefetch_related("areas", "topics"):
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind=CALL,
                    key=str(row.pk),
                    language=language,
                    title=row.name,
                    path=row.get_absolute_url(),
                    summary=row.description,
                    body=row.eligible,
                    topics=[topic.key for topic in row.topics.all()],
                    areas=with_wholes(row.areas.all(), wholes),
                    holds_from=row.opens_on,
                    holds_to=row.closes_on,
                    date=row.opens_on,
                )


def offers(rows: QuerySet) -> Iterator[Entry]:
    """What is sought and offered now, in the language in which each is written."""
    wholes = wholes_of_areas()
    for row in rows.select_related("organisation").prefetch_related("areas", "topics"):
        areas = row.areas.all()
        with in_language(row.language):
            yield Entry(
                kind=OFFER,
                key=str(row.pk),
                language=row.language,
                title=row.title,
                path=row.get_absolute_url(),
                summary=row.text,
                words=" ".join([row.organisation.name_fi, *(area.name for area in areas)]),
                trail=[row.organisation.name, str(row.get_kind_display())],
                topics=[topic.key for topic in row.topics.all()],
                areas=with_wholes(areas, wholes),
                holds_to=row.expires_on,
                date=timezone.localdate(row.published_at),
            )


def running(model) -> QuerySet:
    """The offers that somebody may find: those that are open."""
    return Offer.objects.running()


def invented(model):
    """Says which things of a model, by their keys, are invented examples."""

    def of(keys) -> set[str]:
        rows = model.objects.filter(pk__in=list(keys), example=True)
        return {str(pk) for pk in rows.values_list("pk", flat=True)}

    return of


EXAMPLES = {MEASURE: invented(Measure), CALL: invented(Call), OFFER: invented(Offer)}
