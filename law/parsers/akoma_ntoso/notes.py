"""Finlex's notes in a consolidated text: what changes on which day, and how the old words follow.

"L:lla 380/2026 muutettu 2 kohta tulee voimaan 1.9.2026. Aiempi sanamuoto kuuluu:" stands after the
new item and before the old one; "2 momentti on kumottu L:lla 22.5.2026/380, joka tulee voimaan
1.9.2026. Aiempi sanamuoto kuuluu:" stands in the place of what is repealed. Swedish has the same.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from law.parsers.days import short_day
from law.parsers.parsed import in_order

_DAY = r"\d{1,2}\.\d{1,2}\.\d{4}"
_ACT = r"(?P<number>\d{1,4})/(?P<year>\d{4})"
_GIVEN = r"(?P<given>\d{1,2}\.\d{1,2}\.\d{4})/(?P<number>\d{1,4})"
_OLD = {
    "fi": r"(?P<old> Aiempi sanamuoto kuuluu\s?:)?",
    "sv": r"(?P<old> Den tidigare (?:formen|lydelsen) lyder\s?:)?",
}
_BY_DECREE = (
    r"(?P<decree>(?:valtioneuvoston )?asetuksella (?:erikseen )?säädettävänä ajankohtana"
    r"|vid en tidpunkt som (?:föreskrivs|bestäms) genom (?:statsrådets )?förordning)"
)
_SPAN = rf"(?P<first>{_DAY})\s?[–-]\s?(?P<last>{_DAY})"
_CHANGES = {
    "fi": (
        rf"(?:L|A|P):ll[aä] {_ACT} (?:väliaikaisesti )?(?:muutettu|muutetut|lisätty|lisätyt)"
        rf" (?P<what>.+?) (?:(?:tulee|tuli|tulevat|tulivat) voimaan (?:(?P<day>{_DAY})"
        rf"|{_BY_DECREE})|(?:on|ovat|oli|olivat) voimassa {_SPAN})\.{_OLD['fi']}"
    ),
    "sv": (
        r"(?P<what>.+?) har (?:temporärt |tillfälligt )?"
        r"(?:ändrats|tillfogats|lagts till|fogats till)"
        rf" (?:temporärt )?genom (?:L|F) {_ACT}, som (?:(?:träder|trädde) i kraft"
        rf" (?:(?P<day>{_DAY})|{_BY_DECREE})|(?:gäller|gällde|är i kraft|var i kraft) {_SPAN})"
        rf"\.{_OLD['sv']}"
    ),
}
_REPEALS = {
    "fi": (
        rf"(?P<what>.+?) (?:on|ovat) kumottu (?:L|A|P):ll[aä] {_GIVEN}"
        rf"(?:, joka (?:tulee|tuli) voimaan (?:(?P<day>{_DAY})|{_BY_DECREE}))?\s?\.{_OLD['fi']}"
    ),
    "sv": (
        rf"(?P<what>.+?) har upphävts genom (?:L|F) {_GIVEN}"
        rf"(?:, som (?:träder|trädde) i kraft (?:(?P<day>{_DAY})|{_BY_DECREE}))?\s?\.{_OLD['sv']}"
    ),
}
_READ = {
    kind: {language: re.compile(pattern) for language, pattern in by_language.items()}
    for kind, by_language in (("changes", _CHANGES), ("repeals", _REPEALS))
}
_WORDS = {
    "section": r"§",
    "subsection": r"moment(?:ti|it)|mom\.?|momenten?",
    "paragraph": r"koh(?:ta|dat)|punkt(?:en|erna)",
    "subparagraph": r"alakoh(?:ta|dat)|underpunkt(?:en|erna)",
    "chapter": r"luku|luvut|kap\.?",
    "heading": r"(?:pykälän |luvun )?otsikko|rubriken(?: för .*)?",
    "intro": r"johdantokappale|det inledande stycket",
    "wrapUp": r"loppukappale|det avslutande stycket",
}
_NUMBER = r"\d{1,4}(?: ?[a-zåäö](?![\wåäö]))?|[a-zåäö](?![\wåäö])"
_SUBJECT = re.compile(
    rf"(?:(?P<numbers>(?:{_NUMBER})(?:(?:, | (?:ja|sekä|och|samt) | ?[–-] ?)(?:{_NUMBER}))*) )?"
    rf"(?P<word>{'|'.join(_WORDS.values())})"
)
NEVER = date.max


@dataclass(frozen=True)
class Subject:
    """What a note is about: elements of one kind, by their numbers or ranges of them."""

    kind: str
    numbers: tuple[tuple[str, str], ...] = ()

    def has(self, number: str) -> bool:
        if not self.numbers:
            return True
        return any(
            in_order(first) <= in_order(number) <= in_order(last) for first, last in self.numbers
        )

    @property
    def count(self) -> int:
        """How many there are, of those that have no numbers of their own."""
        return sum(in_order(last)[0] - in_order(first)[0] + 1 for first, last in self.numbers) or 1


@dataclass(frozen=True)
class Note:
    """From `day` on, and until `until` when that is given, it is as the amending act says.

    `has_old` when the words that hold otherwise follow. A repeal that is in force has no day.
    """

    subject: Subject
    act: tuple[int, int]
    day: date
    until: date | None
    has_old: bool


def change(words: str, language: str) -> Note | None:
    """What a note after changed or added words says; None when it is not understood."""
    return _note(_READ["changes"][language].fullmatch(words.strip()))


def repeal(words: str, language: str) -> Note | None:
    """What a line in the place of repealed words says; None when it is no such line."""
    return _note(_READ["repeals"][language].fullmatch(words.strip()))


def _note(found: re.Match | None) -> Note | None:
    if found is None or (subject := _subject(found["what"])) is None:
        return None
    named = found.groupdict()
    year = named.get("year") or named["given"].rpartition(".")[2]
    until = None
    try:
        if named.get("first"):
            day = short_day(named["first"])
            until = short_day(named["last"]) + timedelta(days=1)
        elif named["day"]:
            day = short_day(named["day"])
        else:
            day = NEVER if named["decree"] else date.min
    except ValueError:
        return None
    return Note(subject, (int(named["number"]), int(year)), day, until, bool(named["old"]))


def _subject(what: str) -> Subject | None:
    found = _SUBJECT.fullmatch(what.strip())
    if found is None:
        return None
    kind = next((k for k, word in _WORDS.items() if re.fullmatch(word, found["word"])), None)
    numbers = re.findall(rf"({_NUMBER})(?:\s?[–-]\s?({_NUMBER}))?", found["numbers"] or "")
    if kind is None or (not numbers and kind not in ("heading", "intro", "wrapUp")):
        return None
    pairs = tuple(
        (first.replace(" ", ""), (last or first).replace(" ", "")) for first, last in numbers
    )
    return Subject(kind, pairs)
