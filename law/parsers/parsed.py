"""What every format is read into: plain rows, the same whatever the file looked like."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from portal.errors import BrokenFileError

OF_THE_LAW = ("fi", "sv")  # the languages in which the words are law
REFERENCE = re.compile(r"([1-9][0-9]{0,3})/((?:19|20)[0-9]{2})")
SECTION_NUMBER = re.compile(r"[1-9][0-9]{0,3}[a-z]?")
MANY = 10_000  # more than any number of a section
ANNEX_NUMBER = re.compile(r"liite(?:[1-9][0-9]?)?")
Action = Literal["substitution", "insertion", "repeal"]


def in_order(number: str) -> tuple[int, str]:
    """What section, chapter and item numbers are sorted by: 32, 32a, 33, and annexes last."""
    digits = number[: len(number) - len(number.lstrip("0123456789"))]
    return int(digits or (MANY if number else 0)), number[len(digits) :]


@dataclass(frozen=True)
class Wording:
    """A section's heading and text in one language; a text as SectionVersion keeps it.

    `unsure` when the file does not set it out as its own rules say and it was put right on reading.
    """

    heading: str
    text: list[dict]
    unsure: bool = False


@dataclass(frozen=True)
class TextualModification:
    """A change of a part of a section in one language: its heading, a subsection, or an item.

    `subsection` counts from 1. With `item` (such as "3" or "3a") it is that item of the subsection,
    with `intro` the words before its items, with `heading` the section's heading. `content` is a
    subsection as SectionVersion keeps it, or the words of an item, an intro or a heading; None when
    it is repealed.
    """

    action: Action
    subsection: int = 0
    item: str = ""
    intro: bool = False
    heading: bool = False
    content: dict | str | None = None
    unsure: bool = False

    @property
    def name(self) -> str:
        """What a refusal calls the part."""
        if self.heading:
            return "the heading"
        item = f", item {self.item}," if self.item else ""
        return f"subsection {self.subsection}{item}"


@dataclass(frozen=True)
class Modification:
    """What an amending act does to one section on one day.

    `wording` has, by language, the new wording or the changed parts; a language that is not there
    keeps its words, and `swedish_alone` says that the Finnish does. A repealed section has none.
    `day` is empty when it is the amending act's own, and `where` is the place in the file, for what
    has to be said of it.
    """

    section: str
    action: Action
    where: str
    wording: Mapping[str, Wording | Sequence[TextualModification]] = field(default_factory=dict)
    chapter: str = ""
    day: date | None = None
    swedish_alone: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether the section is repealed or given anew, not changed in parts."""
        return self.action == "repeal" or any(
            isinstance(words, Wording) for words in self.wording.values()
        )


@dataclass(frozen=True)
class ActRows:
    """An act as the fields of its rows; sections name their chapter by its number.

    `wordings` are those with which the act was given, by section and language. A `catalogue` says
    all that there is of the act; any other file adds what is missing and takes nothing away.
    `parts` are those over chapters: number, heading and first chapter; `cross_headings` stand
    between sections, each with what follows: a section's number, or "chapter 2".
    """

    number: int
    year: int
    fields: dict
    amendments: list[dict]
    chapters: list[dict]
    sections: list[dict]
    decrees: list[dict]
    wordings: dict[tuple[str, str], Wording] = field(default_factory=dict)
    source: str = ""
    catalogue: bool = True
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    cross_headings: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What a command calls it."""
        return f"Act {self.number}/{self.year}{in_which(self.wordings)}"


@dataclass(frozen=True)
class AmendingRows:
    """An amending act: which act it changes and what it does to each section.

    `languages` are those that the file has; `headings` are new headings of chapters by chapter and
    language, and `new_chapters` those that it adds. `ranges` are the sections it repeals from one
    number to another, which may hold more than the numbers say (32 a between 32 and 33).
    `repealed_chapters` are those that it repeals with all their sections, `renumbered` the sections
    that get another number (from, to), and `repeals_act` says that nothing is left of the act.
    `valid_until` is the last day of a temporary act, and `transitional` the words of its provision
    on entry into force, by language.
    """

    file: str
    amends: tuple[int, int]
    number: int
    year: int
    given_on: date | None
    in_force_from: date | None
    proposal: str
    source: str
    languages: tuple[str, ...]
    modifications: list[Modification]
    headings: dict[tuple[str, str], str] = field(default_factory=dict)
    new_chapters: dict[tuple[str, str], str] = field(default_factory=dict)
    ranges: list[tuple[str, str]] = field(default_factory=list)
    valid_until: date | None = None
    committee_report: str = ""
    transitional: dict[str, str] = field(default_factory=dict)
    repealed_chapters: list[str] = field(default_factory=list)
    renumbered: list[tuple[str, str]] = field(default_factory=list)
    repeals_act: bool = False

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def title(self) -> str:
        return f"Amending act {self.reference} ({', '.join(self.languages)})"

    @property
    def sections(self) -> list[str]:
        """The numbers of the sections that it changes; none where it repeals by the chapter."""
        if self.repeals_act or self.repealed_chapters:
            return []
        numbers = {one.section for one in self.modifications}
        return sorted(numbers | {was for was, _new in self.renumbered}, key=in_order)


@dataclass(frozen=True)
class AmendedBy:
    """An amending act that a consolidated version names, with Finlex's note on what it did."""

    number: int
    year: int
    in_force_from: date | None
    note: str = ""

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class AmendingAct:
    """An amending act as it was given, in one language: who, when and why, and what it touches.

    `amends` are the acts it names, and `sections` those of `amends[0]` that its enacting clause
    names. When the clause cannot be read, `sections` is empty and `problem` says where. An act
    that comes into force by decree has no `in_force_from`. `transitional` are the words of its
    provision on entry into force after the day itself.
    """

    file: str
    number: int
    year: int
    language: str
    title: str
    given_on: date | None
    in_force_from: date | None
    valid_until: date | None
    proposal: str
    committee_report: str
    amends: list[tuple[int, int]]
    sections: list[str]
    transitional: str = ""
    problem: str = ""
    repealed: list[str] = field(default_factory=list)

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class ConsolidatedVersion:
    """An act as Finlex consolidated it after one amending act, in one language.

    `version` names that act as year and number, "20241100". A change that is not yet in force
    stands in the file beside the old words: `states` has the act from each day on which something
    changes, the first of them from `date.min`. `act` is the last. `transitional` are the words of
    each amending act's provision on entry into force, `preparation` its proposal and committee
    report, `noted` the days that the notes name for it and `touched` the sections that it changed,
    each by its reference.
    """

    file: str
    number: int
    year: int
    language: str
    version: str
    consolidated_on: date | None
    amended_by: list[AmendedBy]
    issued_under: list[tuple[int, int]]
    decrees: list[tuple[int, int]]
    states: Mapping[date, ActRows]
    transitional: Mapping[str, str] = field(default_factory=dict)
    preparation: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    noted: Mapping[str, list[date]] = field(default_factory=dict)
    touched: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def act(self) -> ActRows:
        return self.states[max(self.states)]

    @property
    def changes_on(self) -> list[date]:
        """The days that its notes name, in order."""
        return sorted(day for day in self.states if day != date.min)

    def on(self, day: date) -> ActRows:
        """The act as it stands on a day."""
        return self.states[max(one for one in self.states if one <= day)]

    def wordings_on(self, day: date) -> dict[str, Wording]:
        """One wording a section: the one in force on the day."""
        wordings = self.on(day).wordings
        return {number: wording for (number, _language), wording in wordings.items()}


def in_which(wordings) -> str:
    """The languages of the wordings in brackets, or nothing when there are none."""
    languages = sorted({language for _section, language in wordings})
    return f" ({', '.join(languages)})" if languages else ""


def check_once(file: str, numbers: Sequence[str], what: str) -> None:
    """Raises BrokenFileError when a number comes twice."""
    for number, times in Counter(numbers).items():
        if times > 1:
            raise BrokenFileError(file, f"{what} {number}", "the number comes twice")
