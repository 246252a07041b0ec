"""One question, read in all three languages: words, filters and a reader in, results out."""

import datetime
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from law.impact_reviews import with_open_reviews
from portal.caching.memory import remembered
from portal.linguistics.analysis import analyse
from portal.links import Link
from portal.search_api import Found
from search import sections, spelling, steering, synonyms, weighing
from search.documents import Kind, kinds
from search.engines import CAP, Candidate, Filters, Match
from search.engines.elastic import Elastic, UnavailableError, answers, breaker, configured
from search.engines.embedded import Content, contents_of, embedded
from search.models import Document, audiences_of
from search.question import Question
from search.snippets import Marker

PER_PAGE = 10
ENOUGH = 10  # when fewer things have all the words, those with some of them follow
MANY = 200  # when more have all of several words, none with some of them is looked for
PINNED = 1e12  # a score that not even a section has that is cited
WRITTEN = {"kind": "kind", "topic": "topics", "area": "areas", "language": "language"}
FACETS = tuple(WRITTEN)
ANY: dict[str, Any] = dict.fromkeys(FACETS, "")  # filters that choose nothing


@dataclass(frozen=True, kw_only=True)
class Result(Link):
    """One thing found, as it is shown.

    `found_in` is the language of the text that has the words, where that is not the one shown;
    `unmarked` says that they stand in nothing that is shown; one that is `pinned` comes first
    because an editor says so.
    """

    kind: str
    kind_name: str
    marked_title: SafeString
    trail: tuple[str, ...]
    snippet: SafeString
    past: bool
    coming: datetime.date | None = None
    date: datetime.date | None = None
    found_in: str = ""
    unmarked: bool = False
    under_review: bool = False
    example: bool = False
    pinned: bool = False


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
    renamed: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Engines:
    """Asks Elasticsearch if there is one and it answers, else the database; `reduced` says so."""

    reduced: bool = False

    def candidates(self, match: Match, filters: Filters, limit: int = CAP) -> list[Candidate]:
        return self._first(lambda engine: engine.candidates(match, filters, limit))

    def any_found(self, matches: Sequence[Match], filters: Filters) -> list[bool]:
        return self._first(lambda engine: engine.any_found(matches, filters))

    def keys(self, matches: Sequence[Match], filters: Filters, limit: int = CAP) -> list[list[int]]:
        return self._first(lambda engine: engine.keys(matches, filters, limit))

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


@dataclass
class Understood:
    """The question as it was answered, what it found, and how: see `Results`.

    `first` are the primary keys of the candidates that come before the others.
    """

    question: Question
    candidates: list[Candidate]
    first: set[int] = field(default_factory=set)
    loosened: bool = False
    respelt: str = ""


def search(
    question: Question,
    filters: Filters,
    language: str,
    page: int = 1,
    engines: Engines | None = None,
    *,
    as_typed: bool = False,
    per_page: int = PER_PAGE,
) -> Results:
    """The results of a page, those in `language` first, with their counts.

    `filters` carries the audiences of the reader (see `reader`), so nothing that they may not see
    is found, counted or suggested. Two thousand candidates are ranked at most. `engines` is given
    by who wants to know which of them answered; `as_typed` puts no spelling right.
    """
    if not question.match:
        return Results()
    engines = engines or Engines()
    filters = replace(filters, own=language)
    # Asked without what was chosen: the counts of the filters need what those would leave out.
    everything = replace(filters, **ANY)
    understood = _understood(question, engines, everything, language, as_typed)
    pinned = _pinned(question, everything, language)
    candidates = _before(pinned, understood.candidates)
    match = understood.question.match
    capped = len(candidates) >= CAP
    passing = candidates
    # Of more than two thousand those that pass the filters may be missing: ask for them alone.
    if filters.chosen and capped:
        passing = engines.candidates(match, filters)
    elif filters.chosen:
        passing = [each for each in candidates if _passes(each, filters.chosen)]
    ranked = _ranked(passing, language, understood.first | {each.pk for each in pinned})
    shown = ranked[per_page * (page - 1) : per_page * page]
    return Results(
        results=_shown(shown, understood.question, filters, understood.loosened, pinned),
        total=len(ranked),
        capped=len(passing) >= CAP,
        facets=_counts(candidates, filters.chosen),
        unfiltered=len({each.thing for each in candidates}) if filters.chosen else len(ranked),
        loosened=understood.loosened,
        reduced=engines.reduced,
        respelt=understood.respelt,
        renamed=synonyms.renamed(analyse(" ".join(understood.question.words), language), language),
    )


def _pinned(question: Question, filters: Filters, language: str) -> list[Candidate]:
    """What comes first for these words because an editor says so, where the reader may see it."""
    addresses = steering.pinned(question.words, language)
    if not addresses:
        return []
    rows = Document.objects.filter(path__in=addresses, language=language)
    rows = rows.filter(audience__in=filters.audiences).narrow()
    return [
        row.candidate(PINNED) for row in sorted(rows, key=lambda row: addresses.index(row.path))
    ]


def _understood(
    question: Question, engines: Engines, everything: Filters, language: str, as_typed: bool
) -> Understood:
    """What a question finds, read ever more freely while it finds too little.

    All of the words; put right where nobody writes them so; with neighbours written together; some
    of the words; what begins with them or has a part of them. Sections that are cited come first.
    """
    cited = sections.cited(question)
    first = sections.candidates(cited, everything) if cited else []
    if cited and not first:
        return Understood(question, [])
    found = Understood(question, engines.candidates(question.match, everything))
    if not first:
        if not (found.candidates or as_typed) and (
            right := _put_right(question, engines, everything, language)
        ):
            found = Understood(
                right, engines.candidates(right.match, everything), respelt=right.text
            )
        _widen(found, engines, everything, language)
    found.first |= {each.pk for each in first}
    found.candidates = _before(first, found.candidates)
    return found


def _widen(found: Understood, engines: Engines, everything: Filters, language: str) -> None:
    """Put what was found in order, and add what comes near to few candidates or to none."""
    question = found.question
    if not found.candidates and question.joined:
        found.candidates = engines.candidates(question.joined, everything)
    exact = bool(found.candidates)
    own = {each.thing for each in found.candidates if each.language == language}
    if len(own) < ENOUGH or (len(own) < MANY and len(question.slots(language)) > 1):
        first = weighing.some_of_the_words(question, engines, everything, language)
    else:
        first = weighing.all_of_the_words(question, found.candidates, everything, language)
    found.first |= {each.pk for each in first}
    found.candidates = _before(first, found.candidates)
    alone = not found.candidates and len(question.tokens(language)) == 1
    if alone and all(engines.any_found(question.pieces(language), everything)):
        found.candidates = engines.candidates(question.looser, everything)
    found.loosened = bool(found.candidates) and not exact


def _before(first: Sequence[Candidate], found: Sequence[Candidate]) -> list[Candidate]:
    """What was weighed, and after it whatever else was found."""
    known = {each.pk for each in first}
    rest = (each for each in found if each.pk not in known)
    return [*first, *rest]


def _put_right(
    question: Question, engines: Engines, everything: Filters, language: str
) -> Question | None:
    """The question that finds something once the words that no text has are put right."""
    words = [word.lower() for word in question.words[:8]]
    doubtful = [
        word
        for word in dict.fromkeys(words)
        if not spelling.is_written(word) and spelling.may_be_wrong(word, language)
    ]
    if not doubtful:
        return None
    there = engines.any_found(
        [Question(word).match.without_stems(language) for word in doubtful], everything
    )
    unknown = {word for word, is_there in zip(doubtful, there, strict=True) if not is_there}
    others = [Question(text) for text in spelling.corrections(words, unknown, language)]
    if len(others) > 1:
        found = engines.any_found([other.match for other in others], everything)
        best = [other for other, there in zip(others, found, strict=True) if there]
        return (best or others)[0]
    return next(iter(others), None)


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


def _ranked(candidates: list[Candidate], language: str, first: Collection[int]) -> list[Candidate]:
    """Each thing once: own language before others, what holds before what held, then by score.

    The scores of the `first` are reckoned in another way than those of an engine: they come before.
    """

    def order(each: Candidate):
        return (each.language != language, each.past, each.pk not in first, -each.score, each.pk)

    things: dict[str, Candidate] = {}
    for candidate in sorted(candidates, key=order):
        things.setdefault(candidate.thing, candidate)
    return list(things.values())


def _shown(
    page: list[Candidate],
    question: Question,
    filters: Filters,
    loosely: bool,
    pinned: Collection[Candidate] = (),
) -> list[Result]:
    language = filters.own
    found_in = {}
    if foreign := [each.thing for each in page if each.language != language]:
        own = Document.objects.filter(
            thing__in=foreign, language=language, audience__in=filters.audiences
        )
        siblings = {row.thing: row for row in own.narrow()}
        found_in = {row.pk: "" for row in siblings.values()}
        for place, each in enumerate(page):
            if each.language != language and (sibling := siblings.get(each.thing)):
                found_in[sibling.pk] = each.language
                page[place] = sibling.candidate(each.score)
    contents = contents_of([each.pk for each in page])
    # One that is not there was withdrawn between the two queries.
    shown = [(each, contents[each.pk]) for each in page if each.pk in contents]
    every = kinds()
    waiting = _waiting(every, shown)
    examples = _examples(every, shown)
    languages = {each.language for each in page}
    first = {each.pk for each in pinned}
    markers = {code: Marker(code, question.forms(code, loosely)) for code in languages}
    return [
        _result(
            every[each.kind],
            each,
            content,
            markers[each.language],
            found_in.get(each.pk, ""),
            waiting,
            examples,
            first,
        )
        for each, content in shown
    ]


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
    found_in: str,
    waiting: Collection[tuple[str, str]],
    examples: Collection[int],
    pinned: Collection[int],
) -> Result:
    begins = content.holds_from
    title = marker.whole(content.title)
    snippet = marker.snippet("\n".join(filter(None, (content.summary, content.body))))
    return Result(
        kind=candidate.kind,
        kind_name=str(kind.searchable.name),
        title=content.title,
        marked_title=title,
        url=content.path,
        trail=tuple(title for title in content.trail if title),
        snippet=snippet,
        language=candidate.language,
        past=candidate.past,
        coming=begins if begins and begins > timezone.localdate() else None,
        date=content.date,
        found_in=found_in,
        unmarked=not found_in and "<mark>" not in title + snippet,
        under_review=(kind.referrer, content.key) in waiting,
        example=candidate.pk in examples,
        pinned=candidate.pk in pinned,
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
    unknown = {word for word in words if spelling.may_be_wrong(word.lower(), language)}
    spelt = [
        text
        for text in spelling.corrections(words, unknown, language)
        if text not in dropped and text != question.text
    ]
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


# --- Search for other apps ---------------------------------------------------------------------


def find(text: str, kinds: Sequence[str], language: str, user, limit: int = 10) -> list[Found]:
    """What `portal.search_api.find` answers: things of these kinds, best first."""
    question = Question(text)
    if not question.match:
        return []
    filters = Filters(audiences=audiences_of(user), kinds=tuple(kinds), own=language)
    candidates = Engines().candidates(question.match, filters)
    first = weighing.all_of_the_words(question, candidates, filters, language)
    ranked = _ranked(_before(first, candidates), language, {each.pk for each in first})
    return [
        Found(
            result.kind,
            result.title,
            result.url,
            result.snippet,
            result.language,
            example=result.example,
        )
        for result in _shown(ranked[:limit], question, filters, loosely=False)
    ]
