"""The statute collection's XML (`VahvistettavaLaki`): an act, or an act that amends another.

A file holds one language. What an amending act does stands in its enacting clause (`Johtolause`);
the texts follow, and a broken line (`Katkoviiva`) stands for what stays as it was.
"""

import re
from collections import defaultdict
from datetime import date

from law.models import Act, SectionVersion
from portal.errors import BrokenFileError

from . import clauses
from .bounds import check_day, check_length, check_year
from .clauses import ClauseError, Target
from .days import DAY, IN_FORCE, day_of
from .elements import Element
from .parsed import (
    SECTION_NUMBER,
    ActRows,
    AmendingRows,
    Modification,
    TextualModification,
    Wording,
    check_once,
    in_order,
)

ROOT = "VahvistettavaLaki"
# The words around what comes into force on a day of its own.
AROUND = {
    "fi": r"^(?:Sen|Lain|Tämän lain)\s+(?P<what>.*?)\s*(?:kumoaminen)?\s+tule(?:e|vat)\b",
    "sv": r"^(?:Upphävandet av|Bestämmelserna? i|Lagens|Dess)?\s*(?P<what>.*?)\s+träder\b",
}
ITEM = re.compile(r"([0-9]{1,4})\s?([a-z]?)\)\s*")
CAN_BE_IN_A_SECTION = {
    "PykalaTunnusKooste",
    "SaadosOtsikkoKooste",
    "MomenttiKooste",
    "KohdatMomentti",
    "Katkoviiva",
}


def rows(file: str, root: Element) -> ActRows | AmendingRows:
    """What the file says; raises BrokenFileError with the line and the element."""
    return _Statute(file, root).rows()


class _Statute:
    """Reads one file, and knows its name for what it has to say of it."""

    def __init__(self, file: str, root: Element):
        self.file, self.root = file, root
        self.language = root.attributes.get("kieliKoodi", "")
        if self.language not in DAY:
            problem = f"kieliKoodi is “{self.language}”, not fi or sv"
            raise BrokenFileError(file, root.where, problem)
        identity = self.needed(root, "IdentifiointiOsa")
        self.number = self.count(self.needed(identity, "AsiakirjaNroTeksti"))
        year = self.needed(identity, "ValtiopaivavuosiTeksti")
        self.year = self.count(year)
        check_year(file, year.where, self.year)
        self.clause = self.needed(root, "Johtolause")
        self.body = self.needed(root, "Pykalisto")

    def rows(self) -> ActRows | AmendingRows:
        paragraphs = [one.text for one in self.clause.all("SaadosKappaleKooste")]
        paragraphs = paragraphs or [self.clause.text]
        try:
            amends = clauses.amended(paragraphs, self.language)
        except ClauseError as error:
            raise BrokenFileError(self.file, self.clause.where, f"it {error}") from error
        if amends is None:
            return self.act()
        check_year(self.file, self.clause.where, amends[1])
        if amends == (self.number, self.year):
            raise BrokenFileError(self.file, self.clause.where, "the act amends itself")
        return self.amending(amends, paragraphs)

    # An act as it was given

    def act(self) -> ActRows:
        language = self.language
        chapters: list[dict] = []
        sections: list[dict] = []
        wordings: dict[tuple[str, str], Wording] = {}
        for element in self.body:
            if element.name != "Luku":
                raise self.unexpected(element, "Luku")
            number = self.chapter_number(element)
            heading = self.heading(self.needed(element, "SaadosOtsikkoKooste"))
            chapters.append(
                {"number": number, "position": len(chapters) + 1, f"name_{language}": heading}
            )
            for section in self.sections_in(element):
                wording = self.wording(section)
                fields: dict = {
                    "number": self.section_number(section),
                    "chapter": number,
                    "position": len(sections) + 1,
                    f"name_{language}": wording.heading,
                }
                sections.append(fields)
                wordings[fields["number"], language] = wording
        check_once(self.file, [one["number"] for one in chapters], "chapter")
        check_once(self.file, [one["number"] for one in sections], "section")
        title = self.needed(self.root, "SaadosNimeke")
        name = title.text
        check_length(self.file, title.where, name, Act, f"name_{language}")
        days = self.in_force_days(list(self.body.all("Pykala")))
        return ActRows(
            self.number,
            self.year,
            {
                f"name_{language}": name,
                f"short_{language}": name[:100],
                "given_on": self.given_on(),
                "in_force_from": days.pop("", None),
            },
            [],
            chapters,
            sections,
            [],
            wordings,
            self.source,
            catalogue=False,
        )

    # An amending act

    def amending(self, amends: tuple[int, int], paragraphs: list[str]) -> AmendingRows:
        given = [one for one in self.body.all("Pykala") if not self.is_entry_into_force(one)]
        listed = {self.section_number(one): one for one in given}
        check_once(self.file, [self.section_number(one) for one in given], "section")
        try:
            targets = clauses.targets(paragraphs, self.language, listed)
        except ClauseError as error:
            raise BrokenFileError(self.file, self.clause.where, f"it {error}") from error
        chapters = {
            self.section_number(section): self.chapter_number(chapter)
            for chapter in self.body.all("Luku")
            for section in self.sections_in(chapter)
        }
        new = {target.chapter for target in targets if target.chapter and not target.heading}
        of_new = [number for number, chapter in chapters.items() if chapter in new]
        targets = [target for target in targets if target.section]
        targets += [Target("insertion", number) for number in of_new]
        headings = self.chapter_headings()
        for number in new - headings.keys():
            problem = f"chapter {number} is named, and its heading is not in the file"
            raise BrokenFileError(self.file, self.clause.where, problem)
        days = self.in_force_days(
            [one for one in self.body.all("Pykala") if self.is_entry_into_force(one)]
        )
        return AmendingRows(
            self.file,
            amends,
            self.number,
            self.year,
            self.given_on(),
            days.pop("", None),
            self.proposal(),
            self.source,
            (self.language,),
            self.modifications(targets, listed, chapters, days),
            {
                (target.chapter, self.language): headings[target.chapter]
                for target in clauses.targets(paragraphs, self.language, listed)
                if target.chapter in headings
                and target.heading
                and target.only in ("", self.language)
            },
            {(number, self.language): headings[number] for number in new},
            sorted(
                {
                    (target.section, target.until)
                    for target in targets
                    if target.action == "repeal" and target.until
                }
            ),
        )

    def modifications(self, targets, listed, chapters, days) -> list[Modification]:
        """What is done to each section, one entry for each day on which something is."""
        by_section: dict[str, list[Target]] = defaultdict(list)
        for target in targets:
            by_section[target.section].append(target)
        for number, element in listed.items():
            if number not in by_section:
                problem = f"section {number} is not named in the enacting clause"
                raise BrokenFileError(self.file, element.where, problem)
        modifications = []
        for number in sorted(by_section, key=in_order):
            here = by_section[number]
            element = listed.get(number)
            read_here = [one for one in here if one.only in ("", self.language)]
            if element is None and any(one.action != "repeal" for one in read_here):
                problem = f"section {number} is named, and its text is not in the file"
                raise BrokenFileError(self.file, self.clause.where, problem)
            where = (element or self.clause).where
            chapter = chapters.get(number, "")
            if any(one.whole for one in here):
                modifications.append(self.whole(number, here, element, where, chapter, days))
                continue
            parts = self.parts(number, read_here, element)
            by_day = defaultdict(list)
            for target, part in parts:
                by_day[self.day_of(target, days)].append(part)
            if not parts:
                by_day[None] = []
            for day in sorted(by_day, key=lambda one: one or date.min):
                wording = {self.language: by_day[day]} if by_day[day] else {}
                alone = all(one.only == "sv" for one in here)
                modifications.append(
                    Modification(number, "substitution", where, wording, chapter, day, alone)
                )
        return modifications

    def whole(self, number, targets, element, where, chapter, days) -> Modification:
        if len({one.action for one in targets}) > 1 or len(targets) > 1:
            problem = f"section {number} is named twice in the enacting clause"
            raise BrokenFileError(self.file, self.clause.where, problem)
        [target] = targets
        wording = {}
        if target.action != "repeal" and target.only in ("", self.language):
            if gap := next((one for one in element if one.name == "Katkoviiva"), None):
                problem = f"section {number} is given anew as a whole, and this leaves a part out"
                raise BrokenFileError(self.file, gap.where, problem)
            wording = {self.language: self.wording(element)}
        day, alone = self.day_of(target, days), target.only == "sv"
        return Modification(number, target.action, where, wording, chapter, day, alone)

    def parts(self, number, targets, element) -> list[tuple[Target, TextualModification]]:
        """The parts that the clause names, each with its words from the section's text."""
        written = [one for one in targets if one.action != "repeal" and not one.heading]
        given = self.wording(element) if element is not None else Wording("", [])
        places = sorted({one.subsection for one in written})
        if element is not None and len(places) != len(given.text):
            problem = (
                f"the enacting clause names {len(places)} subsections of section {number}"
                f" and the text has {len(given.text)}"
            )
            raise BrokenFileError(self.file, element.where, problem)
        words = dict(zip(places, given.text, strict=True))
        parts = []
        for target in targets:
            content: dict | str | None = None
            if target.heading:
                content = given.heading
            elif target.action != "repeal":
                subsection = words[target.subsection]
                content = subsection
                if target.item:
                    content = self.item(subsection, target, element)
                elif target.intro:
                    content = subsection["text"]
            parts.append(
                (
                    target,
                    TextualModification(
                        target.action,
                        target.subsection,
                        target.item,
                        target.intro,
                        target.heading,
                        content,
                        given.unsure,
                    ),
                )
            )
        return parts

    def item(self, subsection: dict, target: Target, element: Element) -> str:
        for item in subsection["items"]:
            if item_number(item) == target.item and ITEM.sub("", item, count=1).strip():
                return item
        problem = f"item {target.item} of subsection {target.subsection} is named and not given"
        raise BrokenFileError(self.file, element.where, problem)

    def day_of(self, target: Target, days: dict) -> date | None:
        """The day of its own on which this comes into force, if it has one."""
        for key in (
            (target.section, target.subsection, target.item),
            (target.section, target.subsection, ""),
            (target.section, 0, ""),
        ):
            if key in days:
                return days[key]
        return None

    # The parts of a file

    def wording(self, element: Element) -> Wording:
        """A section's heading and subsections; an item that is none begins a subsection."""
        first = next((one for one in element if one.name == "SaadosOtsikkoKooste"), None)
        heading = self.heading(first) if first else ""
        text: list[dict] = []
        unsure = False
        for child in element:
            if child.name not in CAN_BE_IN_A_SECTION:
                raise self.unexpected(child, "a subsection")
            if child.name == "MomenttiKooste":
                words = child.text
                if text and self.goes_on(text[-1], words):
                    text[-1]["items"].append(_item(words))
                    unsure = True
                elif words:
                    text.append({"text": words, "items": []})
            elif child.name == "KohdatMomentti":
                unsure |= self.with_items(child, text)
        return Wording(heading, text, unsure)

    def with_items(self, element: Element, text: list[dict]) -> bool:
        """Adds a subsection with items; returns whether something in it had to be put right."""
        unsure = False
        text.append({"text": "", "items": []})
        for child in element:
            if child.name == "MomenttiJohdantoKooste":
                text[-1]["text"] = child.text
            elif child.name == "MomenttiKohtaKooste":
                words = _with_sub_items(child)
                if item_number(words):
                    text[-1]["items"].append(_item(words))
                else:
                    text.append({"text": words, "items": []})
                    unsure = True
            elif child.name != "Katkoviiva":
                raise self.unexpected(child, "an item")
        return unsure

    def goes_on(self, subsection: dict, words: str) -> bool:
        """Whether a paragraph such as "6) …" is the next item of the subsection before it."""
        number = item_number(words)
        if not number:
            return False
        if subsection["items"]:
            last = item_number(subsection["items"][-1])
            return in_order(last) < in_order(number)
        return number == "1"

    def sections_in(self, chapter: Element) -> list[Element]:
        found = []
        for child in chapter:
            if child.name == "Pykala":
                found.append(child)
            elif child.name not in ("LukuTunnusKooste", "SaadosOtsikkoKooste", "Palstaviiva"):
                raise self.unexpected(child, "Pykala")
        return found

    def section_number(self, element: Element) -> str:
        label = self.needed(element, "PykalaTunnusKooste")
        number = re.sub(r"[\s§.]", "", label.text).lower()
        if not SECTION_NUMBER.fullmatch(number):
            raise BrokenFileError(
                self.file, label.where, f"“{label.text}” is not like 14 § or 32 a §"
            )
        return number

    def chapter_number(self, element: Element) -> str:
        label = self.needed(element, "LukuTunnusKooste")
        found = re.fullmatch(r"([1-9][0-9]{0,3})\s?([a-z]?)\s*(?:luku|kap\.?)", label.text)
        if found is None:
            raise BrokenFileError(self.file, label.where, f"“{label.text}” is not like 2 luku")
        return found[1] + found[2]

    def chapter_headings(self) -> dict[str, str]:
        return {
            self.chapter_number(one): self.heading(heading)
            for one in self.body.all("Luku")
            if (heading := next((c for c in one if c.name == "SaadosOtsikkoKooste"), None))
        }

    def is_entry_into_force(self, section: Element) -> bool:
        return section.attributes.get("pykalaLuokitusKoodi") == "VoimaantuloSaannos"

    def given_on(self) -> date | None:
        """The day under the act: "Helsingissä 14.4.2023", "Helsingfors den 14 april 2023"."""
        element = self.root.first("PaivaysKooste")
        if element is None:
            return None
        if short := re.search(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", element.text):
            return self.date(element, int(short[3]), int(short[2]), int(short[1]))
        found = re.search(DAY[self.language], element.text)
        return self.date_of(element, found) if found else None

    def in_force_days(self, sections: list[Element]) -> dict:
        """Since when the act is in force, under ""; and parts of it that have days of their own."""
        days: dict = {}
        for section in sections:
            for element in section:
                if element.name == "MomenttiKooste":
                    for sentence in re.split(r"(?<=\d{4}\.)\s+", element.text):
                        self.in_force_day(element, sentence, days)
        return days

    def in_force_day(self, element: Element, sentence: str, days: dict) -> None:
        found = re.search(DAY[self.language], sentence)
        if found is None or not re.search(IN_FORCE[self.language], sentence):
            return
        if re.match(r"(?:Tämä laki|Denna lag)\b", sentence):
            days[""] = self.date_of(element, found)
            return
        around = re.match(AROUND[self.language], sentence)
        if around is None or "" not in days:
            return
        try:
            targets = clauses.named(around["what"], self.language)
        except ClauseError as error:
            problem = f"what comes into force on its own day {error}"
            raise BrokenFileError(self.file, element.where, problem) from error
        for target in targets:
            days[target.section, target.subsection, target.item] = self.date_of(element, found)

    def date_of(self, element: Element, found: re.Match) -> date:
        try:
            day = day_of(found, self.language)
        except ValueError as error:
            problem = f"there is no day {found[0]}: {error}"
            raise BrokenFileError(self.file, element.where, problem) from error
        check_day(self.file, element.where, day)
        return day

    def date(self, element: Element, year: int, month: int, day: int) -> date:
        try:
            found = date(year, month, day)
        except ValueError as error:
            problem = f"there is no day {day}.{month}.{year}"
            raise BrokenFileError(self.file, element.where, problem) from error
        check_day(self.file, element.where, found)
        return found

    def proposal(self) -> str:
        """The government proposal, as it is called in Finnish: HE 21/2024."""
        for element in self.root.all("EsityoViite"):
            if found := re.fullmatch(r"(?:HE|RP) ([0-9]{1,4}/[0-9]{4})", element.text):
                return f"HE {found[1]}"
        return ""

    @property
    def source(self) -> str:
        return f"{self.number}/{self.year}"

    def heading(self, element: Element) -> str:
        check_length(self.file, element.where, element.text, SectionVersion, "heading_fi")
        return element.text

    def needed(self, parent: Element, name: str) -> Element:
        found = parent.first(name)
        if found is None or not (found.text or found.children):
            raise BrokenFileError(self.file, parent.where, f"{name} is missing in it")
        return found

    def count(self, element: Element) -> int:
        if not re.fullmatch(r"[1-9][0-9]{0,3}", element.text):
            raise BrokenFileError(self.file, element.where, f"“{element.text}” is not a number")
        return int(element.text)

    def unexpected(self, element: Element, expected: str) -> BrokenFileError:
        return BrokenFileError(self.file, element.where, f"it is not expected here, but {expected}")


def item_number(words: str) -> str:
    """The number before an item's words, "3a" of "3 a) …"; empty when there is none."""
    found = ITEM.match(words)
    return found[1] + found[2] if found else ""


def _item(words: str) -> str:
    return ITEM.sub(lambda found: f"{found[0].strip()} ", words, count=1)


def _with_sub_items(element: Element) -> str:
    """An item's words; its sub-items follow, each on a line of its own."""
    subs = [one for one in element if one.name == "MomenttiAlakohtaKooste"]
    outside = [child for child in element.children if child not in subs]
    own = Element(element.name, element.line, {}, outside).text
    return "\n".join(filter(None, [own, *(one.text for one in subs)]))
