"""Datasets as the search finds them."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from portal.languages import LANGUAGES, in_language
from portal.search_api import Entry

from .models import Dataset

KIND = "dataset"


def datasets(rows: QuerySet[Dataset]) -> Iterator[Entry]:
    """What is released: what it tells, by which dimensions, from which source, and its limits."""
    for dataset in rows.prefetch_related("dimensions"):
        for language in LANGUAGES:
            with in_language(language):
                dimensions = ", ".join(one.name for one in dataset.dimensions.all())
                yield Entry(
                    kind=KIND,
                    key=str(dataset.pk),
                    language=language,
                    title=dataset.name,
                    path=dataset.get_absolute_url(),
                    summary=dataset.description,
                    body="\n".join([dimensions, dataset.coverage, dataset.limits]),
                    words=dataset.unit,
                    trail=[str(part) for part in (dataset.get_domain_display(), dataset.source)],
                )


def examples(keys: Collection[str]) -> set[str]:
    """Which of the datasets are of invented figures."""
    rows = Dataset.objects.filter(pk__in=keys, example=True)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}
