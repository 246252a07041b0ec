"""Acts as files: each format is read into the same few plain rows, checked before they are used."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from portal.errors import BrokenFileError
from portal.languages import LANGUAGES

from .models import Section

SHIPPED = Path(__file__).parent / "data" / "integration_act.json"
WORDS_FOR: dict[type, str] = {dict: "an object", list: "a list", str: "a text"}
REFERENCE = re.compile(r"([1-9]\d{0,3})/((?:19|20)\d\d)")


@dataclass(frozen=True)
class ActRows:
    """An act as the fields of its rows; sections name their chapter by its number."""

    number: int
    year: int
    fields: dict
    amendments: list[dict]
    chapters: list[dict]
    sections: list[dict]
    decrees: list[dict]


def read(file: Path) -> ActRows:
    """The act in a file, by the format that the file's ending names.

    Raises BrokenFileError when the file is missing, is of no known format, does not parse, lacks
    something, says a thing twice, or refers to what is not in it.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise BrokenFileError(file.name, "", f"the file's ending is none of those known: {known}")
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise BrokenFileError(file.name, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(file.name, f"byte {error.start}", "the text is not UTF-8") from error
    return reader(file.name, text)


def _from_json(file: str, text: str) -> ActRows:
    """Our own format: `meta` of the act, and `chapters` with their `sections`."""
    try:
        content = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise BrokenFileError(file, where, error.msg) from error
    return _JsonAct(file).rows(content)


class _JsonAct:
    """Reads one file, and knows its name for what it has to say of it."""

    def __init__(self, file: str):
        self.file = file

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
        )

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
        self.check_once([chapter["number"] for chapter in chapters], "chapter")
        self.check_once([section["number"] for section in sections], "section")
        return chapters, sections

    def section(self, entry, where: str) -> dict:
        number = self.needed(entry, "number", str, where).replace(" ", "").lower()
        where = f"section {number}"
        if not re.fullmatch(r"[1-9]\d{0,3}[a-z]?", number):
            raise BrokenFileError(self.file, where, "the number is not like 14 or 32 a")
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

    def check_once(self, numbers: list[str], what: str) -> None:
        for number in numbers:
            if numbers.count(number) > 1:
                raise BrokenFileError(self.file, f"{what} {number}", "the number comes twice")

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


READERS: dict[str, Callable[[str, str], ActRows]] = {".json": _from_json}
