"""Sections of the law that a question cites, however it does: `14 §`, `KotoL 14`, `section 14`.

They come before whatever else is found. A section that is not there is nothing that could be found:
the question is not read as words then.
"""

import re
from dataclasses import dataclass

from django.db.models import Count

from law.citations import with_signs
from law.models import Act
from portal.caching.memory import remembered
from portal.languages import LANGUAGES
from portal.linguistics.analysis import analyse
from portal.linguistics.typed import text_as_typed
from search import synonyms
from search.engines import Candidate, Filters
from search.models import Document
from search.question import Question, tokens_of

CITED = re.compile(r"(?<!\w)(\d{1,3}[a-zåäö]?)§", re.IGNORECASE)
NUMBER = re.compile(r"(?<![\w/])\d{1,3}(?:\s?[a-g])?(?![\w/])", re.IGNORECASE)
# `61 ja 62 §`, `§ 61 and 62`, `61–65 §`: numbers beside one that is cited.
AND = r"\s*(?:,|&|ja|sekä|tai|och|samt|eller|and|or)\s*"
BEFORE_IT = re.compile(rf"(?<![\w/])(\d{{1,3}}[a-z]?)(?={AND}\d{{1,3}}[a-z]?§)", re.IGNORECASE)
AFTER_IT = re.compile(rf"(§{AND})(\d{{1,3}}[a-z]?)(?![\w/§])", re.IGNORECASE)
RANGE = re.compile(r"(?<![\w/])(\d{1,3})§?\s*[-–]\s*(\d{1,3})§", re.IGNORECASE)
LONGEST_RANGE = 10
FIRST = 1e9  # a score that nothing else has


@dataclass(frozen=True)
class NamedAct:
    """An act by what its addresses are made of, how many sections it has, and its names' forms."""

    place: str
    sections: int
    names: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True)
class Cited:
    """The numbers that are cited, and the act where it is named, as it stands in addresses."""

    numbers: tuple[str, ...]
    act: str


def cited(question: Question) -> Cited | None:
    """What a question cites; with the name of an act and nothing else, a bare number too."""
    text = _each_with_its_sign(with_signs(text_as_typed(question.text[:200])))
    numbers = [number.lower() for number in CITED.findall(text)]
    bare = NUMBER.findall(text) if not numbers else []
    if not numbers and not bare:
        return None
    rest = (CITED if numbers else NUMBER).sub(" ", text)
    act, named_alone = _named(rest)
    if not numbers:
        if not (act and named_alone and len(bare) == 1):
            return None
        numbers = ["".join(bare[0].lower().split())]
    return Cited(tuple(dict.fromkeys(numbers)), act)


def _each_with_its_sign(text: str) -> str:
    """The text with a sign after each number of a list or range of sections."""

    def all_of(match: re.Match) -> str:
        first, last = int(match[1]), int(match[2])
        numbers = range(first, min(last, first + LONGEST_RANGE - 1) + 1)
        return " ".join(f"{number}§" for number in numbers) or match[0]

    text = RANGE.sub(all_of, text)
    before = ""
    while text != before:  # each pass gives a sign to the next number of a list
        before, text = text, AFTER_IT.sub(r"\1\2§", BEFORE_IT.sub(r"\1§", text))
    return text


def candidates(question: Cited, filters: Filters) -> list[Candidate]:
    """The sections that are cited and that the reader may see, those of the act first."""
    rows = Document.objects.filter(kind="section", audience__in=filters.audiences)
    found = []
    sizes = {act.place: act.sections for act in remembered(_acts, "search", "acts")}
    largest = max(sizes.values(), default=1) or 1
    for place, number in enumerate(question.numbers[:5]):
        numbered = rows.filter(title_key__startswith=f" {number}§")
        if question.act:
            numbered = numbered.filter(path__contains=f"/{question.act}/")
        for row in numbered.narrow():
            size = sizes.get(row.path.rstrip("/").split("/")[-2], 0)
            found.append(row.candidate(FIRST * row.boost * (1 + size / largest) / (1 + place)))
    return found


def _named(text: str) -> tuple[str, bool]:
    """The act whose name is in a text, and whether there is nothing else in it."""
    if not any(letter.isalpha() or letter == "/" for letter in text):
        return "", False
    for language in LANGUAGES:
        tokens = tokens_of(text, language)
        written = [
            tokens,
            *(analyse(one, language) for one in synonyms.alternatives(tokens, language)),
        ]
        for each in written:
            forms = {form for token in each for form in token.reading.asked}
            for act in remembered(_acts, "search", "acts"):
                for code, name in act.names:
                    if code == language and name <= forms:
                        return act.place, len(each) <= len(name)
    return "", False


def _acts() -> list[NamedAct]:
    """The acts, the one with most sections first."""
    acts = Act.objects.annotate(size=Count("sections")).order_by("-size")
    return [
        NamedAct(
            f"{act.number}-{act.year}",
            act.size,
            tuple(
                (
                    language,
                    frozenset(token.reading.base for token in tokens_of(name, language)),
                )
                for language in LANGUAGES
                for name in (
                    getattr(act, f"short_{language}"),
                    getattr(act, f"name_{language}"),
                    act.reference,
                )
                if name
            ),
        )
        for act in acts
    ]
