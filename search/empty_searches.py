"""Searches that found nothing, counted by week: counts alone, and no trail of a person.

What may tell of a person is not counted. Words are kept once the same was searched
three times in a week; until then only a digest of them is.
"""

from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from portal.linguistics import personal_data
from search.models import EmptySearch
from search.question import Question

SHOWN_FROM = 3  # searches in a week
KEPT_FOR = timedelta(weeks=13)


def count(question: Question, language: str) -> None:
    """Count a search that found nothing, unless its words may tell of a person."""
    words = " ".join(word.lower() for word in question.words)[:200]
    if not words or personal_data.find(question.text):
        return
    digest = salted_hmac("search.empty", f"{language}:{words}", algorithm="sha256").hexdigest()
    row, _made = EmptySearch.objects.get_or_create(
        week=week_of(timezone.localdate()), language=language, digest=digest
    )
    same = EmptySearch.objects.filter(pk=row.pk)
    same.update(count=F("count") + 1)
    same.filter(count__gte=SHOWN_FROM, words="").update(words=words)


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def clear() -> int:
    """Forget what is older than a quarter of a year; the schedule does so daily."""
    old = timezone.localdate() - KEPT_FOR
    return EmptySearch.objects.filter(week__lt=old).delete()[0]
