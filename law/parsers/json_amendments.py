"""An amending act in our own JSON."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from law.models import Amendment, SectionVersion
from portal.errors import BrokenFileError

from .bounds import check_length
from .json_values import Json
from .parsed import (
    OF_THE_LAW,
    SECTION_NUMBER,
    Action,
    AmendingRows,
    Modification,
    TextualModification,
    Wording,
    check_once,
    in_order,
)

MOST_SUBSECTIONS = 999


class JsonAmendment(Json):
    """Reads an amending act: what it changed, added and repealed, section by section."""

    ACTIONS: Mapping[str, Action] = {
        "changed": "substitution",
        "added": "insertion",
        "repealed": "repeal",
    }
    OF_THE_WHOLE = ("repealed_chapters", "renumbered", "repeals_act")
    FIELDS = (
        *("amends", "number", "source", "proposal", "given_on", "in_force_from"),
        *("valid_until", *ACTIONS, "added_chapters", *OF_THE_WHOLE),
    )
    OF_AN_ENTRY = ("number", "chapter", "in_force_from")

    def rows(self, content) -> AmendingRows:
        self.only(content, self.FIELDS, "")
        number, year = self.reference(content, "number", "")
        modifications = [
            self.modification(entry, action, f"{field}, entry {position}")
            for field, action in self.ACTIONS.items()
            for position, entry in enumerate(self.listed(content, field, ""), start=1)
        ]
        if not modifications and not any(content.get(name) for name in self.OF_THE_WHOLE):
            raise BrokenFileError(
                self.file, "", "“changed”, “added” and “repealed” name no section"
            )
        amends = self.reference(content, "amends", "")
        if amends == (number, year):
            raise BrokenFileError(self.file, "amends", "the act amends itself")
        self.check_named_once(modifications)
        by_day = content.get("in_force_from", "") is not None  # null: a decree will give it
        return AmendingRows(
            self.file,
            amends,
            number,
            year,
            self.day(content, "given_on", ""),
            self.day(content, "in_force_from", "") if by_day else None,
            self.words(content, "proposal", "", Amendment, "proposal"),
            self.words(content, "source", "", SectionVersion, "source") or f"{number}/{year}",
            OF_THE_LAW,
            sorted(modifications, key=lambda one: (in_order(one.section), one.day or date.min)),
            new_chapters=self.added_chapters(content),
            valid_until=self.day(content, "valid_until", "") if "valid_until" in content else None,
            repealed_chapters=[
                self.chapter_number({"number": one}, "number", "repealed_chapters")
                for one in self.listed(content, "repealed_chapters", "")
            ],
            renumbered=self.renumbered(content),
            repeals_act=self.repeals_act(content),
        )

    def renumbered(self, content) -> list[tuple[str, str]]:
        """Sections that get another number: what each was and what it becomes."""
        found = []
        for position, entry in enumerate(self.listed(content, "renumbered", ""), start=1):
            where = f"renumbered, entry {position}"
            self.only(entry, ("from", "to"), where)
            was, becomes = (
                self.section_number({"number": self.needed(entry, name, str, where)}, where)
                for name in ("from", "to")
            )
            found.append((was, becomes))
        for numbers in zip(*found, strict=True):
            check_once(self.file, numbers, "renumbered, section")
        return found

    def repeals_act(self, content) -> bool:
        """Whether the whole act is repealed; nothing else of it can be changed then."""
        if "repeals_act" not in content:
            return False
        if content["repeals_act"] is not True:
            raise BrokenFileError(self.file, "repeals_act", "it is not true")
        others = [name for name in content if name in (*self.ACTIONS, "added_chapters")]
        others += [name for name in self.OF_THE_WHOLE[:2] if content.get(name)]
        if others:
            problem = f"the whole act is repealed, and “{others[0]}” changes something in it"
            raise BrokenFileError(self.file, "repeals_act", problem)
        return True

    def added_chapters(self, content) -> dict[tuple[str, str], str]:
        """The headings of new chapters, by number and language."""
        numbers, found = [], {}
        for position, entry in enumerate(self.listed(content, "added_chapters", ""), start=1):
            where = f"added_chapters, entry {position}"
            self.only(entry, ("number", "heading"), where)
            numbers.append(self.chapter_number(entry, "number", where))
            for language, words in self.heading(entry, where).items():
                found[numbers[-1], language] = words
        check_once(self.file, numbers, "added_chapters, chapter")
        return found

    def check_named_once(self, modifications: list[Modification]) -> None:
        """A section that is given or repealed as a whole is named once, and so is each part."""
        named: dict[str, list[Modification]] = defaultdict(list)
        parts: set[tuple] = set()
        for modification in modifications:
            before = named[modification.section]
            before.append(modification)
            if before[1:] and any(one.is_whole for one in before):
                problem = f"section {modification.section} is named twice, and once as a whole"
                raise BrokenFileError(self.file, modification.where, problem)
            if modification.is_whole:
                continue
            for language, changed in modification.wording.items():
                for part in () if isinstance(changed, Wording) else changed:
                    new = part.action == "insertion"
                    place = part.subsection, part.item, part.heading
                    key = modification.section, language, new, *place
                    if key in parts:
                        problem = f"{part.name} of section {modification.section} is named twice"
                        raise BrokenFileError(self.file, modification.where, problem)
                    parts.add(key)

    def modification(self, entry, action: Action, where: str) -> Modification:
        if action == "repeal" and isinstance(entry, str):
            entry = {"number": entry}
        number = self.section_number(entry, where)
        where = f"{where}, section {number}"
        in_parts = "subsections" in entry or (action == "substitution" and "text" not in entry)
        names = {*self.OF_AN_ENTRY, "subsections" if in_parts else "text", "heading"}
        if action == "repeal":
            names = {*self.OF_AN_ENTRY, "subsections"}
        self.only(entry, names, where)
        day = self.day(entry, "in_force_from", where) if "in_force_from" in entry else None
        chapter = self.chapter_number(entry, "chapter", where) if "chapter" in entry else ""
        if in_parts:
            wording: dict = self.parts(entry, action, where)
            action = "substitution"
        elif action == "repeal":
            wording = {}
        else:
            headings = self.heading(entry, where)
            wording = {}
            for language, text in self.texts(entry, where).items():
                heading = self.needed(headings, language, str, f"{where}, heading")
                wording[language] = Wording(heading, text)
        return Modification(number, action, where, wording, chapter, day)

    def heading(self, entry, where: str) -> dict[str, str]:
        words = self.needed(entry, "heading", dict, where)
        where = f"{where}, heading"
        found = {
            language: self.needed(words, language, str, where).strip()
            for language in OF_THE_LAW
            if language in words
        }
        if not found:
            raise BrokenFileError(self.file, where, "it is neither in fi nor in sv")
        for word in found.values():
            check_length(self.file, where, word, SectionVersion, "heading_fi")
        return found

    def parts(self, entry, action: Action, where: str) -> dict[str, list[TextualModification]]:
        """A changed heading, and subsections; a subsection whose `item` is named is that item."""
        parts: dict[str, list[TextualModification]] = defaultdict(list)
        if "heading" in entry:
            for language, words in self.heading(entry, where).items():
                parts[language].append(
                    TextualModification("substitution", heading=True, content=words)
                )
        for position, one in enumerate(self.listed(entry, "subsections", where), start=1):
            if action == "repeal" and not isinstance(one, dict):
                one = {"number": one}
            inner = f"{where}, subsections, entry {position}"
            names = ("number", "item") if action == "repeal" else ("number", "item", "text")
            self.only(one, names, inner)
            number = self.needed(one, "number", int, inner)
            if not 1 <= number <= MOST_SUBSECTIONS:
                problem = f"there is no subsection {number}"
                raise BrokenFileError(self.file, inner, problem)
            item = self.needed(one, "item", str, inner).replace(" ", "") if "item" in one else ""
            if "item" in one and not SECTION_NUMBER.fullmatch(item):
                raise BrokenFileError(
                    self.file, inner, f"the item “{item[:20]}” is not like 3 or 3a"
                )
            if action == "repeal":
                for language in OF_THE_LAW:
                    parts[language].append(TextualModification("repeal", number, item))
                continue
            words = self.needed(one, "text", dict, inner)
            self.only(words, OF_THE_LAW, inner)
            for language in filter(words.__contains__, OF_THE_LAW):
                content: dict | str = (
                    self.needed(words, language, str, inner).strip()
                    if item
                    else self.subsection(words[language], f"{inner}, {language}")
                )
                parts[language].append(TextualModification(action, number, item, content=content))
        if not parts:
            raise BrokenFileError(self.file, where, "neither its heading nor a part of it changes")
        return parts
