"""A question, read in all three languages: the words that are looked for, and what they may mean.

Each language gives alternatives, the words as they stand first: the others have words that mean the
same (search/synonyms.py) in the place of those that were typed.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from law.citations import with_signs
from portal.languages import LANGUAGES
from portal.linguistics.analysis import (
    WORD,
    Token,
    analyse,
    encoded,
    is_known,
    is_light,
    is_stopword,
)
from portal.linguistics.typed import text_as_typed
from search import synonyms
from search.engines import Group, Match, Reading

MOST_CHARACTERS = 200
MOST_WORDS = 20
SHORTEST_PART = 4


class Slot(NamedTuple):
    """A place of a question: its word, the parts of it, how derived words begin, its synonyms.

    A `light` one says little of what is asked about; the language has the word of a `known` one.
    """

    whole: Group
    parts: tuple[Group, ...]
    beginning: str
    meant: tuple[Reading, ...]
    light: bool
    known: bool

    @property
    def is_bare(self) -> bool:
        """Whether nothing but the word itself may stand here."""
        return not (self.parts or self.beginning or self.meant)


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
        readings = {}
        for language in LANGUAGES:
            tokens = self.tokens(language)
            others = [tokens_of(text, language) for text in self.meant(language)]
            readings[language] = _distinct(
                [_groups(one, language) for one in (tokens, *others)] if tokens else []
            )
        return Match(readings)

    @cached_property
    def joined(self) -> Match:
        """The words with two neighbours written as one, where the language has such a word."""
        readings = {}
        for language in LANGUAGES:
            words = self.words[:8]
            found = []
            for place in range(len(words) - 1):
                word = words[place] + words[place + 1]
                if word.isalpha() and is_known(word, language):
                    whole = " ".join([*words[:place], word, *words[place + 2 :]])
                    found.append(_groups(tokens_of(whole, language), language))
            readings[language] = _distinct(found)
        return Match(readings)

    @cached_property
    def looser(self) -> Match:
        """What begins with the words, or has a part of each."""
        readings = {}
        for language in LANGUAGES:
            groups = [
                _group(token, language)
                + tuple(form for group in _parts(token, language) for form in group)
                for token in self.tokens(language)
            ]
            readings[language] = _distinct([tuple(dict.fromkeys(groups))] if groups else [])
        return Match(readings, beginnings=True)

    def pieces(self, language: str) -> list[Match]:
        """The parts of the compounds among the words, each to be looked for by itself."""
        tokens = self.tokens(language)
        parts = dict.fromkeys(part for token in tokens for part in _parts(token, language))
        return [Match({language: ((part,),)}) for part in parts]

    def meant(self, language: str) -> list[str]:
        """The question with synonyms in it, common words left in: TE-toimisto begins with one."""
        return synonyms.alternatives(analyse(" ".join(self.words), language), language)

    def tokens(self, language: str) -> list[Token]:
        return tokens_of(" ".join(self.words), language)

    def slots(self, language: str) -> list[Slot]:
        """The places of the question that say something, with all that may stand in each."""
        tokens = analyse(" ".join(self.words), language)
        meant: dict[int, dict[Reading, None]] = {}
        for start, end, texts in synonyms.meanings(tokens, language):
            readings = [_groups(tokens_of(text, language), language) for text in texts]
            for place in range(start, end):
                meant.setdefault(place, {}).update(dict.fromkeys(filter(None, readings)))
        said = [place for place, token in enumerate(tokens) if says(token, language)]
        wanted = sorted({*said, *meant}) or range(len(tokens))
        return [
            Slot(
                _group(tokens[place], language),
                _parts(tokens[place], language),
                encoded(beginning, language)
                if (beginning := _beginning(tokens[place].reading.base, language))
                else "",
                tuple(meant.get(place, ())),
                place not in meant and is_light(tokens[place], language),
                is_known(tokens[place].word, language),
            )
            for place in wanted
        ]

    def forms(self, language: str, loosely: bool = False) -> set[str]:
        """The forms by which a text of this language is found, without the mark of the language."""
        matches = [self.match, self.looser] if loosely else [self.match]
        return {
            form[1:]
            for match in matches
            for reading in match.readings[language]
            for group in reading
            for form in group
        }


# Endings by which words are derived from one another, the longest first.
DERIVING = {
    "fi": "minen|llinen|ttaa|ttää|inen|taa|tää|aja|äjä|nta|ntä|us|ys|uu|yy|ja|jä|aa|ää|ta|tä|"
    "o|ö|u|y|a|ä",
    "sv": "ningen|ning|ande|ende|else|ering|era|are|het|lig|ing|ig|ad|a|t",
    "en": "isation|ation|ment|ting|ing|tion|ance|ence|able|ity|ive|ful|al|er|or|ed|es|e|y|s",
}
ENDING = {
    language: re.compile(f"^(.{{5,}}?)(?:{endings})$") for language, endings in DERIVING.items()
}


def _beginning(base: str, language: str) -> str:
    """A base form without what it is derived by, or nothing when too little would be left."""
    found = ENDING[language].match(base)
    return found[1] if found and base.isalpha() else ""


def tokens_of(text: str, language: str) -> list[Token]:
    """The words of a text that are looked for; common ones only where there is nothing else."""
    tokens = analyse(text, language)
    return [token for token in tokens if says(token, language)] or tokens


def says(token: Token, language: str) -> bool:
    """Whether a word is one that is looked for."""
    return not is_stopword(token, language)


def _groups(tokens: list[Token], language: str) -> Reading:
    return tuple(dict.fromkeys(_group(token, language) for token in tokens))


def _group(token: Token, language: str) -> Group:
    return tuple(encoded(form, language) for form in token.reading.asked)


def _parts(token: Token, language: str) -> tuple[Group, ...]:
    long = [part for part in token.reading.parts if len(part) >= SHORTEST_PART]
    return tuple((encoded(part, language),) for part in long)


def _distinct(readings: list[Reading]) -> tuple[Reading, ...]:
    return tuple(dict.fromkeys(filter(None, readings)))
