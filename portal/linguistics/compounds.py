"""Reading a word with nothing but a list of forms: endings off, compounds apart.

The lists know simple words well and most compounds of this field not at all, so an unknown word is
cut into known ones: kotoutumis+koulutukset. A cut needs an earlier part in a form that compounds
use (nominative, genitive, the -s of -nen words; in Swedish also with the joining s) and a last
part that is a known word. Known words are cut too, for their parts: oleskelu+lupa.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.linguistics.word_lists import Forms

_lists = tomllib.loads((Path(__file__).parent / "lists" / "compounds.toml").read_text())
SHORT = {language: frozenset(words.split()) for language, words in _lists["short"].items()}
NOT_LAST = frozenset(_lists["never"]["last"].split())
NOT_FIRST = frozenset(_lists["never"]["first"].split())
CORRECTIONS = _lists["corrections"]

CLITIC = re.compile("^(.{4,}?)(?:kin|k[aä][aä]n|k[oö]|h[aä]n|p[aä])$")
POSSESSIVE = re.compile("^(.{4,}?)(?:ni|si|ns[aä]|mme|nne|[aeiouyäö]n)$")
ACTION = re.compile(
    "^(.{3,}mi)(?:nen|sen|sta|stä|seen|sessa|sessä|sesta|sestä|sella|sellä|selta|seltä|selle|sena|senä"
    "|seksi|set|sten|sia|siä|siin|sissa|sissä|sista|sistä|silla|sillä|silta|siltä|sille)"
    "(?:ni|si|ns[aä]|mme|nne|kin|k[aä][aä]n)?$"
)
# unkarilaisten → unkarilainen, when the word is not known.
NEN = re.compile(
    "^(.{3,}i)(?:nen|sen|sta|stä|seen|sessa|sessä|sesta|sestä|sella|sellä|selta|seltä|selle"
    "|set|sten|sia|siä|siin|sissa|sissä|sista|sistä|silla|sillä|silta|siltä|sille)$"
)
FIELD_WORD = re.compile("^(kotoutuj)[ai]?(?:[aeinlstk]{0,6})$")
# An inflected form of the word as its own base form would have it: työ is a word if työn is of työ.
INFLECTED = {"fi": ("n", "a", "ä"), "sv": ("en", "n", "et", "s"), "en": ("s", "ed")}


def action_noun(word: str) -> str | None:
    """kotoutumisen, kotoutumista → kotoutuminen; None for other words."""
    match = ACTION.match(word)
    return match and f"{match[1]}nen"


def s_stem(head: str, forms: Forms | None = None) -> str | None:
    """kotoutumis, nais, erityis → the -nen word of which it is the compound form."""
    noun = f"{head[:-1]}nen"
    if re.search("(?:mis|lais|läis|nais|his|llis)$", head):
        return noun
    if forms is not None and head.endswith("is") and forms.get(noun) == noun:
        return noun
    return None


def read(word: str, language: str, forms: Forms) -> tuple[list[str], list[str]] | None:
    """Base forms (likeliest first) and compound parts of a word; None when it cannot be read."""
    if corrected := CORRECTIONS[language].get(word):
        return list(corrected), []
    if language == "fi":
        return _finnish(word, forms)
    bases = _known(word, language, forms)
    if language == "en":
        return (bases, []) if bases else None
    cutter = Cutter(forms, _swedish_head, _swedish_tail, short=SHORT["sv"])
    if bases:
        return bases, cutter.parts(bases[0])
    cut = cutter.cut(word)
    return ([cut.base], cutter.parts(cut.base) or cut.parts) if cut else None


def _known(word: str, language: str, forms: Forms) -> list[str]:
    """The base forms the list gives for a word, and for it as a name: helsingissä, Vantaalla.

    The list gives one base form a word; a word that is one itself keeps both (plan: plana, plan),
    and a plural that is listed by itself is led to its singular (palvelut: palvelu).
    """
    bases = []
    if base := forms.get(word):
        bases.append(base.lower())
        singular = base[:-1]
        if language == "fi" and base[-1] == "t" and forms.get(singular) == singular:
            bases = [singular]
        if base != word and any(forms.get(word + end) == word for end in INFLECTED[language]):
            bases.append(word)
    if name := forms.get(word.capitalize()):
        bases.append(name.lower())
    return bases


def _finnish(word: str, forms: Forms) -> tuple[list[str], list[str]] | None:
    cutter = _finnish_cutter(forms)
    for form in _without_endings(word):
        bases = _known(form, "fi", forms)
        if noun := action_noun(form):
            return [noun, *bases], cutter.parts(noun)
        if field := FIELD_WORD.match(form):
            return [f"{field[1]}a"], []
        if bases:
            return bases, cutter.parts(bases[0])
        if cut := cutter.cut(form):
            return [cut.base], cutter.parts(cut.base)
    if match := NEN.match(word):
        return [f"{match[1]}nen"], []
    return None


def finnish_parts(base: str, forms: Forms) -> list[str]:
    """The parts of a Finnish base form: kiintiöpakolainen is kiintiö and pakolainen."""
    return _finnish_cutter(forms).parts(base)


def _finnish_cutter(forms: Forms) -> "Cutter":
    return Cutter(forms, _finnish_head, _finnish_tail, short=SHORT["fi"])


def _without_endings(word: str) -> Iterator[str]:
    """The word, then without its clitic, then without its possessive suffix."""
    yield word
    if match := CLITIC.match(word):
        word = match[1]
        yield word
    if match := POSSESSIVE.match(word):
        stem = match[1]
        yield from (stem, f"{stem}n", f"{stem}t", f"{stem}{stem[-1]}n")


def _finnish_head(head: str, forms: Forms) -> str | None:
    if head in NOT_FIRST:
        return None
    if nominative := s_stem(head, forms):
        return nominative
    if corrected := CORRECTIONS["fi"].get(head):
        return corrected[0]
    base = forms.get(head)
    return base if base == head or head.endswith(("n", "t")) else None


def _finnish_tail(tail: str, forms: Forms) -> str | None:
    if field := FIELD_WORD.match(tail):
        return f"{field[1]}a"
    noun = action_noun(tail)
    if noun:
        return noun if forms.get(noun) else None
    corrected = CORRECTIONS["fi"].get(tail)
    base = corrected[0] if corrected else forms.get(tail)
    if not base or base in NOT_LAST or tail in NOT_LAST:
        return None
    return base[:-1] if base[-1] == "t" and forms.get(base[:-1]) == base[:-1] else base


def _swedish_head(head: str, forms: Forms) -> str | None:
    if head in NOT_FIRST:
        return None
    base = forms.get(head)
    if base and (base == head or head.endswith("s")):
        return base
    for candidate in (head.removesuffix("s"), f"{head}a", f"{head[:-1]}a", f"{head}e"):
        if len(candidate) > 2 and forms.get(candidate) == candidate:
            return candidate
    return head if base and any(forms.get(head + end) == head for end in INFLECTED["sv"]) else None


def _swedish_tail(tail: str, forms: Forms) -> str | None:
    if corrected := CORRECTIONS["sv"].get(tail):
        return corrected[0]
    base = forms.get(tail)
    if not base or base in NOT_LAST or tail in NOT_LAST:
        return None
    return tail if tail in _known(tail, "sv", forms) else base


@dataclass(frozen=True)
class Cut:
    """A word in parts: the base form of the whole, those of its parts, how good the cut is."""

    base: str
    parts: list[str]
    rank: tuple[int, int]


@dataclass(frozen=True)
class Cutter:
    """How one language cuts its compounds."""

    forms: Forms
    head: Callable[[str, Forms], str | None]
    tail: Callable[[str, Forms], str | None]
    short: frozenset[str]

    def parts(self, base: str) -> list[str]:
        """The parts of a word that the list knows by this base form."""
        cut = self.cut(base)
        return [*cut.parts, *self._beginnings(base)] if cut else []

    def _beginnings(self, base: str) -> list[str]:
        """Compounds that a longer one begins with: kielitaito of kielitaitotaso."""
        return [
            base[:place]
            for place in range(7, len(base) - 3)
            if self.forms.get(base[:place]) == base[:place] and self.tail(base[place:], self.forms)
        ]

    def cut(self, word: str, depth: int = 3) -> Cut | None:
        """The best cut: few parts before many, and of those the most even one."""
        cuts = [
            cut
            for place in range(3, len(word) - 2)
            if (cut := self._at(word[:place], word[place:], depth))
        ]
        return min(cuts, key=lambda cut: cut.rank, default=None)

    def _at(self, head: str, tail: str, depth: int) -> Cut | None:
        if len(head) < 4 and head not in self.short:
            return None
        if len(tail) < 4 and tail not in self.short:
            return None
        first = self.head(head, self.forms)
        if not first:
            return None
        evenness = -min(len(head), len(tail))
        if last := self.tail(tail, self.forms):
            within = self.cut(last, 1) if depth > 1 and len(last) > 7 else None
            return Cut(head + last, [first, *(within.parts if within else []), last], (2, evenness))
        rest = self.cut(tail, depth - 1) if depth > 1 and len(tail) > 7 else None
        if not rest:
            return None
        return Cut(head + rest.base, [first, *rest.parts], (1 + len(rest.parts), evenness))
