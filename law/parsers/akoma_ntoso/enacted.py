"""Statutes as they were given: a new one with its wordings, and one that amends another."""

import re
from datetime import date

from law.parsers import days
from law.parsers.clauses import ClauseError
from law.parsers.elements import Element
from law.parsers.parsed import ActRows, AmendingAct
from portal.errors import BrokenFileError

from . import named
from .document import Document
from .running import running
from .structure import SECTION, Body

_CHANGED = re.compile(r"/akn/fi/act/statute(?:-consolidated)?/(\d{4})/(\d+)")
_ORIGINALS = "-originals"


def as_given(document: Document, *, partial: bool = False) -> ActRows:
    """The statute's whole text; with `partial` that of an amending act, which leaves parts out."""
    file, language = document.file, document.language
    structure = Body(file, language, partial=partial).structure(document.body)
    words = [
        " ".join(filter(None, (one["text"], *one["items"])))
        for wording in structure.wordings.values()
        for one in wording.text
    ]
    found = (_day(document, document.body, one) for one in words)
    return ActRows(
        document.number,
        document.year,
        {
            "kind": document.kind,
            f"name_{language}": document.title,
            f"short_{language}": document.title[:100],
            "given_on": document.given_on,
            "in_force_from": next(filter(None, found), None),
        },
        [],
        structure.chapters,
        structure.sections,
        [],
        structure.wordings,
        document.reference,
        catalogue=False,
        parts=structure.parts,
        cross_headings=structure.cross_headings,
    )


def amending(document: Document) -> AmendingAct:
    """Who, when and why; and the sections that the enacting clause names."""
    provision = [running(one) for one in _provision(document)]
    words = " ".join(provision)
    proposal, report = document.preparation
    amends = _amends(document)
    sections, repealed, problem = _sections(document, amends)
    try:
        until = days.valid_until(words, document.language)
    except ValueError as error:
        raise BrokenFileError(document.file, document.body.where, str(error)) from error
    return AmendingAct(
        document.file,
        document.number,
        document.year,
        document.language,
        document.title,
        document.given_on,
        _day(document, document.body, words),
        until,
        proposal,
        report,
        amends,
        sections,
        days.after_the_day(words, document.language),
        problem,
        repealed,
    )


def _provision(document: Document) -> list[Element]:
    """The paragraphs on entry into force; of an act that has sections, those that speak of it."""
    own = next(document.named(document.body, "entryIntoForce"), None)
    if own is not None:
        return list(own.all("p"))
    return [
        one
        for section in document.body.all("section")
        for one in section.all("p")
        if re.search(days.IN_FORCE[document.language], running(one))
    ]


def _day(document: Document, place: Element, words: str) -> date | None:
    try:
        return days.in_force_from(words, document.language)
    except ValueError as error:
        raise BrokenFileError(document.file, place.where, str(error)) from error


def _amends(document: Document) -> list[tuple[int, int]]:
    """The acts that the clause names as changed, by number and year."""
    found = []
    for element in document.act.all("affectedDocument"):
        if path := _CHANGED.match(element.attributes.get("href", "")):
            found.append((int(path[2]), int(path[1])))
    if not found:
        for paragraph in _paragraphs(document):
            found += [(int(n), int(y)) for n, y in re.findall(r"\((\d+)/(\d{4})\)", paragraph)][:1]
    return list(dict.fromkeys(found))


def _paragraphs(document: Document) -> list[str]:
    """The enacting clause by verb, without how the sections read before."""
    formula = document.act.first("formula")
    blocks = list(formula.all("block")) if formula else []
    if blocks:
        return [
            running(one)
            for one in blocks
            if not one.attributes.get("name", "").endswith(_ORIGINALS)
        ]
    first = document.body.first("p")  # "Tällä lailla kumotaan …"
    return [running(first)] if first else []


def _sections(document: Document, amends) -> tuple[list[str], list[str], str]:
    """The sections that the clause names, those of them that it repeals, and what is not read."""
    formula = document.act.first("formula") or document.act
    if len(amends) != 1:
        problem = "names no act with a number" if not amends else "changes several acts"
        return [], [], f"{formula.where}: the clause {problem}"
    listed = {
        f"{said[1]}{said[2]}".lower(): element
        for element in document.body.all("section")
        if (label := element.first("num")) and (said := SECTION.match(running(label)))
    }
    try:
        targets = named.targets(_paragraphs(document), document.language, listed)
    except ClauseError as error:
        return [], [], f"{formula.where}: the clause {error}"
    added = {one.chapter for one in targets if one.chapter and not one.heading and not one.section}
    found = [one.section for one in targets if one.section]
    for chapter in document.body.all("chapter"):
        number = re.sub(r"\s|luku|kap\.?", "", running(chapter.first("num") or chapter))
        if number in added:
            found += [
                re.sub(r"[\s§]", "", running(label)).lower()
                for section in chapter.all("section")
                if (label := section.first("num"))
            ]
    if not found:
        return [], [], f"{formula.where}: the clause names no section"
    repealed = [one.section for one in targets if one.action == "repeal" and one.whole]
    return list(dict.fromkeys(found)), list(dict.fromkeys(repealed)), ""
