"""Our own format of acts and amending acts, JSON; docs/law-format.md describes it."""

import json
from collections.abc import Sequence
from datetime import date

from portal.errors import BrokenFileError
from portal.languages import LANGUAGES
from portal.law.models import Section

from .rows import (
    REFERENCE,
    SECTION_NUMBER,
    ActRows,
    AmendingRows,
    Edit,
    Part,
    Wording,
    check_once,
    in_order,
)

WORDS_FOR: dict[type, str] = {dict: "an object", list: "a list", str: "a text", int: "a number"}
OF_THE_LAW = ("fi", "sv")


def read(file: str, text: str) -> ActRows | AmendingRows:
    """An act with `meta` and `chapters`, or an amending act, which says what it `amends`."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BrokenFileError(file, where, error.msg) from error
    if isinstance(content, dict) and "amends" in content:
        return _JsonAmendment(file).rows(content)
    return _JsonAct(file).rows(content)


class _Json:
    """Reads one file, and knows its name for what it has to say of it."""

    def __init__(self, file: str):
        self.file = file

    def needed(self, entry, name: str, kind: type, where: str):
        if not isinstance(entry, dict) or not isinstance(entry.get(name), kind):
            expected = WORDS_FOR[kind]
            raise BrokenFileError(self.file, where, f"“{name}” is missing or is not {expected}")
        return entry[name]

    def names(self, entry, name: str, field: str, where: str) -> dict:
        words = self.needed(entry, name, dict, where)
        return {
            f"{field}_{language}": self.needed(words, language, str, f"{where}, {name}").strip()
            for language in LANGUAGES
        }

    def day(self, entry, name: str, where: str) -> date:
        word = self.needed(entry, name, str, where)
        try:
            return date.fromisoformat(word)
        except ValueError as error:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a day like 2025-01-31"
            ) from error

    def reference(self, entry, name: str, where: str) -> tuple[int, int]:
        word = self.needed(entry, name, str, where)
        parts = REFERENCE.fullmatch(word)
        if parts is None:
            raise BrokenFileError(
                self.file, where, f"“{name}” is “{word}”, not a number like 681/2023"
            )
        return int(parts[1]), int(parts[2])

    def section_number(self, entry, where: str) -> str:
        number = self.needed(entry, "number", str, where).replace(" ", "").lower()
        if not SECTION_NUMBER.fullmatch(number):
            raise BrokenFileError(
                self.file, f"{where}, section {number}", "the number is not like 14 or 32 a"
            )
        return number

    def texts(self, entry, where: str) -> dict[str, list[dict]]:
        """The text by language; a language that is not there is not said anything of."""
        words = self.needed(entry, "text", dict, where)
        if not words or set(words) - set(OF_THE_LAW):
            raise BrokenFileError(self.file, where, "“text” is not an object of fi and sv")
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
        items = entry.get("items", []) if isinstance(entry, dict) else []
        if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
            raise BrokenFileError(self.file, where, "“items” is not a list of texts")
        return {
            "text": self.needed(entry, "text", str, where).strip(),
            "items": [item.strip() for item in items],
        }


class _JsonAct(_Json):
    """Reads an act: all there is of it, with or without the texts as it was given."""

    def rows(self, content) -> ActRows:
        meta = self.needed(content, "meta", dict, "")
        number, year = self.reference(meta, "number", "meta")
        chapters, sections = self.chapters(content)
        amendments = [
            self.amendment(entry, f"meta, amendments, entry {position}")
            for position, entry in enumerate(meta.get("amendments", []), start=1)
        ]
        self.check_amendments(sections, amendments)
        consolidated_to = str(meta.get("consolidated_to", "")).split(" ")[0]
        return ActRows(
            number,
            year,
            {
                **self.names(meta, "title", "name", "meta"),
                **self.names(meta, "short_title", "short", "meta"),
                "given_on": self.day(meta, "given_on", "meta"),
                "in_force_from": self.day(meta, "in_force_from", "meta"),
                "consolidated_to": consolidated_to,
            },
            amendments,
            chapters,
            sections,
            [
                self.decree(entry, sections, f"meta, related_decrees, entry {position}")
                for position, entry in enumerate(meta.get("related_decrees", []), start=1)
            ],
            self.wordings(content),
            str(meta.get("source", "")) or f"{number}/{year}",
        )

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
                        heading = self.needed(then, language, str, f"{where}, heading")
                        found[number, language] = Wording(heading.strip(), text)
        return found

    def chapters(self, content) -> tuple[list[dict], list[dict]]:
        chapters: list[dict] = []
        sections: list[dict] = []
        for position, entry in enumerate(self.needed(content, "chapters", list, ""), start=1):
            where = f"chapters, entry {position}"
            number = self.needed(entry, "number", str, where)
            where = f"chapter {number}"
            chapters.append(
                {
                    "number": number,
                    "position": position,
                    **self.names(entry, "heading", "name", where),
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
            **self.names(entry, "heading", "name", where),
            "status": status,
            "added_by": entry.get("added_by", ""),
            "amended_by": entry.get("amended_by", []),
            "repealed_by": self.needed(entry, "repealed_by", str, where) if repealed else "",
            "repealed_from": self.day(entry, "repealed_from", where) if repealed else None,
            "for_employment_authority": bool(entry.get("employment_authority_for_jobseekers")),
            "to_be_checked": bool(entry.get("recheck_for_2026")),
        }

    def amendment(self, entry, where: str) -> dict:
        number, year = self.reference(entry, "number", where)
        return {
            "number": number,
            "year": year,
            "given_on": self.day(entry, "given_on", where),
            "in_force_from": self.day(entry, "in_force_from", where),
            "proposal": entry.get("proposal") or "",
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
        return {"number": number, "year": year, "name_fi": name, "first": first, "last": last}

    def check_amendments(self, sections: list[dict], amendments: list[dict]) -> None:
        """Acts that a section names are among the act's amendments."""
        known = {f"{entry['number']}/{entry['year']}" for entry in amendments}
        for section in sections:
            named = [section["added_by"], section["repealed_by"], *section["amended_by"]]
            for reference in filter(None, named):
                if reference not in known:
                    raise BrokenFileError(
                        self.file,
                        f"section {section['number']}",
                        f"{reference} is not among the amendments",
                    )


class _JsonAmendment(_Json):
    """Reads an amending act: what it changed, added and repealed, section by section."""

    def rows(self, content) -> AmendingRows:
        number, year = self.reference(content, "number", "")
        edits = [
            self.edit(entry, action, f"{action}, entry {position}")
            for action in ("changed", "added", "repealed")
            for position, entry in enumerate(self.listed(content, action, ""), start=1)
        ]
        if not edits:
            raise BrokenFileError(
                self.file, "", "“changed”, “added” and “repealed” name no section"
            )
        languages = {language for edit in edits for language in edit.wording}
        chapters = {
            (entry_number, language): words
            for position, entry in enumerate(self.listed(content, "added_chapters", ""), start=1)
            for entry_number in [self.needed(entry, "number", str, f"added_chapters {position}")]
            for language, words in self.heading(entry, f"added_chapters {position}").items()
        }
        return AmendingRows(
            self.file,
            self.reference(content, "amends", ""),
            number,
            year,
            self.day(content, "given_on", ""),
            self.day(content, "in_force_from", ""),
            str(content.get("proposal") or ""),
            str(content.get("source") or f"{number}/{year}"),
            tuple(sorted(languages)) or OF_THE_LAW,
            sorted(edits, key=lambda one: (in_order(one.section), one.day or date.min)),
            new_chapters=chapters,
        )

    def listed(self, content, name: str, where: str) -> list:
        return self.needed(content, name, list, where) if name in content else []

    def edit(self, entry, action, where: str) -> Edit:
        if action == "repealed" and isinstance(entry, str):
            entry = {"number": entry}
        number = self.section_number(entry, where)
        where = f"{where}, section {number}"
        day = self.day(entry, "in_force_from", where) if "in_force_from" in entry else None
        chapter = str(entry.get("chapter", ""))
        if "subsections" in entry or (action == "changed" and "text" not in entry):
            wording: dict = self.parts(entry, action, where)
            action = "changed"
        elif action == "repealed":
            wording = {}
        else:
            headings = self.heading(entry, where)
            wording = {}
            for language, text in self.texts(entry, where).items():
                heading = self.needed(headings, language, str, f"{where}, heading")
                wording[language] = Wording(heading, text)
        return Edit(number, action, where, wording, chapter, day)

    def heading(self, entry, where: str) -> dict[str, str]:
        words = self.needed(entry, "heading", dict, where)
        return {
            language: self.needed(words, language, str, f"{where}, heading").strip()
            for language in OF_THE_LAW
            if language in words
        }

    def parts(self, entry, action, where: str) -> dict[str, Sequence[Part]]:
        """A changed heading, and subsections; a subsection whose `item` is named is that item."""
        parts: dict[str, list[Part]] = {}
        if "heading" in entry:
            for language, words in self.heading(entry, where).items():
                parts.setdefault(language, []).append(Part("changed", heading=True, content=words))
        for position, one in enumerate(self.listed(entry, "subsections", where), start=1):
            if action == "repealed" and isinstance(one, int):
                one = {"number": one}
            inner = f"{where}, subsections, entry {position}"
            number = self.needed(one, "number", int, inner)
            item = str(one.get("item", "")).replace(" ", "")
            if action == "repealed":
                for language in OF_THE_LAW:
                    parts.setdefault(language, []).append(Part("repealed", number, item))
                continue
            words = self.needed(one, "text", dict, inner)
            for language in filter(words.__contains__, OF_THE_LAW):
                content: dict | str = (
                    self.needed(words, language, str, inner).strip()
                    if item
                    else self.subsection(words[language], f"{inner}, {language}")
                )
                parts.setdefault(language, []).append(Part(action, number, item, content=content))
        if not parts:
            raise BrokenFileError(self.file, where, "neither its heading nor a part of it changes")
        return parts
