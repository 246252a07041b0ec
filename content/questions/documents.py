"""Published answers as the search finds them."""

from collections.abc import Collection, Iterator

from django.db.models import QuerySet

from content.pages.documents import documents_of
from portal.search_api import Entry

from .models import AnswerPage


def answers(pages: QuerySet) -> Iterator[Entry]:
    """Published answers to legal questions; those that were replaced held until then."""
    return documents_of("answer", pages, boost=2.5)


def examples(keys: Collection[str]) -> set[str]:
    """Which of the answers are invented."""
    invented = AnswerPage.objects.filter(pk__in=keys, example=True)
    return {str(pk) for pk in invented.values_list("pk", flat=True)}
