"""One reading of the language for every engine: text in, base forms and compound parts out.

`analyse(text, language)` is what the index, the query and the marking of snippets all use, so a
word is found by exactly the forms under which it was indexed. Finnish is read by Voikko where the
system has it, else by word lists and the splitter in `compounds.py`; Swedish and English by word
lists. A word that nobody knows keeps itself, and its Snowball stem as a second form.
"""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import snowballstemmer
from simplemma import __version__ as lists_version

from portal.linguistics import compounds, voikko
from portal.linguistics.typed import WITHOUT_WIDTH
from portal.linguistics.word_lists import base_forms

LONGEST_WORD = 64
# Letters, and between them accents of their own and marks without width.
LETTERS = "[^\\W_]+(?:[\u0300-\u036f\u00ad\u200b\u2060\ufeff]+[^\\W_]*)*"
WORD = re.compile(
    rf"(?<!\d)\d{{1,4}}(?:\s?[a-z])?\s?§|(?<![\d/])\d{{1,4}}/\d{{4}}(?![\d/])|{LETTERS}(?:[-‑–'’:]{LETTERS})*",
    re.IGNORECASE,
)
JOINTS = re.compile("[-‑–]")
STEMMERS = {"fi": "finnish", "sv": "swedish", "en": "english"}


@dataclass(frozen=True, slots=True)
class Reading:
    """What one word can be: its base form, other forms it may be found by, its parts."""

    base: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def asked(self) -> tuple[str, ...]:
        """What a query for this word looks for: any of these."""
        return (self.base, *self.others)

    @property
    def findable(self) -> frozenset[str]:
        """What a query may ask for and find this word."""
        return frozenset((self.base, *self.others, *self.parts))


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the text: where it stands, how it is written (in lower case), what it is."""

    start: int
    end: int
    word: str
    reading: Reading


@cache
def stopwords(language: str) -> frozenset[str]:
    """Words too common to look for in running text."""
    path = Path(__file__).parent / "lists" / f"{language}.txt"
    return frozenset(path.read_text().split())


@cache
def light_words(language: str) -> frozenset[str]:
    """Base forms of words that say little of what a text is about."""
    path = Path(__file__).parent / "lists" / "light.toml"
    return frozenset(tomllib.loads(path.read_text())[language].split())


def analyser_name() -> str:
    """Which analysis the index is made with; a different name means that it must be remade."""
    finnish = f"voikko-{voikko.version()}" if voikko.available() else f"lists-{lists_version}"
    return f"5 fi:{finnish} sv,en:lists-{lists_version}"


def analyse(text: str, language: str, finnish: str | None = None) -> list[Token]:
    """The words of a text, in order.

    `language` is fi, sv or en; `finnish` forces one way of reading Finnish ("voikko", "lists",
    "snowball") and is otherwise the best one there is.
    """
    backend = backend_of(language, finnish)
    return [
        Token(match.start(), match.end(), *read(match.group(), language, backend))
        for match in WORD.finditer(text)
    ]


def backend_of(language: str, finnish: str | None = None) -> str:
    if language != "fi":
        return "lists"
    return finnish or ("voikko" if voikko.available() else "lists")


@lru_cache(maxsize=65_536)
def read(written: str, language: str, backend: str) -> tuple[str, Reading]:
    """One word as it is written: in lower case, and what it is."""
    word = _normalised(written)
    return word, _reading_of(word, language, backend)


def _normalised(written: str) -> str:
    """The word in lower case, composed, without soft hyphens; a section number with its sign."""
    word = unicodedata.normalize("NFC", WITHOUT_WIDTH.sub("", written)).lower()
    if word.endswith("§"):
        return re.sub(r"\s", "", word)
    return JOINTS.sub("-", word)[:LONGEST_WORD].strip("-'’:")


def _reading_of(word: str, language: str, backend: str) -> Reading:
    if word.endswith("§"):
        number = word[:-1]
        return Reading(f"pykala{number}", (), (number,))
    if "/" in word:  # the number of an act or a bill, and its two halves
        return Reading(_plain(word), (), tuple(word.split("/")))
    word = re.split("['’:]", word, maxsplit=1)[0] if len(word) > 2 else word
    if "-" in word:
        return _hyphenated(word, language, backend)
    if not word.isalpha():
        return Reading(_plain(word))
    if backend == "voikko" and (found := voikko.read(word)):
        bases, parts = found
        return _reading(bases, [*parts, *compounds.finnish_parts(bases[0], base_forms("fi"))])
    if backend == "snowball":
        return Reading(_stem(word, language))
    found = compounds.read(word, language, base_forms(language))
    if found:
        return _reading(*found)
    return Reading(_plain(word), (f"0{_stem(word, language)}",))


def _reading(bases: list[str], parts: list[str]) -> Reading:
    first, *others = dict.fromkeys(filter(None, map(_plain, bases)))
    rest = dict.fromkeys(filter(None, map(_plain, parts)))
    known = {first, *others}
    return Reading(first, tuple(others), tuple(part for part in rest if part not in known))


def _hyphenated(word: str, language: str, backend: str) -> Reading:
    """ELY-keskusten: elykeskus, with the parts ely and keskus."""
    *heads, tail = (piece for piece in word.split("-") if piece)
    readings = [_reading_of(head, language, backend) for head in heads]
    last = _reading_of(tail, language, backend)
    whole = _plain("".join(heads)) + last.base
    parts = [form for reading in (*readings, last) for form in (*reading.asked, *reading.parts)]
    return Reading(whole, (), tuple(dict.fromkeys(part for part in parts if part != whole)))


def _stem(word: str, language: str) -> str:
    return snowballstemmer.stemmer(STEMMERS[language]).stemWord(word)


def _plain(word: str) -> str:
    """Letters and digits alone, so that every engine takes it for one word."""
    return "".join(filter(str.isalnum, word.lower()))[:LONGEST_WORD]


def is_known(word: str, language: str) -> bool:
    """Whether the language has the word, in any form: one that is not known keeps a mere stem."""
    reading = read(word, language, backend_of(language))[1]
    return not any(form.startswith("0") for form in reading.others)


def encoded(form: str, language: str) -> str:
    """A form as the engines store it: marked with its language."""
    return f"{language[0]}{form}"


def is_light(token: Token, language: str) -> bool:
    """Whether a word says little of what is asked about: `tarvita`, `hitta`, `how many`."""
    light = light_words(language)
    return token.word in light or token.reading.base in light


def is_stopword(token: Token, language: str) -> bool:
    return token.word in stopwords(language)
