"""An act as Finlex consolidated it: one wording a section and day, and the acts that amended it."""

import re
from collections.abc import Iterator
from datetime import date

from law.parsers import days
from law.parsers.elements import Element
from law.parsers.parsed import ActRows, AmendedBy, ConsolidatedVersion
from portal.errors import BrokenFileError

from .document import Document, prepared
from .running import running
from .standing import Standing
from .structure import SECTION, Body

_VERSION = re.compile(r"(\d{4})(\d{4})")
_CHANGED_BY = re.compile(r"@(\d{4})(\d{4})")
_HEADING = re.compile(r"\d{1,2}\.\d{1,2}\.(\d{4})/(\d{1,4})\s?:?")


def version(document: Document) -> ConsolidatedVersion:
    """Raises BrokenFileError with the place for a note that is not understood."""
    number = document.needed(document.expression, "FRBRversionNumber")
    called = number.attributes.get("value", "")
    if not _VERSION.fullmatch(called):
        problem = f"the version is “{called}”, not a year and a number"
        raise BrokenFileError(document.file, number.where, problem)
    standing = Standing(document.file, document.language, document.body)
    provisions = _provisions(document)
    return ConsolidatedVersion(
        document.file,
        document.number,
        document.year,
        document.language,
        called,
        document.day(document.expression, "dateConsolidated"),
        [_amended_by(document, act, element) for act, element in document.references("amendedBy")],
        [act for act, _element in document.references("issuedUnderActs")],
        [act for act, _element in document.references("issuedUnderThisAct")],
        {day: _state(document, standing, day) for day in (date.min, *standing.days)},
        {act: _transitional(document, element) for act, element in provisions.items()},
        {act: prepared(running(element)) for act, element in provisions.items()},
        {f"{act[0]}/{act[1]}": sorted(found) for act, found in standing.acts.items()},
        _touched(document),
    )


def _state(document: Document, standing: Standing, day: date) -> ActRows:
    structure = Body(document.file, document.language).structure(standing.on(day))
    language = document.language
    around = next(document.meta.all("proprietary"), document.meta)
    own = next((one for one in around if one.name == "inForce"), None)
    begins = own.first("dateEntryIntoForce") if own else None
    return ActRows(
        document.number,
        document.year,
        {
            "kind": document.kind,
            f"name_{language}": document.title,
            f"short_{language}": document.title[:100],
            "given_on": document.given_on,
            "in_force_from": document.iso(begins) if begins is not None else None,
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


def _amended_by(document: Document, act: tuple[int, int], element: Element) -> AmendedBy:
    begins = element.first("dateEntryIntoForce")
    notes = [running(one) for one in element if one.name == "noteEditorial"]
    day = document.iso(begins) if begins is not None and "date" in begins.attributes else None
    return AmendedBy(*act, day, " ".join(filter(None, notes)))


def _provisions(document: Document) -> dict[str, Element]:
    """Each amending act's provision on entry into force, by the act's reference."""
    found = {}
    around = document.named(document.body, "amendmentEntryIntoForceAndApplianceProvisions")
    for element in (one for every in around for one in document.named(every, "entryIntoForce")):
        label = element.first("heading")
        if label and (said := _HEADING.fullmatch(running(label))):
            found[f"{said[2]}/{said[1]}"] = element
    return found


def _transitional(document: Document, element: Element) -> str:
    """The provision's words but the day itself and the act's preparation."""
    paragraphs = [running(one) for one in element.all("p")]
    kept = [one for one in paragraphs if prepared(one)[0] == "" or len(one) > 200]
    return days.after_the_day(" ".join(kept), document.language)


def _touched(document: Document) -> dict[str, list[str]]:
    """The sections in which something is marked as changed by an act, by the act's reference."""
    found: dict[str, list[str]] = {}
    for section in document.body.all("section"):
        label = section.first("num")
        said = SECTION.match(running(label)) if label else None
        if said is None:
            continue
        number = f"{said[1]}{said[2].lower()}"
        for element in (section, *_all(section)):
            mark = _CHANGED_BY.fullmatch(element.attributes.get("originalVersion", ""))
            if mark:
                act = f"{int(mark[2])}/{mark[1]}"
                if number not in (there := found.setdefault(act, [])):
                    there.append(number)
    return found


def _all(element: Element) -> Iterator[Element]:
    for child in element:
        yield child
        yield from _all(child)
