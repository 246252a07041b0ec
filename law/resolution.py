"""What an amending act does, section by section, or why it is refused: nothing is guessed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NoReturn

from portal.errors import BrokenFileError

from . import wordings
from .models import Act, Amendment, Chapter, Section
from .parsers.parsed import (
    OF_THE_LAW,
    Action,
    AmendingRows,
    Modification,
    TextualModification,
    Wording,
    in_order,
)
from .parsers.statute_collection import item_number

Sections = Mapping[str, Section]
Given = Wording | Sequence[TextualModification]


def resolved(
    rows: AmendingRows,
    act: Act,
    amendment: Amendment,
    sections: Sections,
    chapters: Mapping[str, Chapter],
) -> list[Modification]:
    """The changes of single sections that the act comes to: a chapter, a range, the whole act and
    a new number are said as what they do to each.

    Raises BrokenFileError, with the place, for what contradicts itself, says nothing, or is one
    thing in Finnish and another in Swedish.
    """
    found = [
        *joined(rows.modifications),
        *_in_ranges(rows, sections),
        *_in_chapters(rows, sections, chapters),
        *_renumbered(rows, amendment, sections),
    ]
    if rows.repeals_act:
        found += [
            Modification(number, "repeal", f"act {act.reference}")
            for number, section in sections.items()
            if section.status == Section.Status.IN_FORCE
            or section.repealed_by == amendment.reference
        ]
    _check_days(found, amendment, rows)
    for modification in found:
        _check_languages(modification, rows)
        for words in modification.wording.values():
            _check_words(modification, words, rows)
    return found


def _refused(rows: AmendingRows, where: str, problem: str) -> NoReturn:
    raise BrokenFileError(rows.file, where, problem)


def joined(modifications: Iterable[Modification]) -> list[Modification]:
    """Parts of a section that are given one by one, for the same day, are one change of it."""
    found: dict[tuple, Modification] = {}
    for number, one in enumerate(modifications):
        parts: dict[str, list[TextualModification]] = {
            name: list(words)
            for name, words in one.wording.items()
            if not isinstance(words, Wording) and not one.is_whole
        }
        key = (one.section, one.day) if parts else (one.section, one.day, number)
        before = found.get(key)
        for language, words in (before.wording if before else {}).items():
            if not isinstance(words, Wording):
                parts[language] = [*words, *parts.get(language, ())]
        found[key] = replace(before or one, wording=parts or one.wording)
    return list(found.values())


def _in_ranges(rows: AmendingRows, sections: Sections) -> list[Modification]:
    """Sections between two that are repealed together, such as 32 a between 32 and 33."""
    named = {modification.section for modification in rows.modifications}
    return [
        Modification(number, "repeal", f"sections {first}–{last}")
        for first, last in rows.ranges
        for number in sections
        if in_order(first) < in_order(number) < in_order(last) and number not in named
    ]


def _in_chapters(
    rows: AmendingRows, sections: Sections, chapters: Mapping[str, Chapter]
) -> Iterator[Modification]:
    """The sections of chapters that are repealed, those that were added to them too."""
    named = {modification.section: modification for modification in rows.modifications}
    for number in rows.repealed_chapters:
        where = f"chapter {number}"
        if number not in chapters:
            _refused(rows, where, "it is repealed, and the act has no such chapter")
        within = {
            one.number
            for one in sections.values()
            if one.chapter is not None and one.chapter.number == number
        }
        for modification in rows.modifications:
            name, given_to = modification.section, modification.chapter
            if name not in sections:
                given_to = given_to or _neighbour(name, sections)
            if number == given_to or name in within:
                problem = f"the chapter is repealed, and section {name} in it is given"
                if modification.action != "repeal":
                    _refused(rows, modification.where, problem)
        for name in sorted(within, key=in_order):
            section = sections[name]
            mine = section.repealed_by == f"{rows.number}/{rows.year}"
            if name not in named and (section.status == Section.Status.IN_FORCE or mine):
                yield Modification(name, "repeal", where)


def _neighbour(number: str, sections: Sections) -> str:
    """The chapter of the section before a number; empty where there is none."""
    before = [name for name in sections if in_order(name) < in_order(number)]
    chapter = sections[max(before, key=in_order)].chapter if before else None
    return chapter.number if chapter else ""


def _renumbered(
    rows: AmendingRows, amendment: Amendment, sections: Sections
) -> Iterator[Modification]:
    """A new number is the old one repealed and the new one given with the same words."""
    named = {modification.section for modification in rows.modifications}
    gone = {was for was, _becomes in rows.renumbered}
    for was, becomes in rows.renumbered:
        where = f"renumbered, section {was}"
        if was not in sections or sections[was].is_repealed:
            _refused(rows, where, "the act has no such section in force")
        for number in (was, becomes):
            if number in named:
                _refused(rows, where, f"section {number} is changed by the same act otherwise")
        there = sections.get(becomes)
        free = there is None or there.status == Section.Status.REPEALED or becomes in gone
        own = there is not None and there.added_by == amendment.reference
        if not free and not own:
            _refused(rows, where, f"section {becomes} is in force: two would have one number")
        before = [
            one
            for one in wordings.of_section(sections[was])
            if one.amendment_id != amendment.pk and one.valid_from <= amendment.in_force_from
        ]
        if not before:
            _refused(rows, where, "the portal does not have the words of the section")
        words = {
            language: Wording(
                getattr(before[-1], f"heading_{language}"), getattr(before[-1], f"text_{language}")
            )
            for language in OF_THE_LAW
            if getattr(before[-1], f"text_{language}")
        }
        changes_it = there is not None and becomes in gone
        action: Action = "substitution" if changes_it else "insertion"
        yield Modification(becomes, action, where, words)
        if was not in {becomes for _was, becomes in rows.renumbered}:
            yield Modification(was, "repeal", where)


def _check_days(found: list[Modification], amendment: Amendment, rows: AmendingRows) -> None:
    """A section is changed in one way on one day; a temporary act repeals nothing."""
    on: dict[tuple[str, date], Modification] = {}
    for one in found:
        day = one.day or amendment.in_force_from
        if amendment.valid_until and day > amendment.valid_until:
            _refused(rows, one.where, f"{day} is after the last day, {amendment.valid_until}")
        if amendment.valid_until and one.action == "repeal":
            _refused(rows, one.where, "a temporary act repeals a section, and that has no end")
        before = on.setdefault((one.section, day), one)
        if before is not one and "repeal" in (before.action, one.action):
            problem = f"section {one.section} is repealed and given on one day, {day}"
            if before.action == one.action:
                problem = f"section {one.section} is repealed twice"
            _refused(rows, one.where, problem)
        if before is not one:
            _refused(rows, one.where, f"section {one.section} is given twice for one day, {day}")


def _check_languages(modification: Modification, rows: AmendingRows) -> None:
    """What both languages give is of the same parts: an act is one, in two languages."""
    finnish, swedish = (modification.wording.get(language) for language in OF_THE_LAW)
    if finnish is None or swedish is None:
        return
    same_kind = isinstance(finnish, Wording) == isinstance(swedish, Wording)
    if not same_kind or _targets(finnish) != _targets(swedish):
        problem = (
            f"in Finnish it gives {_in_words(finnish)} of section {modification.section}, and in"
            f" Swedish {_in_words(swedish)}"
        )
        _refused(rows, modification.where, problem)


def _targets(words: Given) -> list[tuple]:
    """Which parts are given, however they are worded; of a whole section, none."""
    if isinstance(words, Wording):
        return []
    return sorted((one.action, one.subsection, one.item, one.intro, one.heading) for one in words)


def _in_words(words: Given) -> str:
    if isinstance(words, Wording):
        return "the whole"
    return ", ".join(one.name for one in words) or "nothing"


def _check_words(modification: Modification, words: Given, rows: AmendingRows) -> None:
    """Nothing that is given is empty, and an item has the number that it is given for."""
    name = f"section {modification.section}"
    if isinstance(words, Wording):
        if not words.text or not all(map(_says, words.text)):
            _refused(rows, modification.where, f"{name} is given without words")
        return
    seen: dict[tuple, int] = defaultdict(int)
    for part in words:
        if part.action == "repeal":
            continue
        content = part.content
        says = _says(content) if isinstance(content, dict) else bool((content or "").strip())
        if not says:
            _refused(rows, modification.where, f"{part.name} of {name} is given without words")
        if part.item and isinstance(content, str):
            number = item_number(content)
            if number != part.item:
                given = f"as {number})" if number else "without its number"
                problem = f"{part.name} of {name} is given {given}"
                _refused(rows, modification.where, problem)
            if not content.partition(")")[2].strip(" ;,."):
                problem = f"{part.name} of {name} is given without words"
                _refused(rows, modification.where, problem)
        seen[part.action, part.subsection, part.item, part.intro, part.heading] += 1
        if seen[part.action, part.subsection, part.item, part.intro, part.heading] > 1:
            _refused(rows, modification.where, f"{part.name} of {name} is given twice")


def _says(subsection: Mapping) -> bool:
    """Whether a subsection has words: of its own, of items each, or a table's."""
    items = subsection.get("items", ())
    own = bool(subsection.get("text", "").strip() or subsection.get("table"))
    return (own or bool(items)) and all(one.strip() for one in items)
