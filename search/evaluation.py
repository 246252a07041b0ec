"""How good the search is: the gold set's questions put to an engine, and what came of them.

`search/data/gold.toml` has questions as people type them with the addresses that answer them,
graded 1 to 3, each found from the site alone. Half of them (`tuning`) are for working with, half
(`kept`) are looked at when the work is done.
"""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from django.contrib.auth.models import AnonymousUser

from portal.languages import in_language
from search.queries import Engines, Question, reader, search

FILE = Path(__file__).parent / "data" / "gold.toml"
HALVES = ("tuning", "kept")
NOTHING = "nothing"  # the kind of questions that must find nothing
LOOKED_AT = 10


@dataclass(frozen=True)
class GoldQuestion:
    """One question of the set: its words, and the grade of each address that answers it."""

    id: str
    language: str
    words: str
    kind: str
    half: str
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Answer:
    """What a question found: the addresses of its first ten results, and how many in all."""

    question: GoldQuestion
    addresses: tuple[str, ...]
    total: int

    @property
    def ndcg(self) -> float:
        """Normalised discounted cumulative gain of the first ten; 1 when the best come first."""
        grades = self.question.grades
        ideal = sorted(grades.values(), reverse=True)[:LOOKED_AT]
        seen = dict.fromkeys(self.addresses)
        return gain(grades.get(address, 0) for address in seen) / gain(ideal)

    @property
    def recall(self) -> float:
        """The share of the addresses that answer it which are among the first ten."""
        wanted = self.question.grades.keys()
        return len(wanted & set(self.addresses)) / min(len(wanted), LOOKED_AT)


@dataclass(frozen=True)
class Row:
    """The figures of some questions. `false` is how many of `nonsense` found something."""

    language: str
    kind: str
    questions: int
    ndcg: float | None
    recall: float | None
    empty: float | None
    false: int
    nonsense: int


def gain(grades: Iterable[int]) -> float:
    """Discounted cumulative gain of grades in the order of the results."""
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def questions(half: str = "tuning", path: Path = FILE) -> list[GoldQuestion]:
    """The questions of a half, or of both when `half` is "all"."""
    rows = tomllib.loads(path.read_text())["question"]
    found = [
        GoldQuestion(
            id=row["id"],
            language=row["language"],
            words=row["words"],
            kind=row["kind"],
            half=row["half"],
            grades={one["address"]: one["grade"] for one in row.get("answers", [])},
        )
        for row in rows
    ]
    return [one for one in found if half in ("all", one.half)]


def asked(question: GoldQuestion, engines: Engines) -> Answer:
    """Put a question as a reader without an account does, in the language of the question."""
    with in_language(question.language):
        found = search(
            Question(question.words), reader(AnonymousUser()), question.language, engines=engines
        )
    return Answer(question, tuple(result.url for result in found.results), found.total)


def table(answers: Iterable[Answer]) -> list[Row]:
    """A row for each language and kind, for each language, and for all; in that order."""
    given = list(answers)
    languages = dict.fromkeys(answer.question.language for answer in given)
    rows = []
    for language in languages:
        own = [answer for answer in given if answer.question.language == language]
        for kind in sorted({answer.question.kind for answer in own}):
            rows.append(row(language, kind, [one for one in own if one.question.kind == kind]))
        rows.append(row(language, "all", own))
    return [*rows, row("all", "all", given)]


def row(language: str, kind: str, answers: list[Answer]) -> Row:
    nonsense = [one for one in answers if one.question.kind == NOTHING]
    sound = [one for one in answers if one.question.kind != NOTHING]
    return Row(
        language,
        kind,
        len(answers),
        fmean(one.ndcg for one in sound) if sound else None,
        fmean(one.recall for one in sound) if sound else None,
        fmean(one.total == 0 for one in sound) if sound else None,
        sum(one.total > 0 for one in nonsense),
        len(nonsense),
    )
