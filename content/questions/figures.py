"""How quickly questions are answered, in figures that everyone may see."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When
from django.utils import timezone

from portal.caching.cache_version import cache_version
from portal.caching.fragments import cache
from portal.topics.models import Topic

PERIOD = timedelta(days=365)
MONTH = timedelta(days=30)
SECONDS = 3600


@dataclass(frozen=True)
class Figures:
    """Answered within a year, or another period, in how many working days at the middle; and open
    now."""

    answered: int
    median_days: int | None
    open: int
    by_topic: list[tuple[Topic, int]]


def public_figures(questions: QuerySet) -> Figures:
    """The figures of all questions, the same for everyone: reckoned once in a version."""
    key = f"questions:figures:{cache_version()}"
    return cache.get_or_set(key, lambda: figures(questions), SECONDS)


def figures(
    questions: QuerySet, now: datetime | None = None, *, period: timedelta = PERIOD
) -> Figures:
    """The figures of a period up to now, in two queries, however many questions there are.

    The days of waiting for the asker do not count. A secret question is among the answered, but
    not under its theme: one of few could be recognised.
    """
    case = questions.model
    since = (now or timezone.now()) - period
    answered = Q(state__in=case.WITH_ANSWER, answered_at__gte=since)
    theme = Case(When(secret=False, then=F("topic_id")), output_field=BigIntegerField())
    rows = (
        questions.filter(answered | Q(state__in=case.OPEN))
        .order_by()
        .annotate(theme=theme)
        .values_list("state", "days_taken", "theme")
        .annotate(Count("pk"))
    )
    taken: Counter[int | None] = Counter()
    by_topic: Counter[int] = Counter()
    still_open = 0
    for state, days_taken, topic, number in rows:
        if state in case.OPEN:
            still_open += number
            continue
        taken[days_taken] += number
        if topic is not None:
            by_topic[topic] += number
    topics = Topic.objects.in_bulk(by_topic) if by_topic else {}
    return Figures(
        answered=taken.total(),
        median_days=median(taken),
        open=still_open,
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
