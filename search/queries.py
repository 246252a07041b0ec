"""One question, read in all three languages: words, filters and a reader in, results out."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from law.citations import with_signs
from law.impact_reviews import with_open_reviews
from portal.caching.memory import remembered
from portal.languages import LANGUAGES
from portal.linguistics.analysis import WORD, analyse, encoded, is_stopword
from portal.linguistics.typed import text_as_typed, without_dots
from portal.links import Link
from portal.search_api import Found
from search import spelling
from search.documents import Kind, kinds
from search.engines import CAP, Candidate, Filters, Match
from search.engines.elastic import Elastic, UnavailableError, answers, breaker, configured
from search.engines.embedded import Content, contents_of, embedded
from search.index import title_key
from search.models import Document, audiences_of
from search.snippets import Marker

MOST_CHARACTERS = 200
MOST_WORDS = 20
PER_PAGE = 10
WRITTEN = {"kind": "kind", "topic": "topics", "area": "areas", "language": "language"}
FACETS = tuple(WRITTEN)
ANY: dict[str, Any] = dict.fromkeys(FACETS, "")  # filters that choose nothing
EXACT_TITLE, IN_TITLE = 3.0, 1.5  # what a title with the words in their order multiplies a rank by


@dataclass(frozen=True)
class Question:
    """What is asked: at most 200 characters and 20 words of it are looked for."""

    text: str

    @cached_property
    def words(self) -> list[str]:
        clean = with_signs(text_as_typed(self.text[:MOST_CHARACTERS]))
        return [match.group() for match in WORD.finditer(clean)][:MOST_WORDS]

    @property
    def cut_short(self) -> bool:
        """Whether some of what was asked is not looked for."""
        return len(self.text) > MOST_CHARACTERS or len(WORD.findall(self.text)) > MOST_WORDS

    @cached_property
    def match(self) -> Match:
        """All the words, in any reading of each language. Common words count only by themselves."""
        return Match({language: self._reading(language) for language in LANGUAGES})

    @cached_property
    def looser(self) -> Match:
        """The same, and what begins with the words or has a part of them."""
        return Match(
            {language: self._reading(language, parts=True) for language in LANGUAGES},
            beginnings=True,
        )

    def _reading(self, language: str, parts: bool = False) -> tuple[tuple[str, ...], ...]:
        tokens = [token for word in self.words for token in analyse(word, language)]
        tokens = [token for token in tokens if not is_stopword(token, language)] or tokens
        words: dict[tuple[str, ...], None] = {}
        for token in tokens:
            forms = token.reading.asked
            if parts:
                forms += tuple(part for part in token.reading.parts if len(part) > 3)
            words[tuple(encoded(form, language) for form in forms)] = None
        return tuple(words)

    def forms(self, language: str, loosely: bool = False) -> set[str]:
        """The forms by which a text of this language is found, without the mark of the language."""
        readings = (self.looser if loosely else self.match).readings[language]
        return {form[1:] for word in readings for form in word}


@dataclass(frozen=True, kw_only=True)
class Result(Link):
    """One thing found, as it is shown. `own` is the same thing in the reader's language."""

    kind: str
    kind_name: str
    marked_title: SafeString
    trail: tuple[str, ...]
    snippet: SafeString
    past: bool
    coming: datetime.date | None = None
    date: datetime.date | None = None
    own: Link | None = None
    under_review: bool = False
    example: bool = False


@dataclass(frozen=True)
class Results:
    """What a question found: a page of results, how many in all, and counts to narrow them by."""

    results: list[Result] = field(default_factory=list)
    total: int = 0
    capped: bool = False
    facets: dict[str, Counter] = field(default_factory=dict)
    unfiltered: int = 0
    loosened: bool = False
    reduced: bool = False
    respelt: str = ""


@dataclass
class Engines:
    """Asks Elasticsearch if there is one and it answers, else the database; `reduced` says so."""

    reduced: bool = False

    def candidates(self, match: Match, filters: Filters, limit: int = CAP) -> list[Candidate]:
        return self._first(lambda engine: engine.candidates(match, filters, limit))

    def any_found(self, matches: Sequence[Match], filters: Filters) -> list[bool]:
        return self._first(lambda engine: engine.any_found(matches, filters))

    def _first(self, ask: Callable):
        if configured() and not self.reduced:
            if breaker.closed:
                try:
                    return ask(Elastic())
                except UnavailableError:
                    pass
            self.reduced = True
        return ask(embedded())


def answering() -> str:
    """Which engine answers searches now, in a word or two: for `/readyz`, which asks it."""
    if not configured():
        return "database"
    return "elasticsearch" if answers() else "database, elasticsearch is away"


def search(
    question: Question,
    filters: Filters,
    language: str,
    page: int = 1,
    engines: Engines | None = None,
) -> Results:
    """The results of a page, those in `language` first, with their counts.

    `filters` carries the audiences of the reader (see `reader`), so nothing that they may not see
    is found, counted or suggested. Two thousand candidates are ranked at most. `engines` is given
    by who wants to know which of them answered.
    """
    if not question.match:
        return Results()
    engines = engines or Engines()
    filters = replace(filters, own=language)
    # Asked without what was chosen: the counts of the filters need what those would leave out.
    everything = replace(filters, **ANY)
    match, loosened = question.match, False
    candidates = engines.candidates(match, everything)
    if not candidates:
        match, loosened = question.looser, True
        candidates = engines.candidates(match, everything)
    respelt = ""
    if not candidates and (dotted := _with_dots(question, engines, everything)):
        question, respelt, match, loosened = dotted, dotted.text, dotted.match, False
        candidates = engines.candidates(match, everything)
    capped = len(candidates) >= CAP
    passing = candidates
    # Of more than two thousand those that pass the filters may be missing: ask for them alone.
    if filters.chosen and capped:
        passing = engines.candidates(match, filters)
    elif filters.chosen:
        passing = [each for each in candidates if _passes(each, filters.chosen)]
    ranked = _ranked(passing, match, language)
    shown = ranked[PER_PAGE * (page - 1) : PER_PAGE * page]
    return Results(
        results=_shown(shown, question, language, loosened),
        total=len(ranked),
        capped=len(passing) >= CAP,
        facets=_counts(candidates, filters.chosen),
        unfiltered=len({each.thing for each in candidates}) if filters.chosen else len(ranked),
        loosened=loosened,
        reduced=engines.reduced,
        respelt=respelt,
    )


def _with_dots(question: Question, engines: Engines, everything: Filters) -> Question | None:
    """The question that finds something once ä, ö and å are put where they were left out."""
    if not question.text.isascii():
        return None
    others = [Question(text) for text in spelling.with_dots(question.words[:6])]
    found = engines.any_found([other.match for other in others], everything)
    return next((other for other, there in zip(others, found, strict=True) if there), None)


def reader(user, on: datetime.date | None = None, **chosen: str) -> Filters:
    """The filters of a reader: what they may see, narrowed by what they chose."""
    return Filters(audiences=audiences_of(user), on=on, **chosen)


def _passes(candidate: Candidate, chosen: dict[str, str]) -> bool:
    """Whether it has each value among the words that are written of it there."""
    return all(value in getattr(candidate, WRITTEN[name]).split() for name, value in chosen.items())


def _counts(candidates: list[Candidate], chosen: dict[str, str]) -> dict[str, Counter]:
    """How many things each choice of a filter would leave, were the others as they are.

    What documents of a thing have alike is read once.
    """
    counts = {}
    for name, column in WRITTEN.items():
        others = {other: value for other, value in chosen.items() if other != name}
        left = [each for each in candidates if _passes(each, others)] if others else candidates
        written = set(map(attrgetter("thing", column), left))
        pairs = {(thing, value) for thing, words in written for value in words.split()}
        counts[name] = Counter(map(itemgetter(1), pairs))
    return counts


def _ranked(candidates: list[Candidate], match: Match, language: str) -> list[Candidate]:
    """Each thing once: own language before others, what holds before what held, then by rank."""
    phrases = {
        code: " ".join(word[0] for word in words) for code, words in match.readings.items() if words
    }

    def order(candidate: Candidate):
        score, title = candidate.score, candidate.title_terms
        phrase = phrases.get(candidate.language)
        if phrase and phrase in title:
            if phrase == title:
                score *= EXACT_TITLE
            elif f" {phrase} " in f" {title} ":
                score *= IN_TITLE
        return (candidate.language != language, candidate.past, -score, candidate.pk)

    things: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=order):
        things.setdefault(candidate.thing, candidate)
    return list(things.values())


def _shown(page: list[Candidate], question: Question, language: str, loosely: bool) -> list[Result]:
    contents = contents_of([each.pk for each in page])
    # One that is not there was withdrawn between the two queries.
    shown = [(each, contents[each.pk]) for each in page if each.pk in contents]
    foreign = [each.thing for each in page if each.language != language]
    own = {}
    if foreign:
        siblings = Document.objects.filter(thing__in=foreign, language=language)
        own = {thing: Link(title, path) for thing, title, path in siblings.values_list(*OWN)}
    every = kinds()
    waiting = _waiting(every, shown)
    examples = _examples(every, shown)
    languages = {each.language for each in page}
    markers = {code: Marker(code, question.forms(code, loosely)) for code in languages}
    return [
        _result(
            every[each.kind],
            each,
            content,
            markers[each.language],
            own.get(each.thing),
            waiting,
            examples,
        )
        for each, content in shown
    ]


OWN = ("thing", "title", "path")
SHOWN = (
    *("uid", "thing", "kind", "key", "language", "holds_from", "holds_to", "date", "title", "path"),
    "audience",
)
Shown = Sequence[tuple[Candidate, Content]]


def _waiting(every: Mapping[str, Kind], shown: Shown) -> Collection[tuple[str, str]]:
    """Those that wait to be checked because the law has changed, as law knows them."""
    pairs = {(every[each.kind].referrer, content.key) for each, content in shown}
    known = frozenset((kind, key) for kind, key in pairs if kind)
    return remembered(lambda: with_open_reviews(known), "search", "waiting", known)


def _examples(every: Mapping[str, Kind], shown: Shown) -> set[int]:
    """The documents of invented examples: each kind that has such among them is asked once."""
    keys: dict[str, dict[str, int]] = {}
    for each, content in shown:
        keys.setdefault(each.kind, {})[content.key] = each.pk
    return {
        by_key[key]
        for kind, by_key in keys.items()
        if (invented := every[kind].searchable.examples)
        for key in _invented(kind, invented, frozenset(by_key))
    }


def _invented(
    kind: str, invented: Callable[[Collection[str]], Collection[str]], keys: frozenset[str]
) -> Collection[str]:
    return remembered(lambda: invented(keys), "search", "examples", kind, keys)


def _result(
    kind: Kind,
    candidate: Candidate,
    content: Content,
    marker: Marker,
    own: Link | None,
    waiting: Collection[tuple[str, str]],
    examples: Collection[int],
) -> Result:
    begins = content.holds_from
    return Result(
        kind=candidate.kind,
        kind_name=str(kind.searchable.name),
        title=content.title,
        marked_title=marker.whole(content.title),
        url=content.path,
        trail=tuple(title for title in content.trail if title),
        snippet=marker.snippet("\n".join(filter(None, (content.summary, content.body)))),
        language=candidate.language,
        past=candidate.past,
        coming=begins if begins and begins > timezone.localdate() else None,
        date=content.date,
        own=own,
        under_review=(kind.referrer, content.key) in waiting,
        example=candidate.pk in examples,
    )


# --- When nothing is found -------------------------------------------------------------------


@dataclass(frozen=True)
class Instead:
    """Questions that would find something: spelt otherwise, or without one of the words."""

    spelt: list[str] = field(default_factory=list)
    without: list[tuple[str, str]] = field(default_factory=list)


def instead(question: Question, filters: Filters, language: str) -> Instead:
    """What could be asked instead of a question that found nothing; each would find something.

    Of questions that `language` reads alike, such as forms of one word, only the first is given.
    """
    words = question.words[:6]
    shorter = []
    if len(words) > 1:
        shorter = [
            (word, " ".join(words[:place] + words[place + 1 :])) for place, word in enumerate(words)
        ]
    dropped = {text for _word, text in shorter}
    spelt = [text for text in spelling.corrections(" ".join(words)) if text not in dropped]
    asked = [*spelt, *(text for _word, text in shorter)]
    everything = replace(filters, **ANY)
    matches = [Question(text).match for text in asked]
    found = Engines().any_found(matches, everything)
    useful: dict[tuple, str] = {}
    for text, match, there in zip(asked, matches, found, strict=True):
        if there:
            useful.setdefault(match.readings[language], text)
    kept = set(useful.values())
    return Instead(
        [text for text in spelt if text in kept],
        [(word, text) for word, text in shorter if text in kept],
    )


# --- Suggestions, and search for other apps --------------------------------------------------


def suggestions(text: str, language: str, user, limit: int = 8) -> list[Document]:
    """Things whose title has a word that begins like this, in own language first; one query.

    When there is none, those that begin so when accents are left out; one more query.
    """
    beginning = title_key(text[:MOST_CHARACTERS])
    if len(beginning.replace(" ", "")) < 2:
        return []
    documents = Document.objects.visible_to(user).only(*SHOWN, "title_key", "boost")
    found = documents.filter(title_key__contains=beginning)[:500]
    if not found:
        found = documents.filter(title_plain__contains=without_dots(beginning))[:500]
    rows = sorted(
        found,
        key=lambda row: (
            row.language != language,
            row.past,
            not row.title_key.startswith(beginning),
            -row.boost,
            len(row.title_key),
            row.title_key,
        ),
    )
    return _once(rows, limit)


def _once(rows: Iterable[Document], limit: int) -> list[Document]:
    things: dict[str, Document] = {}
    for row in rows:
        things.setdefault(row.thing, row)
    return list(things.values())[:limit]


def find(text: str, kinds: Sequence[str], language: str, user, limit: int = 10) -> list[Found]:
    """What `portal.search_api.find` answers: things of these kinds, best first."""
    question = Question(text)
    if not question.match:
        return []
    filters = Filters(audiences=audiences_of(user), kinds=tuple(kinds), own=language)
    ranked = _ranked(Engines().candidates(question.match, filters), question.match, language)
    return [
        Found(
            result.kind,
            result.title,
            result.url,
            result.snippet,
            result.language,
            example=result.example,
        )
        for result in _shown(ranked[:limit], question, language, loosely=False)
    ]
