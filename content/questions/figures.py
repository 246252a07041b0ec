"""How quickly questions are answered, in figures that everyone may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet
from django.utils import timezone

from portal.topics.models import Topic

PERIOD = timedelta(days=365)


@dataclass(frozen=True)
class Figures:
    """Answered within the last year, in how many working days at the middle; and open now."""

    answered: int
    median_days: int | None
    open: int
    by_topic: list[tuple[Topic, int]]


def figures(questions: QuerySet, now: datetime | None = None) -> Figures:
    """The figures in three queries, however many questions there are.

    The days of waiting for the asker do not count. A secret question is among the answered, but
    not under its theme: one of few could be recognised.
    """
    since = (now or timezone.now()) - PERIOD
    answered = questions.answered().filter(answered_at__gte=since).order_by()
    taken = Counter(dict(answered.values_list("days_taken").annotate(Count("pk"))))
    by_topic = dict(
        answered.filter(secret=False, topic__isnull=False)
        .values_list("topic")
        .annotate(Count("pk"))
    )
    topics = Topic.objects.in_bulk(by_topic) if by_topic else {}
    return Figures(
        answered=taken.total(),
        median_days=median(taken),
        open=questions.open().count(),
        by_topic=sorted(
            ((topics[pk], number) for pk, number in by_topic.items()),
            key=lambda pair: (-pair[1], pair[0].position),
        ),
    )


def median(counts: Counter[int | None]) -> int | None:
    """The lower middle of values by how often each occurs; None of nothing."""
    values = sorted(value for value in counts if value is not None)
    half = (sum(counts[value] for value in values) + 1) // 2
    for value in values:
        half -= counts[value]
        if half <= 0:
            return value
    return None
