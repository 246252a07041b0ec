"""The body of a consolidated text as it stands on a day: of new words and old, one.

What is not yet in force stands before the old words, with a note between them. Each note gives the
elements before it the day from which they hold, and those after it the day until which they do.
"""

import re
from datetime import date

from law.parsers.elements import Element
from law.parsers.parsed import in_order
from portal.errors import BrokenFileError

from . import notes
from .notes import NEVER, Note
from .running import running

_UNITS = {"part", "chapter", "section", "subsection", "paragraph", "subparagraph"}
_UNITS |= {"heading", "intro", "wrapUp"}
_CHANGED_BY = re.compile(r"\(\d{1,2}\.\d{1,2}\.\d{4}/\d+\)")
_SEE_ALSO = re.compile(r"(?:Ks|Se)\b\.? ")


class Standing:
    """Reads the notes of one body."""

    def __init__(self, file: str, language: str, body: Element):
        self.file, self.language, self.body = file, language, body
        self.held: dict[int, list[tuple[date, date]]] = {}
        self.between: dict[int, list[tuple[date, date]]] = {}
        self.gone: set[int] = set()
        self.acts: dict[tuple[int, int], set[date]] = {}
        self.touched: dict[str, list[str]] = {}
        self.read(body)

    @property
    def days(self) -> list[date]:
        """The days on which something begins or ends."""
        both = (*self.held.values(), *self.between.values())
        found = {day for spans in both for span in spans for day in span}
        return sorted(found - {date.min, NEVER})

    def on(self, day: date) -> Element:
        """The body without notes, with what holds on the day."""
        return self._copy(self.body, day)

    def _copy(self, element: Element, day: date) -> Element:
        children: list[Element | str] = []
        for child in element.children:
            if isinstance(child, str):
                children.append(child)
            elif id(child) not in self.gone and self.holds(child, day):
                children.append(self._copy(child, day))
        return Element(element.name, element.line, element.attributes, children)

    def holds(self, element: Element, day: date) -> bool:
        holds = all(first <= day < end for first, end in self.held.get(id(element), []))
        replaced = any(first <= day < end for first, end in self.between.get(id(element), []))
        return holds and not replaced

    # Notes

    def read(self, around: Element) -> None:
        """The notes among an element's children, and those inside them."""
        siblings = [one for one in around if isinstance(one, Element)]
        for place, child in enumerate(siblings):
            name = child.attributes.get("name", "")
            if name == "noteAuthorial":
                self.note(siblings, place)
            elif child.name in _UNITS and (line := self.repealed(child)):
                self.repeal(siblings, place, line)
            else:
                if child.name == "heading":
                    self.gone |= {id(one) for one in child if _CHANGED_BY.fullmatch(one.text)}
                self.read(child)

    def note(self, siblings: list[Element], place: int) -> None:
        note_ = siblings[place]
        self.gone.add(id(note_))
        words = running(note_)
        if _SEE_ALSO.match(words):
            return
        note = notes.change(words, self.language)
        if note is None:
            raise self.unread(note_, words)
        self.acts.setdefault(note.act, set()).add(note.day)
        new = self.run(siblings[:place][::-1], note, note_)
        for one in new:
            self.hold(one, note.day, note.until or NEVER)
        if note.has_old:
            self.replaced(siblings[place + 1 :], note, note_)

    def repeal(self, siblings: list[Element], place: int, note: Note) -> None:
        line = siblings[place]
        self.gone.add(id(line))
        if note.day != date.min:
            self.acts.setdefault(note.act, set()).add(note.day)
        if note.has_old:
            self.replaced(siblings[place + 1 :], note, line)

    def replaced(self, after: list[Element], note: Note, line: Element) -> None:
        """The old words: they hold until the new ones do, and again when a temporary act ends."""
        old = self.run(after, note, line)
        for one in old:
            if note.until is None:
                self.hold(one, date.min, note.day)
            else:
                self.absent(one, note.day, note.until)

    def run(self, siblings: list[Element], note: Note, line: Element) -> list[Element]:
        """The elements next to a note that it is about."""
        found: list[Element] = []
        for one in siblings:
            is_note = one.attributes.get("name") == "noteAuthorial"
            if is_note or one.name != note.subject.kind or id(one) in self.gone:
                break
            number = self.number(one)
            if number and not note.subject.has(number):
                break
            if not number and len(found) == note.subject.count:
                break
            if number and number in [self.number(other) for other in found]:
                break  # an older wording of the same, after a note of its own
            found.append(one)
        if not found:
            raise self.unread(line, running(line))
        return found

    def number(self, element: Element) -> str:
        """The number of a section, item or chapter: "2", "3a", "b"; a subsection has none."""
        label = next((one for one in element if one.name == "num"), None)
        if label is None:
            return ""
        words = re.sub(r"\s|§|\)|luku|kap\.?", "", running(label).lower())
        return words if in_order(words) != (0, "") else ""

    def repealed(self, element: Element) -> Note | None:
        """What the line says that stands in the place of a repealed element."""
        words = running(_without_number(element))
        if len(words) > 400:
            return None
        return notes.repeal(words, self.language)

    def hold(self, element: Element, first: date, end: date) -> None:
        self.held.setdefault(id(element), []).append((first, end))

    def absent(self, element: Element, first: date, end: date) -> None:
        self.between.setdefault(id(element), []).append((first, end))

    def unread(self, element: Element, words: str) -> BrokenFileError:
        name = element.attributes.get("eId") or element.attributes.get("name", "")
        problem = f"the note is not understood: “{words[:160]}”"
        return BrokenFileError(self.file, f"{element.where} {name}".strip(), problem)


def _without_number(element: Element) -> Element:
    children = [one for one in element.children if isinstance(one, str) or one.name != "num"]
    return Element(element.name, element.line, element.attributes, children)
