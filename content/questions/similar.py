"""Other questions that no public page answers and that share the words of one: for the lawyers."""

from collections import Counter

from portal.linguistics.analysis import analyse, is_stopword

from .models import Question

State = Question.State
MOST = 5
LOOKED_AT = 300  # the latest in the same language: one query, and bounded work
SHARED = 2  # words at least, and a third of the shorter question's


def similar(question: Question) -> list[tuple[Question, bool]]:
    """At most five, those first that share the rarest words; and whether it can be joined with.

    Open ones, and those answered or ended without a public page; what was joined with another
    is found by that one. Words are compared by their base forms.
    """
    own = words(question)
    others = {
        other: words(other) & own if _near(own, words(other)) else set()
        for other in Question.objects.filter(language=question.language)
        .exclude(pk=question.pk)
        .exclude(state__in=(State.PUBLISHED, State.MERGED))
        .defer("reason", "private_reason", "confirmed")
        .order_by("-received_at", "-pk")[:LOOKED_AT]
    }
    commonness = Counter(word for shared in others.values() for word in shared)
    weights = {
        other: sum(1 / commonness[word] for word in shared)
        for other, shared in others.items()
        if shared
    }
    best = sorted(weights, key=lambda other: (-weights[other], -other.pk))[:MOST]
    return [(other, _can_take(other, question)) for other in best]


def words(question: Question) -> set[str]:
    """The base forms of what the title and the text say, without the words of every text."""
    language = question.language
    return {
        token.reading.base
        for token in analyse(f"{question.title}\n{question.text}", language)
        if len(token.word) > 2 and not is_stopword(token, language)
    }


def _near(own: set[str], theirs: set[str]) -> bool:
    shared = len(own & theirs)
    return shared >= SHARED and 3 * shared >= min(len(own), len(theirs))


def _can_take(other: Question, question: Question) -> bool:
    """Whether the question can be joined with that one, as `casework.merge` asks."""
    earlier = (other.received_at, other.pk) < (question.received_at, question.pk)
    return earlier and other.may_go_public and (other.is_open or other.has_answer)
