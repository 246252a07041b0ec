"""Which datasets are the headline figures of an area: those chosen for its kind, or the usual."""

from django.db.models import Prefetch

from monitoring.datasets import paths
from monitoring.datasets.models import Break, Dataset

from .models import HeadlineFigure

MOST = 6
USUAL = (
    "example-plan-in-time",
    "example-days-to-plan",
    "example-training-participants",
    "example-outside-clients",
    "example-employment-rate",
    "example-overcrowding",
)


def headline_datasets(kind: str) -> list[Dataset]:
    """Six published datasets at most, with their breaks: three queries.

    Those that KEHA chose for the kind of area in /cms/; without a choice the usual ones, and
    others by their address where those are not there.
    """
    chosen = list(
        HeadlineFigure.objects.filter(kind=kind)
        .order_by("position", "pk")
        .values_list("dataset", flat=True)[:MOST]
    )
    rows = Dataset.objects.published().prefetch_related(
        Prefetch("breaks", Break.objects.order_by("time"))
    )
    if chosen:
        by_pk = rows.in_bulk(chosen)
        return [by_pk[pk] for pk in chosen if pk in by_pk]
    order = {slug: place for place, slug in enumerate(USUAL)}
    found = rows.exclude(dimensions__key=paths.STEP)  # a path is a table, and no headline
    return sorted(found, key=lambda one: (order.get(one.slug, MOST), one.slug))[:MOST]
