"""What a file says of itself: which statute, in which language, of which kind, given when."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cached_property

from law.models import Act
from law.parsers.bounds import check_day, check_year
from law.parsers.elements import Element
from law.parsers.parsed import REFERENCE
from portal.errors import BrokenFileError

from .running import running

LANGUAGES = {"fin": "fi", "swe": "sv"}
_URI = re.compile(
    r"/akn/fi/act/(?P<kind>statute|statute-consolidated)/(?P<year>\d{4})/(?P<number>\d+)"
)
_REPORT = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]{0,3}(?:VM|UB) ?\d{1,3}/\d{4}\b")
_PROPOSAL = re.compile(r"\b(?:HE|RP) ?(\d{1,4}/\d{4})\b")


class Document:
    """One `akomaNtoso` element; raises BrokenFileError with the place for what is missing."""

    def __init__(self, file: str, root: Element):
        self.file = file
        self.act = self.needed(root, "act")
        self.meta = self.needed(self.act, "meta")
        work = self.needed(self.meta, "FRBRWork")
        uri = self.needed(work, "FRBRuri")
        found = _URI.fullmatch(uri.attributes.get("value", ""))
        if found is None:
            problem = f"“{uri.attributes.get('value', '')}” is not the address of a statute"
            raise BrokenFileError(file, uri.where, problem)
        self.consolidated = found["kind"] == "statute-consolidated"
        self.number, self.year = int(found["number"]), int(found["year"])
        check_year(file, uri.where, self.year)
        self.expression = self.needed(self.meta, "FRBRExpression")
        language = self.needed(self.expression, "FRBRlanguage")
        said = language.attributes.get("language", "")
        if said not in LANGUAGES:
            problem = f"the language is “{said}”, not fin or swe"
            raise BrokenFileError(file, language.where, problem)
        self.language = LANGUAGES[said]
        self.body = self.needed(self.act, "body")
        if absent := next(self.named(self.body, "contentAbsent"), None):
            raise BrokenFileError(file, absent.where, "Finlex has no text of the statute here")
        self.given_on = self.day(work, "dateIssued")
        own = self.act.first("docNumber")
        if own is not None and running(own) != self.reference:
            problem = f"it calls itself {running(own)}, and its address is of {self.reference}"
            raise BrokenFileError(file, own.where, problem)

    @property
    def reference(self) -> str:
        return f"{self.number}/{self.year}"

    @cached_property
    def title(self) -> str:
        return running(self.needed(self.needed(self.act, "preface"), "docTitle"))

    def said(self, name: str) -> str:
        """What a `refersTo` of the metadata says: "act", "amending-statute"."""
        element = self.meta.first(name)
        return element.attributes.get("refersTo", "").removeprefix("#") if element else ""

    @cached_property
    def kind(self) -> str:
        """Act.Kind; raises BrokenFileError for another type of statute."""
        said = self.said("typeStatute")
        if said not in Act.Kind.values:
            problem = f"its type is “{said}”, not an act or a decree"
            raise BrokenFileError(self.file, self.meta.where, problem)
        return said

    def day(self, around: Element, name: str) -> date | None:
        """The day of an FRBRdate by its name."""
        for element in around.all("FRBRdate"):
            if element.attributes.get("name") == name:
                return self.iso(element)
        return None

    def iso(self, element: Element) -> date:
        """The day in an element's `date`."""
        written = element.attributes.get("date", "")
        try:
            day = date.fromisoformat(written)
        except ValueError as error:
            problem = f"“{written}” is no day"
            raise BrokenFileError(self.file, element.where, problem) from error
        check_day(self.file, element.where, day)
        return day

    def references(self, name: str) -> Iterator[tuple[tuple[int, int], Element]]:
        """Statutes that the metadata lists under a name, by number and year."""
        for around in self.meta.all(name):
            for element in around.all("statuteReference"):
                ref = element.first("ref")
                found = REFERENCE.search(running(ref)) if ref else None
                if found is None:
                    raise BrokenFileError(self.file, element.where, "it names no statute")
                yield (int(found[1]), int(found[2])), element

    def named(self, around: Element, name: str) -> Iterator[Element]:
        """Containers of a name, however deep."""
        return (one for one in around.all("hcontainer") if one.attributes.get("name") == name)

    @cached_property
    def preparation(self) -> tuple[str, str]:
        """The government proposal and the committee's report."""
        around = next(self.named(self.body, "preliminaryWork"), None)
        return prepared(running(around)) if around else ("", "")

    def needed(self, parent: Element, name: str) -> Element:
        found = parent.first(name)
        if found is None:
            raise BrokenFileError(self.file, parent.where, f"{name} is missing in it")
        return found


def prepared(words: str) -> tuple[str, str]:
    """The proposal as it is called in Finnish, HE 21/2024, and the first committee report."""
    proposal, report = _PROPOSAL.search(words), _REPORT.search(words)
    return f"HE {proposal[1]}" if proposal else "", report[0] if report else ""
