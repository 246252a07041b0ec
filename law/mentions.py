"""Sections named in running text: `14 §:n 2 momentti`, `14 och 15 §`, `sections 40–43`.

Pure functions of words. A text of the portal means the Integration Act where it names no act;
what it says of a section of another act, or of the Act before this one, is no mention here.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

OWN = "681/2023"
NUMBER = r"\d{1,3}(?:[\s\u00a0]?[a-zåäö](?![^\W\d_]))?"
DASH = r"[\u2013\u2014-]"
AND = r"(?:[\s\u00a0]*,[\s\u00a0]*(?:(?:and|or|och|eller|ja|sekä|tai)[\s\u00a0]+)?"
AND += r"|[\s\u00a0]+(?:and|or|to|och|eller|samt|till|ja|sekä|tai)[\s\u00a0]+)"
SEVERAL = rf"{NUMBER}(?:(?:[\s\u00a0]?{DASH}[\s\u00a0]?|{AND}){NUMBER})*"
SIGN = r"(?:§+(?::[^\W\d_]+)?|pykäl[^\W\d_]+|paragraf[^\W\d_]*)"
WORD = r"(?:sections?|sec\.|pykäl[^\W\d_]+|paragraf[^\W\d_]*|§+)"
MENTION = re.compile(
    rf"(?<![\w/.,:\u2013-])(?P<before>{SEVERAL})[\s\u00a0]?{SIGN}"
    rf"|(?<!\w){WORD}[\s\u00a0]?(?P<after>{SEVERAL})(?![\w/]|\.\d|[\s\u00a0]?[%€])",
    re.IGNORECASE,
)
ONE = re.compile(NUMBER, re.IGNORECASE)
RANGE = re.compile(
    rf"(?P<first>\d{{1,3}})[\s\u00a0]?(?:{DASH}|(?<=\s)(?:to|till)(?=\s))[\s\u00a0]?(?P<last>\d{{1,3}})"
)

# What stands before a number or after it and says which act is meant.
OLD = r"(?:aiemman|vanhan|kumotun|entisen|edellisen|tidigare|gamla|upphävda|old|former|previous)"
SUB = (
    r"(?:[\s\u00a0]*\(\d+\)|,?[\s\u00a0](?:subsections?|items?|paragraphs?) \d+"
    r"|[\s\u00a0]\d+(?:[\s\u00a0](?:och|eller|ja|tai)[\s\u00a0]\d+)?[\s\u00a0]"
    r"(?:mom\.|moment[^\W\d_]*|punkt[^\W\d_]*|koh[dt][^\W\d_]*))*"
)
JOINED = re.compile(
    SUB + r"[\s\u00a0]*(?:,|,? ?(?:ja|sekä|tai|och|samt|eller|and|or))[\s\u00a0]*", re.IGNORECASE
)
SAME = re.compile(r"\b(?:its|dess|sen)\s*$", re.IGNORECASE)
BY_NUMBER = re.compile(r"(?<!\d)(\d{1,4}/(?:18|19|20)\d\d)\)?\s*$")
OLD_BEFORE = re.compile(rf"\b{OLD}\s+[^\W\d_]*(?:lain|lagens|Act)\s*$", re.IGNORECASE)
OWN_BEFORE = re.compile(
    r"(?:kotoutumisla(?:in|ki)|kotoutumisen edistämisestä annetun lain"
    r"|integrationslagen(?:s)?|Integration Act)\s*$",
    re.IGNORECASE,
)
OTHER_BEFORE = re.compile(
    r"(?:[^\W\d_]+(?:lain|laki|kaaren|kaari|asetuksen|asetus|sopimuksen)"
    r"|[^\W\d_]+(?:lagen|lagens|balken|balkens|förordningen|förordningens)"
    r"|\b(?:annetun lain|asetuksen|förordningens)|[A-Z][a-z]+ (?:Act|Code|Decree))"
    r"(?:\s+\(\d{1,4}/\d{4}\))?(?:\s+\d{1,2}(?:\s[a-z])?\s+(?:luvun|kap\.?))?\s*$"
)
AFTER = SUB + r"(?: (?:or|and) \d{1,3}(?: [a-z])?(?:\(\d+\))+)?[\s\u00a0]*"
OLD_AFTER = re.compile(AFTER + rf"(?:of (?:the|that) |i (?:den )?){OLD}\b", re.IGNORECASE)
OWN_AFTER = re.compile(
    AFTER + r"(?:of (?:the|this) (?:Integration )?Act\b(?! on (?!the Promotion of))"
    r"|of Act 681/2023|i (?:den nya )?integrationslagen|i lag(?:en)? 681/2023"
    r"|i lagen\b(?! om (?!främjande av integration)))",
    re.IGNORECASE,
)
OTHER_AFTER = re.compile(
    AFTER + r"(?:of (?:the |that )?[^.;()]{0,70}?"
    r"\b(?:Act|Decree|Code|Constitution|Regulation)\b|of (?:Act|Decree) \d"
    r"|\(?\d{1,4}/(?:18|19|20)\d\d|i (?:lag|förordning) \d"
    r"|(?:i )?(?:statsrådets )?[^\W\d_]*(?:lagen|balken|förordningen|stadgan)\b)",
    re.IGNORECASE,
)


SUBSECTION = re.compile(r"§(?::[^\W\d_]+)?\s*$")  # "83 §:n 3 ja 92 §": 3 is a subsection of 83 §


@dataclass(frozen=True)
class Named:
    """One number in a text: which section, and where its digits stand."""

    number: str
    start: int
    end: int


@dataclass(frozen=True)
class Mention:
    """Sections that a text names together; `between` are those inside its ranges, unwritten."""

    start: int
    end: int
    words: str
    named: tuple[Named, ...]
    ranges: tuple[tuple[int, int], ...]

    def numbers(self, known: Collection[str]) -> list[str]:
        """The numbers of the sections meant, of those that are `known`, written ones first."""
        written = [one.number for one in self.named if one.number in known]
        inside = [
            number
            for number in known
            if any(first < _digits(number) < last for first, last in self.ranges)
        ]
        return list(dict.fromkeys([*written, *inside]))


def mentions(text: str, known: Collection[str]) -> Iterator[Mention]:
    """The places in a text that name sections of the Integration Act, of those that are `known`.

    A letter that makes no known number is a word of the text: "section 14 a person".
    """
    found = list(MENTION.finditer(text))
    for match, own in zip(found, _are_own(text, found), strict=True):
        if not own:
            continue
        group = "before" if match["before"] else "after"
        offset, listed = match.start(group), match[group]
        named = tuple(
            Named(_number(one.group(), known), offset + one.start(), offset + one.end())
            for one in ONE.finditer(listed)
        )
        if named[1:] and SUBSECTION.search(text[: match.start()]):
            named = named[1:]
        named = tuple(one for one in named if one.number)
        if named:
            ranges = tuple((int(one["first"]), int(one["last"])) for one in RANGE.finditer(listed))
            yield Mention(match.start(), match.end(), match.group(), named, ranges)


def numbers_in(text: str, known: Collection[str]) -> set[str]:
    """The numbers of all sections that a text names."""
    return {number for one in mentions(text, known) for number in one.numbers(known)}


def _number(written: str, known: Collection[str]) -> str:
    number = re.sub(r"\s", "", written).lower()
    if number in known:
        return number
    bare = number.rstrip("abcdefghijklmnopqrstuvwxyzåäö")
    return bare if bare in known else ""


def _are_own(text: str, found: list[re.Match]) -> list[bool]:
    """Of each place, whether the Integration Act is meant.

    What is joined to its neighbour by a comma or an "and" is of the same act: the act is named
    before the first of them in Finnish, after the last in Swedish and English. No name: our own.
    """
    said = [_says(text, match) for match in found]
    joined = [
        JOINED.fullmatch(text, before.end(), after.start()) is not None
        for before, after in pairwise(found)
    ]
    for place in range(1, len(said)):
        same = SAME.search(text[: found[place].start()])
        if said[place] is None and (joined[place - 1] or same):
            said[place] = said[place - 1]
    for place in reversed(range(len(said) - 1)):
        if said[place] is None and joined[place]:
            said[place] = said[place + 1]
    return [one is not False for one in said]


def _says(text: str, match: re.Match) -> bool | None:
    """Whether the words around say that it is the Integration Act; None when they say nothing."""
    before, after = text[max(0, match.start() - 120) : match.start()], text[match.end() :][:160]
    if OLD_BEFORE.search(before) or OLD_AFTER.match(after):
        return False
    if number := BY_NUMBER.search(before):
        return number[1] == OWN
    if OWN_BEFORE.search(before) or OWN_AFTER.match(after):
        return True
    if OTHER_BEFORE.search(before) or OTHER_AFTER.match(after):
        return False
    return None


def _digits(number: str) -> int:
    return int(re.sub(r"\D", "", number) or 0)
