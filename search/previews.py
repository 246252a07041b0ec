"""What a synonym or pin changes: on the gold set's tuning half, and on what found nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.languages import in_language
from portal.linguistics.analysis import analyse
from search import evaluation, steering
from search.evaluation import NOTHING, GoldQuestion
from search.models import Document, EmptySearch, SearchPin, SearchSynonym
from search.queries import Engines, reader, search
from search.question import Question

LOOKED_BACK = timedelta(days=31)
AT_MOST = 20  # questions of each sort


@dataclass(frozen=True)
class Change:
    """A question whose results change: what comes first before and after, and how good both are.

    Of a question that only readers asked nobody knows what is good; `before` and `after` are then
    how many things are found.
    """

    words: str
    first_before: str
    first_after: str
    before: str
    after: str
    better: bool
    worse: bool


@dataclass(frozen=True)
class Preview:
    """`looked_at` questions have the words; those that change, the others not."""

    gold: Sequence[Change]
    asked: Sequence[Change]
    looked_at: int


def preview(row: SearchSynonym | SearchPin) -> Preview:
    """What a row changes, whether it is in use or not."""
    without, having = steering.with_and_without(row)
    language = row.language
    typed = _typed(row)
    gold = [
        one
        for one in evaluation.questions("tuning")
        if one.language == language and one.kind != NOTHING and _has(one.words, typed, language)
    ][:AT_MOST]
    since = timezone.localdate() - LOOKED_BACK
    lately = EmptySearch.objects.filter(week__gte=since, language=language).exclude(words="")
    asked = [
        words
        for words in dict.fromkeys(lately.values_list("words", flat=True))
        if _has(words, typed, language)
    ][:AT_MOST]
    changes = [_of_gold(one, without, having) for one in gold]
    others = [_of_asked(words, language, without, having) for words in asked]
    return Preview(
        [one for one in changes if one], [one for one in others if one], len(gold) + len(asked)
    )


def _typed(row: SearchSynonym | SearchPin) -> list[frozenset[str]]:
    words = [row.words] if isinstance(row, SearchPin) else steering.listed(row.words)
    return [steering.forms_of(one, row.language) for one in words]


def _has(words: str, typed: list[frozenset[str]], language: str) -> bool:
    forms = {form for token in analyse(words, language) for form in token.reading.asked}
    return any(one <= forms for one in typed)


def _of_gold(
    question: GoldQuestion, without: steering.Steering, having: steering.Steering
) -> Change | None:
    answers = []
    for said in (without, having):
        with steering.trying(question.language, said):
            answers.append(evaluation.asked(question, Engines()))
    before, after = answers
    if before.addresses == after.addresses:
        return None
    return Change(
        question.words,
        _title(before.addresses),
        _title(after.addresses),
        f"{before.ndcg:.2f}",
        f"{after.ndcg:.2f}",
        better=after.ndcg > before.ndcg,
        worse=after.ndcg < before.ndcg,
    )


def _of_asked(
    words: str, language: str, without: steering.Steering, having: steering.Steering
) -> Change | None:
    found = []
    for said in (without, having):
        with steering.trying(language, said), in_language(language):
            found.append(search(Question(words), reader(AnonymousUser()), language))
    before, after = found
    first, then = (one.results[0].title if one.results else "" for one in found)
    if before.total == after.total and first == then:
        return None
    return Change(
        words,
        first,
        then,
        str(before.total),
        str(after.total),
        better=before.total == 0 < after.total,
        worse=False,
    )


def _title(addresses: Sequence[str]) -> str:
    if not addresses:
        return ""
    return Document.objects.filter(path=addresses[0]).values_list("title", flat=True).first() or ""
