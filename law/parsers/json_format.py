"""Our own format of acts and amending acts, JSON; docs/law-format.md describes it."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Model

from law.models import Act, Amendment, Chapter, Decree, Section, SectionVersion
from portal.days import written_day
from portal.errors import BrokenFileError
from portal.languages import LANGUAGES

from .bounds import check_characters, check_day, check_length, check_year
from .parsed import (
    OF_THE_LAW,
    REFERENCE,
    SECTION_NUMBER,
    Action,
    ActRows,
    AmendingRows,
    Modification,
    TextualModification,
    Wording,
    check_once,
    in_order,
)

WORDS_FOR: dict[type, str] = {dict: "an object", list: "a list", str: "a text", int: "a number"}
MOST_SUBSECTIONS = 999


def read(file: str, text: str) -> ActRows | AmendingRows:
    """An act with `meta` and `chapters`, or an amending act, which says what it `amends`."""
    try:
        content = json.loads(text, object_pairs_hook=partial(_object, file))
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BrokenFileError(file, where, error.msg) from error
    except RecursionError as error:
        raise BrokenFileError(file, "", "it is nested too deep") from error
    except ValueError as error:  # more digits than Python turns into a number
        raise BrokenFileError(file, "", "a number in it has too many digits") from error
    check_characters(file, content)
    if isinstance(content, dict) and "amends" in content:
        return _JsonAmendment(file).rows(content)
    return _JsonAct(file).rows(content)


def _object(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose fields each stand in it once: of two, JSON would drop the first unsaid."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = next(name for name, times in Counter(n for n, _v in pairs).items() if times > 1)
        raise BrokenFileError(file, "", f"the field {twice[:40]!a} stands twice in one object")
    return fields


class _Json:
    """Reads one file, and knows its name for what it has to say of it."""

    def __init__(self, file: str):
        self.file = file

    def needed(self, entry, name: str, kind: type, where: str):
        value = entry.get(name) if isinstance(entry, dict) else None
        if not isinstance(value, kind) or isinstance(value, bool):
            expected = WORDS_FOR[kind]
            raise BrokenFileError(self.file, where, f"“{name}” is missing or is not {expected}")
        return value

    def listed(self, content, name: str, where: str) -> list:
        """A list that may be missing."""
        return self.needed(content, name, list, where) if name in content else []

    def only(self, entry, names: Collection[str], where: str) -> None:
        """What is not read is refused: a slip of the pen would leave a part of an act out."""
        for name in entry if isinstance(entry, dict) else ():
            if name not in names:
                raise BrokenFileError(self.file, where, f"“{name[:40]}” is no field of it")

    def words(self, entry, name: str, where: str, model: type[Model], field: str) -> str:
        """A text that may be missing or null, no longer than the model's field."""
        if entry.get(name) is None:
            return ""
        words = self.needed(entry, name, str, where).strip()
        check_length(self.file, f"{where}, {name}" if where else name, words, model, field)
        return words

    def names(self, entry, name: str, field: str, where: str, model: type[Model]) -> dict:
        words = self.needed(entry, name, dict, where)
        where = f"{where}, {name}"
        found = {
            f"{field}_{language}": self.needed(words, language, str, where).strip()
            for language in LANGUAGES
        }
        for column, word in found.items():
            check_length(self.file, where, word, model, column)
        return found

    def day(self, entry, name: str, where: str) -> date:
        word = self.needed(entry, name, str, where)
        try:
            day = written_day(word)
        except ValueError as error:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a day like 2025-01-31"
            ) from error
        check_day(self.file, where, day)
        return day

    def reference(self, entry, name: str, where: str) -> tuple[int, int]:
        word = self.needed(entry, name, str, where)
        parts = REFERENCE.fullmatch(word)
        if parts is None:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a number like 681/2023"
            )
        check_year(self.file, where, int(parts[2]))
        return int(parts[1]), int(parts[2])

    def section_number(self, entry, where: str) -> str:
        number = self.needed(entry, "number", str, where).replace(" ", "").lower()
        if not SECTION_NUMBER.fullmatch(number):
            raise BrokenFileError(
                self.file, f"{where}, section {number}", "the number is not like 14 or 32 a"
            )
        return number

    def chapter_number(self, entry, name: str, where: str) -> str:
        number = self.needed(entry, name, str, where).replace(" ", "").lower()
        if not SECTION_NUMBER.fullmatch(number):
            problem = f"the chapter “{number[:20]}” is not like 2 or 5 a"
            raise BrokenFileError(self.file, where, problem)
        return number

    def texts(self, entry, where: str) -> dict[str, list[dict]]:
        """The text by language; a language that is not there is not said anything of."""
        words = self.needed(entry, "text", dict, where)
        if not words or set(words) - set(OF_THE_LAW):
            raise BrokenFileError(self.file, where, "“text” is not an object of fi and sv")
        for language in words:
            if not self.needed(words, language, list, where):
                raise BrokenFileError(self.file, where, f"“text” in {language} has no subsection")
        return {
            language: [
                self.subsection(one, f"{where}, text, {language}, subsection {position}")
                for position, one in enumerate(self.needed(words, language, list, where), start=1)
            ]
            for language in words
        }

    def subsection(self, entry, where: str) -> dict:
        """A subsection is a text, or an object of its text and its items."""
        if isinstance(entry, str):
            entry = {"text": entry}
        self.only(entry, ("text", "items"), where)
        items = entry.get("items", []) if isinstance(entry, dict) else []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise BrokenFileError(self.file, where, "“items” is not a list of texts")
        words = self.needed(entry, "text", str, where).strip()
        items = [item.strip() for item in items]
        if not all(items) or not (words or items):
            raise BrokenFileError(self.file, where, "a text in it is empty")
        return {"text": words, "items": items}


class _JsonAct(_Json):
    """Reads an act: all there is of it, with or without the texts as it was given."""

    def rows(self, content) -> ActRows:
        meta = self.needed(content, "meta", dict, "")
        number, year = self.reference(meta, "number", "meta")
        chapters, sections = self.chapters(content)
        amendments = [
            self.amendment(entry, f"meta, amendments, entry {position}")
            for position, entry in enumerate(self.listed(meta, "amendments", "meta"), start=1)
        ]
        check_once(self.file, [f"{one['number']}/{one['year']}" for one in amendments], "amendment")
        self.check_amendments(sections, amendments)
        consolidated_to = self.consolidated_to(meta)
        return ActRows(
            number,
            year,
            {
                **self.names(meta, "title", "name", "meta", Act),
                **self.names(meta, "short_title", "short", "meta", Act),
                "given_on": self.day(meta, "given_on", "meta"),
                "in_force_from": self.day(meta, "in_force_from", "meta"),
                "consolidated_to": consolidated_to,
                "acts_unread": self.unread(meta),
            },
            amendments,
            chapters,
            sections,
            [
                self.decree(entry, sections, f"meta, related_decrees, entry {position}")
                for position, entry in enumerate(
                    self.listed(meta, "related_decrees", "meta"), start=1
                )
            ],
            self.wordings(content),
            self.words(meta, "source", "meta", SectionVersion, "source") or f"{number}/{year}",
        )

    def consolidated_to(self, meta) -> str:
        """The act up to which the file goes; words after its number are for people."""
        if meta.get("consolidated_to") in (None, ""):
            return ""
        word = self.needed(meta, "consolidated_to", str, "meta").split(" ")[0]
        number, year = self.reference({"consolidated_to": word}, "consolidated_to", "meta")
        return f"{number}/{year}"

    def wordings(self, content) -> dict[tuple[str, str], Wording]:
        """The texts with which the act was given, of the sections that have one."""
        found = {}
        for chapter in content["chapters"]:
            for entry in chapter["sections"]:
                if "text" in entry:
                    number = entry["number"].replace(" ", "").lower()
                    where = f"section {number}"
                    then = entry.get("heading_as_enacted") or entry["heading"]
                    for language, text in self.texts(entry, where).items():
                        heading = self.needed(then, language, str, f"{where}, heading").strip()
                        check_length(
                            self.file, f"{where}, heading", heading, SectionVersion, "heading_fi"
                        )
                        found[number, language] = Wording(heading, text)
        return found

    def chapters(self, content) -> tuple[list[dict], list[dict]]:
        chapters: list[dict] = []
        sections: list[dict] = []
        for position, entry in enumerate(self.needed(content, "chapters", list, ""), start=1):
            where = f"chapters, entry {position}"
            number = self.chapter_number(entry, "number", where)
            where = f"chapter {number}"
            chapters.append(
                {
                    "number": number,
                    "position": position,
                    **self.names(entry, "heading", "name", where, Chapter),
                }
            )
            for inner, section in enumerate(self.needed(entry, "sections", list, where), start=1):
                fields = self.section(section, f"{where}, sections, entry {inner}")
                sections.append({**fields, "position": len(sections) + 1, "chapter": number})
        check_once(self.file, [chapter["number"] for chapter in chapters], "chapter")
        check_once(self.file, [section["number"] for section in sections], "section")
        return chapters, sections

    def section(self, entry, where: str) -> dict:
        number = self.section_number(entry, where)
        where = f"section {number}"
        status = self.needed(entry, "status", str, where)
        if status not in Section.Status.values:
            known = ", ".join(Section.Status.values)
            raise BrokenFileError(self.file, where, f"the status “{status}” is none of {known}")
        repealed = status == Section.Status.REPEALED
        return {
            "number": number,
            **self.names(entry, "heading", "name", where, Section),
            "status": status,
            "added_by": self.words(entry, "added_by", where, Section, "added_by"),
            "amended_by": self.listed(entry, "amended_by", where),
            "repealed_by": self.needed(entry, "repealed_by", str, where) if repealed else "",
            "repealed_from": self.day(entry, "repealed_from", where) if repealed else None,
            "for_employment_authority": bool(entry.get("employment_authority_for_jobseekers")),
            "acts_unseen": self.unseen(entry, where),
        }

    def unseen(self, entry, where: str) -> list[str]:
        """Acts that changed the section and whose words were found in no language of the law."""
        missing = (
            self.needed(entry, "words_missing", dict, where) if "words_missing" in entry else {}
        )
        return [
            reference
            for reference, languages in missing.items()
            if isinstance(languages, list) and set(OF_THE_LAW) <= set(map(str, languages))
        ]

    def unread(self, meta) -> list[dict]:
        """Later amending acts of which only the number and the day are known."""
        named = {entry["number"] for entry in self.listed(meta, "amendments", "meta")}
        found = []
        later = self.listed(meta, "later_changes_not_included", "meta")
        for position, entry in enumerate(later, start=1):
            where = f"meta, later_changes_not_included, entry {position}"
            if not isinstance(entry, dict) or "act" not in entry or entry["act"] in named:
                continue
            number, year = self.reference(entry, "act", where)
            day = self.day(entry, "in_force_from", where).isoformat()
            found.append({"reference": f"{number}/{year}", "in_force_from": day})
        return found

    def amendment(self, entry, where: str) -> dict:
        number, year = self.reference(entry, "number", where)
        return {
            "number": number,
            "year": year,
            "given_on": self.day(entry, "given_on", where),
            "in_force_from": self.day(entry, "in_force_from", where),
            "proposal": self.words(entry, "proposal", where, Amendment, "proposal"),
        }

    def decree(self, entry, sections: list[dict], where: str) -> dict:
        number, year = self.reference(entry, "number", where)
        first, _dash, last = self.needed(entry, "section", str, where).partition("-")
        last = last or first
        known = {section["number"] for section in sections}
        for one in (first, last):
            if one not in known:
                raise BrokenFileError(self.file, where, f"there is no section {one}")
        name = self.needed(entry, "fi", str, where)
        check_length(self.file, where, name, Decree, "name_fi")
        return {"number": number, "year": year, "name_fi": name, "first": first, "last": last}

    def check_amendments(self, sections: list[dict], amendments: list[dict]) -> None:
        """Acts that a section names are among the act's amendments."""
        known = {f"{entry['number']}/{entry['year']}" for entry in amendments}
        for section in sections:
            named = [section["added_by"], section["repealed_by"]]
            for reference in [
                *filter(None, named),
                *section["amended_by"],
                *section["acts_unseen"],
            ]:
                if not isinstance(reference, str) or reference not in known:
                    raise BrokenFileError(
                        self.file,
                        f"section {section['number']}",
                        f"{reference} is not among the amendments",
                    )


class _JsonAmendment(_Json):
    """Reads an amending act: what it changed, added and repealed, section by section."""

    ACTIONS: Mapping[str, Action] = {
        "changed": "substitution",
        "added": "insertion",
        "repealed": "repeal",
    }
    FIELDS = (
        *("amends", "number", "source", "proposal", "given_on", "in_force_from"),
        *(*ACTIONS, "added_chapters"),
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
        if not modifications:
            raise BrokenFileError(
                self.file, "", "“changed”, “added” and “repealed” name no section"
            )
        amends = self.reference(content, "amends", "")
        if amends == (number, year):
            raise BrokenFileError(self.file, "amends", "the act amends itself")
        self.check_named_once(modifications)
        return AmendingRows(
            self.file,
            amends,
            number,
            year,
            self.day(content, "given_on", ""),
            self.day(content, "in_force_from", ""),
            self.words(content, "proposal", "", Amendment, "proposal"),
            self.words(content, "source", "", SectionVersion, "source") or f"{number}/{year}",
            OF_THE_LAW,
            sorted(modifications, key=lambda one: (in_order(one.section), one.day or date.min)),
            new_chapters=self.added_chapters(content),
        )

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
