"""Things that have some of the words: for when few have all of them.

Each word weighs by how rare it is, and a document must have a third of the words and of
their weight, so that a question whose words are not on the portal finds nothing. The scores are
reckoned here and not in an engine, so they are the same on all of them.
"""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import NamedTuple

from django.db.models.functions import Length

from portal.caching.memory import remembered
from search.engines import Candidate, Engine, Filters, Group, Match, Reading
from search.models import PUBLIC, Document
from search.question import Question

MOST_GROUPS = 24
FLOOR = 0.35  # of the words and of their weight
OF_BEST = 0.4  # a document must be this good beside the best one
AT_MOST = 30
USUAL = 1_500  # characters of a text of usual length
PARTS = 0.7  # what all parts of a compound are worth beside the whole
DERIVED = 0.6  # what a word derived from the one asked is worth beside it
TITLE = 0.6  # what standing in the title is worth beside standing there at all
Pair = tuple[frozenset[int], frozenset[int]]  # the documents with a word in the title, and in all
NOWHERE: Pair = (frozenset(), frozenset())


class Places(NamedTuple):
    """Where each word is, and where a word that is derived from it."""

    whole: Mapping[Group, Pair]
    derived: Mapping[Group, Pair]

    def documents(self, group: Group) -> int:
        """How many documents have the word or one derived from it."""
        pairs = (self.whole.get(group, NOWHERE), self.derived.get(group, NOWHERE))
        return len(pairs[0][1] | pairs[1][1])


def candidates(
    question: Question, engine: Engine, filters: Filters, language: str, below: float
) -> list[Candidate]:
    """The documents in `language` that have enough of the words, scored below a score."""
    readings = question.match.readings[language]
    parts = question.parts(language)
    groups = dict.fromkeys(group for reading in readings for group in reading)
    groups |= dict.fromkeys(part for group in groups for part in parts.get(group, ()))
    asked = list(groups)[:MOST_GROUPS]
    beginnings = question.derived(language)
    if len(asked) < 2 and not beginnings:
        return []
    derived = [group for group in asked if group in beginnings]
    matches = [Match({language: ((group,),)}) for group in asked]
    matches += [Match({language: (((beginnings[group],),),)}, beginnings=True) for group in derived]
    both = [replace(match, in_title=title) for match in matches for title in (True, False)]
    found = [frozenset(keys) for keys in engine.keys(both, filters)]
    pairs = list(zip(found[::2], found[1::2], strict=True))
    whole = dict(zip(asked, pairs, strict=False))
    places = Places(whole, dict(zip(derived, pairs[len(asked) :], strict=True)))
    total = remembered(lambda: _documents(language), "search", "documents", language)
    scores: dict[int, float] = {}
    for reading in readings:
        for pk, score in _scored(reading, parts, places, total).items():
            scores[pk] = max(score, scores.get(pk, 0))
    return _best(scores, filters, below)


def _documents(language: str) -> int:
    return Document.objects.filter(language=language, audience=PUBLIC).count()


def _scored(
    reading: Reading,
    parts: Mapping[Group, tuple[Group, ...]],
    places: Places,
    total: int,
) -> dict[int, float]:
    """How well each document that has enough has the words of one reading.

    1 when it has them all, and more where they stand in its title.
    """
    weights = {
        group: _rarity(places.documents(group), total)
        for group in {*reading, *(part for group in reading for part in parts.get(group, ()))}
    }
    covered: dict[int, float] = defaultdict(float)
    titled: dict[int, float] = defaultdict(float)
    words: dict[int, float] = defaultdict(float)
    for group in reading:
        for sums, keys in ((titled, 0), (covered, 1)):
            whole = places.whole.get(group, NOWHERE)[keys]
            worth: dict[int, float] = defaultdict(float)
            pieces = parts.get(group, ())
            weight_of_pieces = sum(weights[piece] for piece in pieces)
            for piece in pieces:
                for pk in places.whole.get(piece, NOWHERE)[keys]:
                    worth[pk] += PARTS * weights[piece] / weight_of_pieces
            for pk in places.derived.get(group, NOWHERE)[keys]:
                worth[pk] = max(worth[pk], DERIVED)
            worth.update(dict.fromkeys(whole, 1.0))
            for pk, value in worth.items():
                sums[pk] += weights[group] * value
                if keys:
                    words[pk] += value
    whole_weight = sum(weights[group] for group in reading)
    return {
        pk: (weight + TITLE * titled[pk]) / whole_weight
        for pk, weight in covered.items()
        if weight >= FLOOR * whole_weight and words[pk] >= FLOOR * len(reading)
    }


def _of_length(length: int) -> float:
    """What a long text is divided by: it has many words that it is not about."""
    return 0.85 + 0.15 * min(length / USUAL, 4)


def _rarity(documents: int, total: int) -> float:
    """Inverse document frequency; a word that is nowhere is the rarest of all."""
    return math.log(1 + (total + 1) / (documents + 0.5))


def _best(scores: Mapping[int, float], filters: Filters, below: float) -> list[Candidate]:
    first = sorted(scores, key=lambda pk: -scores[pk])[: 4 * AT_MOST]
    rows = Document.objects.filter(pk__in=first, audience__in=filters.audiences).narrow()
    rows = rows.annotate(length=Length("text__body_terms"))
    ranked = {row: scores[row.pk] * row.boost**0.3 / _of_length(row.length) for row in rows}
    if not ranked:
        return []
    best = max(ranked.values())
    kept: Collection[Document] = sorted(ranked, key=lambda row: -ranked[row])[:AT_MOST]
    return [
        row.candidate(0.9 * below * ranked[row] / best)
        for row in kept
        if ranked[row] >= OF_BEST * best
    ]
