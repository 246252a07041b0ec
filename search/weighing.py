"""How well the things in the reader's language answer a question, word by word.

An engine says which documents have a word; what that is worth is reckoned here, so it is the same
on all of them. Each word weighs by how rare it is. In its place may stand a word derived from it,
the parts of a compound or what it means (synonyms), each worth a little less. A title says
what a text is about; words that stand close together are about one thing; a section that the best
answers cite answers as well. Where few things have all of the words, those with some of them are
looked for: a third of the words and of their weight at least, so that a question whose words are
not on the portal finds nothing.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from portal.caching.memory import remembered
from portal.linguistics.analysis import analyse, encoded, stopwords
from search.engines import Candidate, Engine, Filters, Group, Match
from search.models import PUBLIC, Document, Text
from search.question import Question, Slot

MOST_GROUPS = 30
PLACES = 1_000  # documents of a word that are looked at; a word of more says little
FLOOR = 0.35  # of the words and of their weight
OF_BEST = 0.3  # a document must be this good beside the best one
AT_MOST = 30
LOOKED_INTO = 40  # documents with some of the words whose text is read
READ = 20  # and documents with all of them
LIGHT = 0.15  # what a word that says little weighs
# What a word that no text has weighs beside the rarest. Of few words one that the language has
# tells of another matter; one that it does not have may be a slip or a word of the field.
NOBODYS, ELSEWHERE, FEW = 0.75, 1.2, 2
# What may stand in the place of a word is worth so much beside it.
ALL_PARTS, SOME_PARTS = 0.7, 0.4
DERIVED = 0.7
MEANT = 0.85
# What is worth so much beside having all of the words.
TITLE = 0.9  # having them in the title
SAME_TITLE, IN_TITLE = 3.0, 1.3  # what a title with all of the words multiplies by
OF_TITLE = 0.4  # having nothing else in the title
CLOSE = 1.0  # having them close together
NEXT = 0.1  # having them one right after another
OFTEN = 0.3  # having them often
WINDOW = 40  # words that are close together
CITED = 0.4  # what a section gains that the best answer cites
CITING = 0.15  # what a text gains that cites the best section
POWER = 0.3  # of the weight of the kind
LENGTH = 0.15  # how much the length of a text matters: a long one has many words beside its subject
USUAL = 3_000  # characters of a text of usual length
BEGINNING = "*"  # the second form of a group that stands for all words that begin with the first
SECTION = re.compile(r"pykala(\w+)|section e(\d+[a-z]?)\b")
Keys = frozenset[int]
Where = Mapping[Group, tuple[Keys, Keys]]  # the documents with a word in the title, and in all


class Variant(NamedTuple):
    """Words that may stand in a place, and what they are worth there: all of them, or some."""

    groups: tuple[Group, ...]
    all: float
    some: float = 0

    def worth(self, there: Iterable[Group], rarity: Mapping[Group, float]) -> float:
        """What it is worth where these of its words are."""
        have = {*there}
        if len(have) == len(self.groups):
            return self.all
        whole = sum(rarity.get(group, 1) for group in self.groups)
        return self.some * sum(rarity.get(group, 1) for group in have) / whole


@dataclass(frozen=True)
class Place:
    """A place of the question with what may stand there, and how much it weighs."""

    variants: tuple[Variant, ...]
    weight: float
    counts: float


@dataclass(frozen=True)
class Standing:
    """How the words stand in a text: what each place has, and the weights of what is near."""

    seen: Mapping[int, float]
    close: float = 0
    next: float = 0
    often: float = 0


def some_of_the_words(
    question: Question, engine: Engine, filters: Filters, language: str
) -> list[Candidate]:
    """The documents in `language` that have enough of the words, the best one's score being 1."""
    slots = question.slots(language)
    if not slots or (len(slots) == 1 and slots[0].is_bare):
        return []
    where = _where(slots, engine, filters, language)
    total = remembered(lambda: _documents(language), "search", "documents", language)
    few = sum(not slot.light for slot in slots) <= FEW
    places = [_place(slot, where, total, few=few) for slot in slots]
    rarity = {group: _rarity(len(both[1]), total) for group, both in where.items()}
    first = _first(places, where, rarity)
    best = sorted(first, key=lambda pk: -first[pk])[:LOOKED_INTO]
    rows = Document.objects.filter(pk__in=best, audience__in=filters.audiences).narrow()
    looked_at = [row.candidate(first[row.pk]) for row in rows]
    scores = _looked_into(looked_at, filters, places, rarity, first)
    return _best(scores, OF_BEST)


def all_of_the_words(
    question: Question, found: Sequence[Candidate], filters: Filters, language: str
) -> list[Candidate]:
    """The first of what has all of the words, put in order; the best one's score is 1."""
    places = []
    for slot in question.slots(language):
        light = LIGHT if slot.light else 1
        places.append(Place(_variants(slot), light, light))
    asked = {form for place in places for form in place.variants[0].groups[0]}
    own = [each for each in found if each.language == language]
    own.sort(
        key=lambda each: (each.past, not asked.issuperset(each.title_terms.split()), -each.score)
    )
    return _best(_looked_into(own[:READ], filters, places, {}), 0)


Scores = Mapping[int, tuple[Candidate, float]]


def _best(scores: Scores, least: float) -> list[Candidate]:
    best = max((score for _row, score in scores.values()), default=1.0)
    kept = sorted(scores.values(), key=lambda pair: (-pair[1], pair[0].pk))
    kept = kept[:AT_MOST] if least else kept
    return [each._replace(score=score / best) for each, score in kept if score >= least * best]


def _where(slots: Sequence[Slot], engine: Engine, filters: Filters, language: str) -> Where:
    """Where each word is that may stand in a place."""
    asked = dict.fromkeys(slot.whole for slot in slots)
    asked |= dict.fromkeys(group for slot in slots for one in slot.meant for group in one)
    asked |= dict.fromkeys(group for slot in slots for group in slot.parts)
    begun = [(slot.beginning, BEGINNING) for slot in slots if slot.beginning]
    groups = list(dict.fromkeys([*list(asked)[:MOST_GROUPS], *begun]))
    matches = [
        Match({language: ((group[:1],),)}, beginnings=True)
        if group[-1] == BEGINNING
        else Match({language: ((group,),)})
        for group in groups
    ]
    both = [replace(match, in_title=title) for match in matches for title in (True, False)]
    found = [frozenset(keys) for keys in engine.keys(both, filters, PLACES)]
    return dict(zip(groups, zip(found[::2], found[1::2], strict=True), strict=True))


def _documents(language: str) -> int:
    return Document.objects.filter(language=language, audience=PUBLIC).count()


def _variants(slot: Slot) -> tuple[Variant, ...]:
    variants = [Variant((slot.whole,), 1)]
    if slot.beginning:
        variants.append(Variant(((slot.beginning, BEGINNING),), DERIVED))
    if slot.parts:
        variants.append(Variant(slot.parts, ALL_PARTS, SOME_PARTS))
    return (*variants, *(Variant(reading, MEANT, MEANT / 2) for reading in slot.meant))


def _place(slot: Slot, where: Where, total: int, *, few: bool) -> Place:
    """A place weighs by how many documents have its word or what is as good."""
    known = [one for one in _variants(slot) if all(group in where for group in one.groups)]
    having: set[int] = set()
    for variant in known:
        if variant.groups != slot.parts:
            having |= frozenset.intersection(*(where[group][1] for group in variant.groups))
    light = LIGHT if slot.light else 1
    nowhere = 1 if having else ELSEWHERE if few and slot.known else NOBODYS
    return Place(tuple(known), _rarity(len(having), total) * light * nowhere, light)


def _rarity(documents: int, total: int) -> float:
    """Inverse document frequency."""
    return math.log(1 + (total + 1) / (documents + 0.5))


def _first(
    places: Sequence[Place], where: Where, rarity: Mapping[Group, float]
) -> dict[int, float]:
    """How well each document that has enough has the words: 1 for all, more in its title."""
    whole = sum(place.weight for place in places)
    count = sum(place.counts for place in places)
    covered: dict[int, float] = defaultdict(float)
    titled: dict[int, float] = defaultdict(float)
    words: dict[int, float] = defaultdict(float)
    for place in places:
        for sums, which in ((titled, 0), (covered, 1)):
            for pk, value in _worths(place, where, rarity, which).items():
                sums[pk] += place.weight * value
                if which:
                    words[pk] += place.counts * value
    return {
        pk: (weight + TITLE * titled[pk]) / whole
        for pk, weight in covered.items()
        if weight >= FLOOR * whole and words[pk] >= FLOOR * count
    }


def _worths(
    place: Place, where: Where, rarity: Mapping[Group, float], which: int
) -> dict[int, float]:
    """What each document has in a place."""
    worths: dict[int, float] = {}
    for variant in place.variants:
        if len(variant.groups) == 1:
            found = dict.fromkeys(where[variant.groups[0]][which], variant.all)
        else:
            there: dict[int, list[Group]] = defaultdict(list)
            for group in variant.groups:
                for pk in where[group][which]:
                    there[pk].append(group)
            found = {pk: variant.worth(groups, rarity) for pk, groups in there.items()}
        for pk, value in found.items():
            if value > worths.get(pk, 0):
                worths[pk] = value
    return worths


# --- How the words stand in the best of them -------------------------------------------------


class Forms:
    """The forms that a question's words may have in a text, and what they are worth where."""

    def __init__(self, places: Sequence[Place], rarity: Mapping[Group, float]):
        self.places = places
        self.rarity = rarity
        self.whole: dict[str, list[tuple[int, int, Group]]] = defaultdict(list)
        for number, place in enumerate(places):
            for kind, variant in enumerate(place.variants):
                for group in variant.groups:
                    for form in () if group[-1] == BEGINNING else group:
                        self.whole[form].append((number, kind, group))

    def worths(self, words: Iterable[str]) -> dict[int, float]:
        """What these words are worth in each place."""
        there: dict[tuple[int, int], set[Group]] = defaultdict(set)
        for word in words:
            for number, kind, group in self.whole.get(word, ()):
                there[number, kind].add(group)
        found: dict[int, float] = {}
        for (number, kind), groups in there.items():
            worth = self.places[number].variants[kind].worth(groups, self.rarity)
            found[number] = max(worth, found.get(number, 0))
        return found

    def weight(self, worths: Mapping[int, float]) -> float:
        return sum(self.places[number].weight * worth for number, worth in worths.items())

    def are_in(self, title: Sequence[str]) -> bool:
        """Whether a title has every word that was asked, as it was asked."""
        return any(place.counts == 1 for place in self.places) and all(
            any(form in title for form in place.variants[0].groups[0])
            for place in self.places
            if place.counts == 1
        )

    def standing(self, body: Sequence[str]) -> Standing:
        """How the words stand in a text."""
        hits = [(at, word) for at, word in enumerate(body) if word in self.whole]
        if not hits:
            return Standing({})
        counts: dict[int, int] = defaultdict(int)
        for _at, word in hits:
            for number in {number for number, _kind, _group in self.whole[word]}:
                counts[number] += 1
        close = nearest = 0.0
        start = 0
        looked_at: tuple[str, ...] = ()
        for end, (at, _word) in enumerate(hits):
            while at - hits[start][0] > WINDOW:
                start += 1
            within = tuple(sorted({word for _at, word in hits[start : end + 1]}))
            if within != looked_at:
                looked_at = within
                close = max(close, self.weight(self.worths(within)))
            if end and at - hits[end - 1][0] == 1:
                pair = self.worths((hits[end - 1][1], hits[end][1]))
                if len(pair) > 1:
                    nearest = max(nearest, self.weight(pair))
        often = sum(self.places[number].weight * n / (n + 2) for number, n in counts.items())
        return Standing(self.worths(word for _at, word in hits), close, nearest, often)


def _looked_into(
    best: Sequence[Candidate],
    filters: Filters,
    places: Sequence[Place],
    rarity: Mapping[Group, float],
    first: Mapping[int, float] | None = None,
) -> Scores:
    """The score of each of these documents, after a look at its text."""
    if not best or not places:
        return {}
    texts = Text.objects.filter(document__in=[each.pk for each in best])
    bodies = {
        pk: (body, boost)
        for pk, body, boost in texts.values_list("document_id", "body_terms", "document__boost")
    }
    forms, stops = Forms(places, rarity), _stopwords(filters.own)
    whole = sum(place.weight for place in places)
    scores: dict[int, tuple[Candidate, float]] = {}
    cites: dict[int, set[str]] = {}
    sections: dict[str, list[int]] = {}
    for row in best:
        if row.pk not in bodies:  # withdrawn between the two queries
            continue
        body, boost = bodies[row.pk]
        title = row.title_terms.split()
        stands = forms.standing(body.split())
        if first:
            score = first[row.pk]
        else:  # the engine found all words; what is not seen is there as a part of another word
            titled = forms.worths(title)
            seen = {
                number: max(stands.seen.get(number, 0), titled.get(number, 0), SOME_PARTS)
                for number in range(len(places))
            }
            score = (forms.weight(seen) + TITLE * forms.weight(titled)) / whole
        score += (CLOSE * stands.close + NEXT * stands.next + OFTEN * stands.often) / whole
        title = [word for word in title if word not in stops] or title
        nothing_else = sum(word in forms.whole for word in title) / max(len(title), 1)
        score += OF_TITLE * nothing_else
        if forms.are_in(title):
            score *= SAME_TITLE if nothing_else == 1 else IN_TITLE
        scores[row.pk] = (row, score * boost**POWER / _of_length(len(body)))
        cites[row.pk] = _cited(body, filters.own)
        if title and title[0][1:7] == "pykala":
            sections.setdefault(title[0], []).append(row.pk)
    return _supported(scores, cites, sections)


@cache
def _stopwords(language: str) -> frozenset[str]:
    """Stop words as titles have them."""
    tokens = analyse(" ".join(stopwords(language)), language)
    return frozenset(encoded(token.reading.base, language) for token in tokens)


def _of_length(length: int) -> float:
    return 1 - LENGTH + LENGTH * min(length / USUAL, 4)


def _cited(body: str, language: str) -> set[str]:
    """The sections that a text names, as titles of sections have them."""
    numbers = {cited or section for cited, section in SECTION.findall(body)}
    return {f"{language[0]}pykala{number}" for number in numbers}


def _supported(
    scores: Scores, cites: Mapping[int, set[str]], sections: Mapping[str, list[int]]
) -> Scores:
    """A section that good answers cite answers as well, and so does what cites a good section."""
    best = max((score for _row, score in scores.values()), default=1.0)
    support: dict[int, float] = defaultdict(float)
    for pk, cited in cites.items():
        for section in cited:
            for other in sections.get(section, ()):
                if other != pk:
                    support[other] = max(support[other], CITED * scores[pk][1] / best)
                    support[pk] = max(support[pk], CITING * scores[other][1] / best)
    return {pk: (row, score * (1 + support[pk])) for pk, (row, score) in scores.items()}
