"""The enacting clause of an amending act: which sections and parts it repeals, changes and adds.

Finnish: "kumotaan … 13 §:n 3 momentti sekä 15 ja 17 §, muutetaan 5 §:n 6 kohta, … lisätään lakiin
uusi 32 a §". Swedish: "upphävs … 13 § 3 mom. samt 15 och 17 §, ändras 5 § 6 punkten, … fogas till
lagen en ny 32 a §". The reading is strict: a word it does not know is an error, never a guess.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from .parsed import REFERENCE, Action, in_order


class ClauseError(Exception):
    """The clause says something that this reading does not understand."""


@dataclass(frozen=True)
class Target:
    """A section or a part of it that the clause names; or a chapter, or a chapter's heading.

    `until` is the last section of a range. `only` is the language whose wording alone is meant.
    """

    action: Action
    section: str = ""
    subsection: int = 0
    item: str = ""
    intro: bool = False
    heading: bool = False
    chapter: str = ""
    only: str = ""
    until: str = ""

    @property
    def whole(self) -> bool:
        return not (self.subsection or self.item or self.intro or self.heading)


@dataclass(frozen=True)
class _Grammar:
    verbs: dict[str, Action]
    left_out: re.Pattern
    tokens: re.Pattern


# The letter i of "24 i §" is a preposition elsewhere.
NUMBER = (
    r"(?P<number>[1-9][0-9]{0,3}(?!\d)(?:\s?(?:[a-hj-z](?![\wåäö])|i(?=\s?(?:§|[–―—-]\s?\d))))?)"
    r"|(?P<range>[–―—-])"
)
LONGEST_RANGE = 200
GRAMMARS = {
    "fi": _Grammar(
        {"kumotaan": "repeal", "muutetaan": "substitution", "lisätään": "insertion"},
        # How the sections read now, what a new one stands in the place of, what moves on.
        re.compile(
            r",?\s*sellais(?:ena|ina) kuin .*?(?=,\s*uu(?:si|det)\b|$)"
            r"|siitä lailla .*? tilalle"
            r"|,?\s*jolloin .*? (?:momenteiksi|momentiksi|kohdiksi|kohdaksi)"
            r"|,?\s*seuraavasti\s*:?"
        ),
        re.compile(
            NUMBER + r"|(?P<section>§(?::n|:ään|:än|:ien|:iin)?)|(?P<item>koh(?:ta|dan|taan|dat)\b)"
            r"|(?P<subsection>moment(?:ti|in|tiin|it)\b)|(?P<heading>otsik(?:ko|on)\b)"
            r"|(?P<intro>johdantokappale(?:en)?\b)|(?P<chapter>lu(?:ku|vun|kuun)\b)"
            r"|(?P<only>(?:ruotsin|suomen)kielinen sanamuoto\b)"
            r"|(?P<word>,|;|ja\b|sekä\b|lakiin\b|lain\b|sen\b|uu(?:si|det)\b)"
        ),
    ),
    "sv": _Grammar(
        {"upphävs": "repeal", "ändras": "substitution", "fogas": "insertion"},
        re.compile(
            r",?\s*(?:av dem |sådan[at]? ).*?(?=,\s*(?:ett nytt|en ny|nya)\b|$)"
            r"|i stället för .*? som upphävts genom lag \S+"
            r"|,?\s*varvid .*? blir [^,]*?(?:mom\.|punkt(?:en|erna)?)"
            r"|,?\s*som följer\s*:?"
        ),
        re.compile(
            NUMBER + r"|(?P<section>§{1,2})|(?P<item>punkt(?:en|erna|er)?\b)"
            r"|(?P<subsection>mom\.?)|(?P<heading>rubriken för\b)"
            r"|(?P<intro>det inledande stycket i\b)|(?P<chapter>kap(?:itel|itlet|\.)?)"
            r"|(?P<only>den (?:svenska|finska) språkdräkten i\b)"
            r"|(?P<word>,|;|och\b|samt\b|i\b|till\b|lagen\b|lagens\b|ett\b|nytt\b|en\b|ny\b|nya\b)"
        ),
    ),
}
ONLY = {"ru": "sv", "su": "fi", "den s": "sv", "den f": "fi"}


def amended(paragraphs: Iterable[str], language: str) -> tuple[int, int] | None:
    """The number and year of the act that the clause changes; None when it changes none."""
    text = " ".join(paragraphs)
    if not re.search("|".join(GRAMMARS[language].verbs), text):
        return None
    found = re.search(rf"\({REFERENCE.pattern}\)", text)
    if found is None:
        raise ClauseError("does not name the act that it changes, such as (681/2023)")
    return int(found[1]), int(found[2])


def targets(
    paragraphs: list[str], language: str, listed: Collection[str], *, closed: bool = True
) -> list[Target]:
    """What the clause names, in its order; `listed` are the sections that the act gives texts of.

    Not `closed`, it may end with a part of which it does not say what changes. Raises ClauseError.
    """
    grammar = GRAMMARS[language]
    verb = re.compile(rf"\b({'|'.join(grammar.verbs)})\b")
    action: Action | None = None
    found: list[Target] = []
    pieces: list[tuple[Action, str]] = []
    if language == "fi":  # where a list may go on in the next paragraph
        paragraphs = [" ".join(paragraphs)]
    for paragraph in paragraphs:
        before, *rest = verb.split(paragraph)
        if action:
            pieces.append((action, before))
        for word, text in zip(rest[::2], rest[1::2], strict=True):
            action = grammar.verbs[word]
            pieces.append((action, text))
    for action, text in pieces:
        text = grammar.left_out.sub(" ", text.strip())
        text = re.sub(rf"^.*?\({REFERENCE.pattern}\)", " ", text)
        found += _Clause(action, language, listed).read(text, closed=closed)
    return found


def named(text: str, language: str) -> list[Target]:
    """What a list of sections names that stands in running text, such as "63 §:n 3 momentin"."""
    return _Clause("substitution", language, []).read(text, closed=False)


class _Clause:
    """Reads the words after one verb."""

    def __init__(self, action: Action, language: str, listed: Collection[str]):
        self.action, self.language, self.listed = action, language, listed
        self.done: list[Target] = []
        self.unresolved: list[int] = []
        self.numbers: list[tuple[str, str]] = []
        self.in_range = False
        self.sections: list[tuple[str, str]] = []
        self.bare: str | None = None  # the word of a section of which no part has been named yet
        self.subsections: list[int] = []
        self.last: list[int] = []  # the subsections named last, which "2 kohta" may narrow
        self.chapters: list[str] = []
        self.ahead: set[str] = set()  # Swedish says "rubriken för", "stycket i" before the number
        self.only = ""
        self.only_next = -1

    def read(self, text: str, *, closed: bool = True) -> list[Target]:
        tokens, at = GRAMMARS[self.language].tokens, 0
        while at < len(text):
            if text[at].isspace():
                at += 1
                continue
            token = tokens.match(text, at)
            if token is None:
                raise ClauseError(f"is not understood at “{text[at : at + 60].strip()}”")
            kind = token.lastgroup
            getattr(self, f"_{kind}")(token[0])
            at = token.end()
        self._close()
        if self.numbers or self.ahead or self.chapters:
            raise ClauseError(f"ends before it says of what: “{text.strip()[-60:]}”")
        if closed and self.unresolved:
            target = self.done[self.unresolved[0]]
            raise ClauseError(f"does not say what of section {target.section or target.chapter}")
        return [target for target in self.done if target]

    def _number(self, word):
        number = re.sub(r"\s", "", word)
        if self.in_range:
            first = self.numbers.pop()[0]
            self.in_range = False
            self.numbers.append((first, number))
        else:
            self.numbers.append((number, number))

    def _range(self, _word):
        if not self.numbers:
            raise ClauseError("has a range without a beginning")
        self.in_range = True

    def _section(self, word):
        self._close()
        if self.only_next == 0:
            self.only = ""
        self.only_next -= 1
        self.sections, self.numbers = self._taken(), []
        self.subsections, self.last = [], []
        if "heading" in self.ahead:
            self.ahead.discard("heading")
            self._add_all(heading=True, word="")
            return
        self.bare = word

    def _subsection(self, word):
        self._of_a_section(word)
        self.subsections = [int(n) for n in self._counted(word)]
        intro = "intro" in self.ahead
        self.ahead.discard("intro")
        start = len(self.done)
        for number in self.subsections:
            self._add(word, subsection=number, intro=intro)
        self.last = list(range(start, len(self.done)))

    def _item(self, word):
        self._of_a_section(word)
        for index in self.last:
            self.done[index] = None
        self.unresolved = [index for index in self.unresolved if index not in self.last]
        self.last = []
        subsection = self.subsections[-1] if self.subsections else 1
        for number in self._counted(word):
            self._add(word, subsection=subsection, item=number)

    def _heading(self, word):
        if self.language == "sv":
            self._close()
            self.ahead.add("heading")
        elif self.chapters:
            for chapter in self.chapters:
                self._add(word, chapter=chapter, heading=True, section="")
            self.chapters = []
        else:
            self.bare = None
            self._add_all(heading=True, word=word)

    def _intro(self, word):
        if self.language == "sv":
            self.ahead.add("intro")
            return
        subsection = self.subsections[-1] if self.subsections else 1
        for index in self.last:
            self.done[index] = None
        self.unresolved = [index for index in self.unresolved if index not in self.last]
        self.last, self.bare = [], None
        self._add(word, subsection=subsection, intro=True)

    def _chapter(self, word):
        self._close()
        self.sections = []
        chapters = self._counted(word)
        if "heading" in self.ahead:
            self.ahead.discard("heading")
            for chapter in chapters:
                self._add("", chapter=chapter, heading=True, section="")
        elif self.language == "fi" and word == "luvun":
            self.chapters = chapters
        elif self.action == "insertion" and word not in ("lukuun", "luvun"):
            for chapter in chapters:
                self._add("", chapter=chapter, section="")
        elif word != "lukuun":
            raise ClauseError(f"changes or repeals chapter {chapters[0]} as a whole")

    def _only(self, word):
        language = next(value for start, value in ONLY.items() if word.startswith(start))
        if self.language == "sv":
            self._close()
            # At the beginning it is of the whole list, in the middle of the next sections alone.
            self.only, self.only_next = language, 1 if self.done else -1
            return
        self._close()
        for index in self.unresolved:
            self.done[index] = replace(self.done[index], only=language)
        self.unresolved = []

    def _word(self, _word):
        """A word that joins."""

    def _taken(self) -> list[tuple[str, str]]:
        if not self.numbers or self.in_range:
            raise ClauseError("has a “§” without a number")
        return self.numbers

    def _counted(self, word: str) -> list[str]:
        """The numbers before the word, ranges written out."""
        counted = []
        for first, last in self._taken_for(word):
            if not (first == last or (first.isdecimal() and last.isdecimal())):
                raise ClauseError(f"has a range that cannot be counted: {first}–{last}")
            if first == last:
                counted.append(first)
            else:
                counted += map(str, _written_out(first, last))
        return counted

    def _taken_for(self, word: str) -> list[tuple[str, str]]:
        numbers, self.numbers = self.numbers, []
        if not numbers or self.in_range:
            raise ClauseError(f"has “{word}” without a number")
        return numbers

    def _of_a_section(self, word):
        if not self.sections:
            raise ClauseError(f"has “{word}” that belongs to no section")
        self.bare = None

    def _close(self):
        """The section named last stands alone: the whole of it is meant."""
        if self.bare is None:
            return
        word, self.bare = self.bare, None
        if word in ("§:ään", "§:än", "§:iin"):
            raise ClauseError(f"does not say what is added to section {self.sections[-1][0]}")
        self._add_all(word=word)

    def _add_all(self, *, word, **what):
        for first, last in self.sections:
            for number in self._within(first, last):
                until = last if number == first != last else ""
                self._add(word, section=number, until=until, **what)

    def _within(self, first: str, last: str) -> list[str]:
        if first == last:
            return [first]
        between = set(map(str, _written_out(first, last)))
        between |= {first, last, *self.listed}
        return sorted(
            (n for n in between if in_order(first) <= in_order(n) <= in_order(last)), key=in_order
        )

    def _add(self, word, **what):
        what.setdefault("section", self.sections[-1][1] if self.sections else "")
        self.done.append(Target(self.action, only=self.only, **what))
        if self.language == "fi" and word in GENITIVES:
            self.unresolved.append(len(self.done) - 1)


def _written_out(first: str, last: str) -> range:
    """The numbers of a range, letters left out."""
    numbers = range(in_order(first)[0], in_order(last)[0] + 1)
    if not numbers:
        raise ClauseError(f"has a range that ends before it begins: {first}–{last}")
    if len(numbers) > LONGEST_RANGE:
        raise ClauseError(f"has a range of more than {LONGEST_RANGE} numbers: {first}–{last}")
    return numbers


GENITIVES = {"§:n", "§:ien", "momentin", "kohdan", "otsikon", "johdantokappaleen"}
