"""Our own format of acts and amending acts, JSON; docs/law-format.md describes it."""

import json
from collections import Counter
from functools import partial
from typing import Any

from law.models import Act, Amendment, Chapter, Decree, Section, SectionVersion
from portal.errors import BrokenFileError

from .bounds import check_characters, check_length
from .json_amendments import JsonAmendment
from .json_values import Json
from .parsed import (
    ANNEX_NUMBER,
    OF_THE_LAW,
    ActRows,
    AmendingRows,
    Wording,
    check_once,
)


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
        return JsonAmendment(file).rows(content)
    return _JsonAct(file).rows(content)


def _object(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose fields each stand in it once: of two, JSON would drop the first unsaid."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        twice = next(name for name, times in Counter(n for n, _v in pairs).items() if times > 1)
        raise BrokenFileError(file, "", f"the field {twice[:40]!a} stands twice in one object")
    return fields


class _JsonAct(Json):
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
                "kind": self.kind(meta),
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

    def kind(self, meta) -> str:
        """An act when the file does not say that it is a decree."""
        said = self.needed(meta, "kind", str, "meta") if "kind" in meta else Act.Kind.ACT
        if said not in Act.Kind.values:
            known = ", ".join(Act.Kind.values)
            raise BrokenFileError(self.file, "meta", f"the kind “{said}” is none of {known}")
        return said

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
        for around in (*content["chapters"], content):
            for entry in around.get("sections", []):
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
        for inner, section in enumerate(self.listed(content, "sections", ""), start=1):
            fields = self.section(section, f"sections, entry {inner}")
            sections.append({**fields, "position": len(sections) + 1, "chapter": ""})
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
            "kind": Section.Kind.ANNEX if ANNEX_NUMBER.fullmatch(number) else Section.Kind.SECTION,
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
