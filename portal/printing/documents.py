"""One function that prints: what a document says goes in as data, PDF/UA-1 comes out."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from portal.languages import LANGUAGES, in_language

from .richtext import BadDocument, readable

TEMPLATE = Path(__file__).parent / "document.typ"
LONGEST = 600_000  # characters of one document as JSON, some 150 pages; a picture's byte takes four
LONGEST_OF = {"report": 6_000_000}  # it has many charts, each as the text of its picture
NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed')
CODE_POINT = re.compile(r"\\u\{([0-9a-f]+)\}")

TEXTS = {"title", "author", "title_of_kind", "day", "register_number", "source"}
LINES = {"sender", "recipient", "decided_by"}
NODES = {"body", "again", "beside", "left", "right"}
# What each kind must have, and what it may have besides.
KINDS = {
    "letter": (
        {"title", "title_of_kind", "sender", "recipient", "day", "body"},
        {"author", "register_number", "decided_by", "again"},
    ),
    "sheet": ({"title", "author", "body"}, {"day", "source"}),
    "brief": ({"title", "author", "day", "body", "beside"}, {"source"}),
    "report": ({"title", "author", "body"}, {"day", "source", "title_of_kind"}),
    # One page: `body` over its whole width, then two columns, in letters as small as it needs.
    "page": (
        {"title", "author", "body"},
        {"title_of_kind", "left", "right", "day", "source"},
    ),
    "certificate": (
        {"title", "author", "recipient", "day", "body"},
        {"decided_by", "source"},
    ),
}


class PrintingError(Exception):
    """The document could not be set."""


class MissingGlyphs(PrintingError):
    """None of the fonts has a letter of the text; it is in `text`. Nothing is left out silently."""

    def __init__(self, text: str):
        self.text = text
        super().__init__(f"No font of the portal has {text!r}.")


def render(kind: str, data: Mapping[str, Any], language: str) -> bytes:
    """A letter, sheet, brief, report, page or certificate as PDF/UA-1, in a language of the portal.

    `data` has the fields of KINDS: texts (title, author, title_of_kind – “Decision” –, day,
    register_number, source), lists of lines (sender, recipient, decided_by), and nodes of
    `richtext` (body, again, beside, left, right). A brief and a page are one page: their letters
    are as small as it takes, and the caller bounds what they say. The same data give the same
    bytes. BadDocument when a field is missing, empty, unknown or too long; MissingGlyphs for a
    letter that no font has; PrintingError for all else that Typst refuses.
    """
    document = _document(kind, data, language)
    try:
        return typst.compile(
            str(TEMPLATE),
            format="pdf",
            pdf_standards="ua-1",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"document": document},
        )
    except typst.TypstError as error:
        if shown := NOT_SHOWN.search(error.message):
            signs = CODE_POINT.sub(lambda found: chr(int(found[1], 16)), shown[1])
            raise MissingGlyphs(signs) from error
        raise PrintingError(error.message) from error


def _document(kind: str, data: Mapping[str, Any], language: str) -> str:
    """What the template reads, as JSON: every field there, and its words in the language."""
    if kind not in KINDS:
        raise BadDocument(f"There is no kind of document called {kind!r}.")
    if language not in LANGUAGES:
        raise BadDocument(f"The portal does not print in {language!r}.")
    needed, optional = KINDS[kind]
    if unknown := sorted(set(data) - needed - optional):
        raise BadDocument(f"A {kind} has no {unknown[0]!r}.")
    given = {name: _field(name, data.get(name)) for name in TEXTS | LINES | NODES}
    if missing := sorted(name for name in needed if not given[name]):
        raise BadDocument(f"A {kind} needs {missing[0]!r}.")
    given["author"] = given["author"] or given["sender"][0]
    document = json.dumps(
        {**given, "kind": kind, "language": language, "words": words(language)},
        ensure_ascii=False,
    )
    longest = LONGEST_OF.get(kind, LONGEST)
    if len(document) > longest:
        raise BadDocument(f"The {kind} is longer than {longest} characters.")
    return document


def _field(name: str, value: Any) -> str | list:
    if name in TEXTS:
        return " ".join(readable(str(value or "")).split())
    if name in LINES:
        lines = [" ".join(readable(str(line)).split()) for line in value or ()]
        return [line for line in lines if line]
    return list(value or ())


def words(language: str) -> dict[str, str]:
    """What documents say themselves, and the pages that show the same."""
    with in_language(language):
        return {
            "page": _("Page"),
            "contents": _("Contents"),
            "register_number": _("Register number"),
            "decided_by": _("Decided by"),
            "again": _("If you want this to be taken up again"),
        }


@cache
def _fonts() -> typst.Fonts:
    """Source Sans whole, as the site's pages have it cut, then the fonts that Typst brings."""
    folder = resources.files("font_source_sans_pro") / "files"
    with resources.as_file(folder) as path:
        return typst.Fonts(include_system_fonts=False, font_paths=[str(path)])
