"""Words that people use and the texts do not: colloquial words, abbreviations, former names.

They are written in `data/synonyms.toml`, for each language, with the reason of each, and editors
add to them (search/steering.py). They are put in the place of what was typed when a question is
read, so that no index has to be made anew.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from portal.linguistics.analysis import Token, analyse
from portal.linguistics.typed import without_dots
from search import steering

FILE = Path(__file__).parent / "data" / "synonyms.toml"
SHORTEST_BEGUN = 3  # letters
MOST = 5  # alternatives of a question


class Synonym(NamedTuple):
    """The forms of each word that is replaced, and the texts that may stand in their place."""

    asked: tuple[frozenset[str], ...]
    means: tuple[str, ...]
    retired: bool = False


def entries() -> list[dict]:
    """The file's entries: language, words, means, why."""
    return tomllib.loads(FILE.read_text())["synonym"]


@lru_cache(maxsize=3)
def _of_the_file(language: str) -> dict[str, list[Synonym]]:
    own = [entry for entry in _entries() if entry["language"] == language]
    return _by_form(((entry["words"], tuple(entry["means"]), False) for entry in own), language)


@lru_cache(maxsize=12)
def _of_editors(language: str, synonyms: tuple[steering.Said, ...]) -> dict[str, list[Synonym]]:
    return _by_form(((one.words, one.means, one.retired) for one in synonyms), language)


def _by_form(
    given: Iterable[tuple[Sequence[str], tuple[str, ...], bool]], language: str
) -> dict[str, list[Synonym]]:
    """Synonyms by each form of their first word."""
    found: dict[str, list[Synonym]] = {}
    for typed, means, retired in given:
        for words in typed:
            for written in dict.fromkeys((words, words.replace("-", " "))):
                asked = tuple(
                    frozenset(token.reading.asked) for token in analyse(written, language)
                )
                for form in asked[0] if asked else ():
                    found.setdefault(form, []).append(Synonym(asked, means, retired))
    return found


def alternatives(tokens: Sequence[Token], language: str) -> list[str]:
    """The question with synonyms in the place of its words; at most five texts, none as asked."""
    found: dict[str, None] = {}
    for start, end, synonym in _places(tokens, language):
        before = [token.word for token in tokens[:start]]
        after = [token.word for token in tokens[end:]]
        for text in synonym.means:
            found[" ".join([*before, text, *after])] = None
    return list(found)[:MOST]


def meanings(tokens: Sequence[Token], language: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where words have others that mean the same: (first, one after the last, the others)."""
    for start, end, synonym in _places(tokens, language):
        yield start, end, synonym.means


def begun(typed: str, language: str) -> list[str]:
    """What words mean that begin like this (in lower case, without accents), of both lists."""
    wanted = typed.strip()
    if len(wanted) < SHORTEST_BEGUN:
        return []
    said = [(one.words, one.means) for one in steering.of(language).synonyms]
    file = [
        (tuple(entry["words"]), tuple(entry["means"]))
        for entry in _entries()
        if entry["language"] == language
    ]
    found = [
        meaning
        for words, means in (*said, *file)
        if any(without_dots(word).startswith(wanted) for word in words)
        for meaning in means
    ]
    return list(dict.fromkeys(found))[:MOST]


@lru_cache(maxsize=1)
def _entries() -> tuple[dict, ...]:
    return tuple(entries())


def renamed(tokens: Sequence[Token], language: str) -> list[tuple[str, str]]:
    """The former names among the words, as they were typed, each with the name of today."""
    return [
        (" ".join(token.word for token in tokens[start:end]), synonym.means[0])
        for start, end, synonym in _places(tokens, language)
        if synonym.retired
    ]


def _places(tokens: Sequence[Token], language: str) -> Iterator[tuple[int, int, Synonym]]:
    """Where a synonym stands among the words: (first, one after the last, synonym)."""
    editors = _of_editors(language, steering.of(language).synonyms)
    file = _of_the_file(language)
    for start, token in enumerate(tokens):
        seen: set[int] = set()
        for form in token.reading.asked:
            for synonym in (*editors.get(form, ()), *file.get(form, ())):
                end = start + len(synonym.asked)
                if id(synonym) in seen or end > len(tokens):
                    continue
                seen.add(id(synonym))
                pairs = zip(tokens[start:end], synonym.asked, strict=True)
                if all(asked.intersection(one.reading.asked) for one, asked in pairs):
                    yield start, end, synonym
