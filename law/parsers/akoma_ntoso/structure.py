"""Parts, chapters, sections and annexes of a statute's body, with their wordings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from law.models import Chapter, Section, SectionVersion
from law.parsers.bounds import check_length
from law.parsers.elements import Element
from law.parsers.parsed import Wording, check_once
from portal.errors import BrokenFileError

from .running import of_an_item, running

SECTION = re.compile(r"([1-9][0-9]{0,3})\s?([a-zåäö]?)\s?§")
CHAPTER = re.compile(
    r"([1-9][0-9]{0,3})\s?([a-z]?)\s?(?:luku|kap\.?)|luku\s([1-9][0-9]{0,3})", re.I
)
PART = re.compile(
    r"(?:([IVXLC]+)\s(?:osa|avdelning(?:en)?|delen))|(?:(?:avdelning|del)\s([IVXLC]+))", re.I
)
ANNEX = re.compile(r"(?:liite|liitteet|bilaga|bilagor)\b.{0,60}", re.I)
UNSEEN = {"horizontalRule", "omission"}


@dataclass
class Structure:
    """What a body consists of, in its order, in one language."""

    chapters: list[dict] = field(default_factory=list)
    sections: list[dict] = field(default_factory=list)
    wordings: dict[tuple[str, str], Wording] = field(default_factory=dict)
    parts: list[tuple[str, str, str]] = field(default_factory=list)
    cross_headings: list[tuple[str, str]] = field(default_factory=list)


class Body:
    """Reads one body; `partial` when a text may leave out what an amending act did not change."""

    def __init__(self, file: str, language: str, *, partial: bool = False):
        self.file, self.language, self.partial = file, language, partial
        self.found = Structure()
        self.part: tuple[str, str] | None = None
        self.above: list[str] = []
        self.empty = ""
        self.read: list[tuple[str, str, Element]] = []

    def structure(self, body: Element) -> Structure:
        """Raises BrokenFileError with the place for what a section or an annex cannot have."""
        wrappers = [one for one in body if one.attributes.get("name") == "statuteProvisionsWrapper"]
        if not wrappers:
            raise BrokenFileError(self.file, body.where, "it has no sections")
        for wrapper in wrappers:
            self.within(wrapper, "")
        self.number_sections()
        self.found.cross_headings += [(words, "") for words in self.above]
        annexes = [
            one
            for around in body
            if around.attributes.get("name") == "attachments"
            for one in self.children(around)
        ]
        for place, annex in enumerate(annexes, start=1):
            self.annex(annex, f"liite{place if annexes[1:] else ''}")
        check_once(self.file, [one["number"] for one in self.found.chapters], "chapter")
        check_once(self.file, [one["number"] for one in self.found.sections], "section")
        return self.found

    def within(self, around: Element, chapter: str) -> None:
        for child in self.children(around):
            if child.name == "section":
                chapter = chapter or self.empty
                number = self.section_number(child)
                self.found.cross_headings += [
                    (words, f"{chapter}:{number}") for words in self.above
                ]
                self.above = []
                self.read.append((chapter, number, child))
            elif child.name == "chapter" and not chapter:
                self.chapter(child)
            elif child.name == "part" and not chapter:
                self.part = (self.part_number(child), self.heading(child))
                self.within(child, "")
            elif child.name == "crossHeading" or (child.name == "level" and self.partial):
                self.above.append(running(child))
            elif child.name not in ("num", "heading"):
                raise self.unexpected(child, "a chapter or a section")

    def children(self, element: Element) -> Iterator[Element]:
        for child in element:
            name = child.attributes.get("name", "")
            if child.name == "hcontainer" and name in UNSEEN:
                if name == "omission" and not self.partial:
                    raise BrokenFileError(self.file, child.where, "a part of the text is left out")
                continue
            yield child

    def chapter(self, element: Element) -> None:
        label = self.needed(element, "num")
        found = CHAPTER.fullmatch(running(label))
        if found is None:
            raise BrokenFileError(self.file, label.where, f"“{label.text}” is not like 2 luku")
        number = found[3] or found[1] + found[2].lower()
        if self.part:
            self.found.parts.append((*self.part, number))
            self.part = None
        self.found.cross_headings += [(words, f"chapter {number}") for words in self.above]
        self.above = []
        heading = self.heading(element)
        check_length(self.file, element.where, heading, Chapter, "name_fi")
        place = len(self.found.chapters) + 1
        self.found.chapters.append(
            {"number": number, "position": place, f"name_{self.language}": heading}
        )
        before = len(self.read)
        self.within(element, number)
        # Finlex closes some chapters before their first section.
        self.empty = number if len(self.read) == before else ""

    def number_sections(self) -> None:
        """Sections by number; with the chapter's, 2:3, in an act that begins again in each."""
        plain = [number for _chapter, number, _element in self.read]
        again = len(set(plain)) < len(plain)

        def called(chapter, number):
            return f"{chapter}:{number}" if again and chapter else number

        for chapter, number, element in self.read:
            self.add(called(chapter, number), chapter, element, self.wording(element))
        self.found.cross_headings = [
            (words, called(*place.split(":")) if ":" in place else place)
            for words, place in self.found.cross_headings
        ]

    def add(self, number: str, chapter: str, element: Element, wording: Wording, **more) -> None:
        check_length(self.file, element.where, number, Section, "number")
        fields = {
            "number": number,
            "chapter": chapter,
            "position": len(self.found.sections) + 1,
            f"name_{self.language}": wording.heading,
        }
        self.found.sections.append(fields | more)
        self.found.wordings[number, self.language] = wording

    def section_number(self, element: Element) -> str:
        label = self.needed(element, "num")
        found = SECTION.fullmatch(running(label))
        if found is None:
            problem = f"“{label.text}” is not like 14 § or 32 a §"
            raise BrokenFileError(self.file, label.where, problem)
        return found[1] + found[2].lower()

    def part_number(self, element: Element) -> str:
        label = self.needed(element, "num")
        found = PART.fullmatch(running(label))
        if found is None:
            raise BrokenFileError(self.file, label.where, f"“{label.text}” is not like I osa")
        return found[1] or found[2]

    def heading(self, element: Element) -> str:
        headings = [one for one in element if one.name == "heading"]
        if headings[1:]:
            raise BrokenFileError(self.file, headings[1].where, "a second heading")
        words = running(headings[0]) if headings else ""
        if headings:
            check_length(self.file, headings[0].where, words, SectionVersion, "heading_fi")
        return words

    # Wordings

    def wording(self, element: Element) -> Wording:
        text = []
        for child in self.children(element):
            if child.name == "subsection":
                text.append(self.subsection(child))
            elif child.name not in ("num", "heading"):
                raise self.unexpected(child, "a subsection")
        return Wording(self.heading(element), text)

    def subsection(self, element: Element) -> dict:
        """Words, items, closing words and a table, as SectionVersion keeps them."""
        found: dict = {"text": "", "items": []}
        seen = ""
        for child in self.children(element):
            order = ("", "intro", "paragraph", "wrapUp")
            if child.name == "content" and not seen:
                self.content(child, found)
                seen = "wrapUp"
            elif child.name in order[1:] and order.index(child.name) >= order.index(seen):
                if child.name == "paragraph":
                    found["items"].append(self.item(child))
                elif child.name == seen:
                    raise self.unexpected(child, "an item")
                else:
                    found["text" if child.name == "intro" else "closing"] = self.words(child)
                seen = child.name
            else:
                raise self.unexpected(child, "words or an item")
        if seen == "paragraph" and self.closes(element):
            found["closing"] = found["items"].pop()
        return found

    def closes(self, element: Element) -> bool:
        """Whether its last item has no number where those before it have one: the words after."""
        paragraphs = [one for one in self.children(element) if one.name == "paragraph"]
        *before, last = [any(child.name == "num" for child in one) for one in paragraphs]
        return bool(before) and all(before) and not last

    def content(self, element: Element, found: dict) -> None:
        """Words, a table after them, and what follows the table."""
        for child in element:
            if child.name == "p":
                place = "closing" if "table" in found else "text"
                words = running(child)
                if words:
                    found[place] = f"{found.get(place, '')} {words}".strip()
            elif child.name == "table":
                if found.get("closing"):
                    raise self.unexpected(child, "words: a table was before them")
                found.setdefault("table", []).extend(self.table(child))
            else:
                raise self.unexpected(child, "words or a table")

    def words(self, element: Element) -> str:
        """The paragraphs of an element that has nothing else."""
        for child in element:
            if child.name != "p":
                raise self.unexpected(child, "words")
        return " ".join(filter(None, (running(child) for child in element)))

    def item(self, element: Element) -> str:
        """An item with its number; its sub-items follow, each on a line of its own."""
        number = ""
        own: list[str] = []
        lines: list[str] = []
        for child in self.children(element):
            if child.name == "num":
                number = running(child)
            elif child.name in ("content", "intro"):
                if lines:
                    raise self.unexpected(child, "a sub-item")
                own.append(self.words(child))
            elif child.name == "subparagraph" and element.name == "paragraph":
                lines.append(self.item(child))
            elif child.name == "wrapUp" and lines:
                lines.append(self.words(child))
            else:
                raise self.unexpected(child, "an item's words")
        words = of_an_item(number, " ".join(own))
        if not words:
            raise BrokenFileError(self.file, element.where, "the item is empty")
        return "\n".join([words, *lines])

    def table(self, element: Element) -> list[list[str]]:
        rows = []
        for row in element:
            if row.name != "tr":
                raise self.unexpected(row, "a row")
            for cell in row:
                if cell.name not in ("td", "th"):
                    raise self.unexpected(cell, "a cell")
            rows.append([self.words(cell) for cell in row])
        return rows

    def annex(self, element: Element, number: str) -> None:
        """An annex as a section of its own: each paragraph a subsection, a table with the last."""
        heading = ""
        text: list[dict] = []
        for around in self.children(element):
            if around.name == "heading":
                heading = running(around)
                continue
            if around.name != "content":
                raise self.unexpected(around, "the words of an annex")
            for child in around:
                if link := child.first("a"):
                    problem = f"the annex is a file of its own: {link.attributes.get('href', '')}"
                    raise BrokenFileError(self.file, link.where, problem)
                if child.name == "p":
                    words = running(child)
                    if words and not text and not heading and ANNEX.fullmatch(words):
                        heading = words
                    elif words:
                        text.append({"text": words, "items": []})
                elif child.name == "table":
                    if not text or "table" in text[-1]:
                        text.append({"text": "", "items": []})
                    text[-1] |= {"table": self.table(child)}
                else:
                    raise self.unexpected(child, "words or a table")
        self.add(number, "", element, Wording(heading, text), kind=Section.Kind.ANNEX)

    def needed(self, parent: Element, name: str) -> Element:
        found = next((one for one in parent if one.name == name), None)
        if found is None or not found.text:
            raise BrokenFileError(self.file, parent.where, f"{name} is missing in it")
        return found

    def unexpected(self, element: Element, expected: str) -> BrokenFileError:
        name = element.attributes.get("name", "")
        problem = f"it is not expected here, but {expected}"
        return BrokenFileError(self.file, f"{element.where} {name}".strip(), problem)
