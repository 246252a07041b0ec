"""What a file of Finlex says of itself, before any of its words are read."""

import re
from dataclasses import dataclass, field
from datetime import date

from law.parsers import elements
from law.parsers.elements import Element
from law.parsers.parsed import REFERENCE
from portal.errors import BrokenFileError

from .client import LANGUAGES

WORK = re.compile(r"/akn/fi/act/(statute|statute-consolidated)/(\d{4})/(\d{1,4})")
VERSION = re.compile(r"\d{8}")


@dataclass(frozen=True)
class Head:
    """Which act, in which language, as given or in which consolidated version.

    `amended_by` are the acts that a consolidated version takes in, each with its day, and `decrees`
    those given under it; `amends` are the acts that an amending act names. `marks` are the sections
    by number with the mark that the file gives each.
    """

    number: int
    year: int
    language: str
    version: str
    amended_by: dict[tuple[int, int], date | None] = field(default_factory=dict)
    decrees: list[tuple[int, int]] = field(default_factory=list)
    amends: list[tuple[int, int]] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)


def read(address: str, text: str) -> Head:
    """Raises BrokenFileError for what does not parse, names no act, or has no text of one."""
    root = elements.read(address, text)
    kind, year, number = _work(address, root)
    version = _value(root, "FRBRversionNumber", "value")
    if kind == "statute":
        version = ""
    elif not VERSION.fullmatch(version):
        raise BrokenFileError(address, root.where, "a consolidated text without its version")
    if any(one.attributes.get("name") == "contentAbsent" for one in root.all("hcontainer")):
        raise BrokenFileError(address, root.where, "Finlex has no text of the act here")
    said = _value(root, "FRBRlanguage", "language")
    language = next((code for code, name in LANGUAGES.items() if name == said), "")
    if not language:
        raise BrokenFileError(address, root.where, f"its language is “{said}”")
    return Head(
        number,
        year,
        language,
        version,
        amended_by=dict(_listed(root, "amendedBy")),
        decrees=[act for act, _day in _listed(root, "issuedUnderThisAct")],
        amends=_amends(root),
        marks=_marks(root),
    )


def _work(address: str, root: Element) -> tuple[str, int, int]:
    work = root.first("FRBRWork")
    uri = _value(work, "FRBRuri", "value") if work else ""
    found = WORK.fullmatch(uri)
    if found is None:
        raise BrokenFileError(address, root.where, "it does not say which act it is")
    return found[1], int(found[2]), int(found[3])


def _value(around: Element, name: str, attribute: str) -> str:
    element = around.first(name)
    return element.attributes.get(attribute, "") if element else ""


def _listed(root: Element, name: str) -> list[tuple[tuple[int, int], date | None]]:
    found: list[tuple[tuple[int, int], date | None]] = []
    for around in root.all(name):
        for one in around.all("statuteReference"):
            ref = one.first("ref")
            named = REFERENCE.search(ref.text) if ref else None
            if named:
                found.append(((int(named[1]), int(named[2])), _day(one)))
    return found


def _day(around: Element) -> date | None:
    try:
        return date.fromisoformat(_value(around, "dateEntryIntoForce", "date"))
    except ValueError:
        return None


def _amends(root: Element) -> list[tuple[int, int]]:
    hrefs = [one.attributes.get("href", "") for one in root.all("affectedDocument")]
    found = [WORK.match(href) for href in hrefs]
    return list(dict.fromkeys((int(one[3]), int(one[2])) for one in found if one))


def _marks(root: Element) -> dict[str, str]:
    """The last of a number counts: a coming wording stands before the one that still holds."""
    found = {}
    for section in root.all("section"):
        number, mark = section.first("num"), section.attributes.get("eId", "")
        if number and mark:
            found["".join(number.text.replace("§", "").split())] = mark
    return found
