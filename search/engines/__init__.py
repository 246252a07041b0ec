"""What every search engine answers, whichever it is.

An engine finds candidates: which documents have the words, and how well. All that gives the
results their character (whose language comes first, what is shown once, counts, pages) is made of
the candidates in search/queries.py, so it is the same on every engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple, Protocol

CAP = 2_000  # candidates that are ranked and counted; beyond it, "more than 2,000"
STEM = "0"  # what a mere stem begins with, after the mark of its language
SHORTEST_BEGINNING = 4  # letters, the mark of the language among them


Group = tuple[str, ...]  # the forms of one word: a document must have one of them
Reading = tuple[Group, ...]  # the words of one way to read a question: it must have them all


@dataclass(frozen=True)
class Match:
    """The words asked for, in each language they can be read in.

    `readings[language]` has the ways to read them, of which one will do; forms are marked with
    their language, so a document is only found in its own. With `beginnings` a word that begins
    with a form will do; with `in_title` they must stand in the title.
    """

    readings: dict[str, tuple[Reading, ...]]
    beginnings: bool = False
    in_title: bool = False

    def __bool__(self):
        return any(self.readings.values())

    def without_stems(self, language: str) -> "Match":
        """The same without the mere stems that words unknown to other languages keep there."""
        readings = {
            code: tuple(
                tuple(tuple(form for form in group if form[1:2] != STEM) or group for group in one)
                for one in several
            )
            if code != language
            else several
            for code, several in self.readings.items()
        }
        return replace(self, readings=readings)

    def each(self) -> Iterator[Reading]:
        """Every reading of every language."""
        for readings in self.readings.values():
            yield from readings


@dataclass(frozen=True)
class Filters:
    """What narrows the candidates; `audiences` always does. `on`: what holds on a day.

    `own` is the reader's language: it narrows nothing, and comes first when there are too many.
    """

    audiences: Sequence[str]
    kind: str = ""
    topic: str = ""
    area: str = ""
    language: str = ""
    kinds: Sequence[str] = field(default_factory=tuple)
    on: date | None = None
    own: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that the reader chose, by name."""
        every = {"kind": self.kind, "topic": self.topic, "area": self.area}
        every["language"] = self.language
        return {name: value for name, value in every.items() if value}


class Candidate(NamedTuple):
    """One document that has the words: the narrow row, and its score (larger is better)."""

    pk: int
    thing: str
    kind: str
    language: str
    topics: str
    areas: str
    past: bool
    title_terms: str
    score: float


class Engine(Protocol):
    def candidates(self, match: Match, filters: Filters, limit: int = CAP) -> list[Candidate]:
        """The documents that match and pass, at most `limit`.

        Beyond it those are left out that results show last: in other languages than the reader's,
        then what holds no longer, then by score.
        """

    def any_found(self, matches: Sequence[Match], filters: Filters) -> list[bool]:
        """For each match whether anything is found by it, in one request to the engine."""

    def keys(self, matches: Sequence[Match], filters: Filters, limit: int = CAP) -> list[list[int]]:
        """For each match the primary keys of at most `limit` of its documents, in one request."""
