"""What the words of a page owe to its readers: shown to editors, each with its place.

Required (WCAG 2.2, 2.4.4 and 1.3.1) are links that say where they lead and rows of a table that
have words; three checks are of the language alone: long sentences, abbreviations that are not
explained, and words that the glossary avoids.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _

from content.pages.mentions import rich_texts
from content.pages.models import BasePage, SubjectPage
from law.glossary.models import Term

from .versions import pieces_of

LONGEST_SENTENCE = 30  # words
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")
ABBREVIATION = re.compile(r"(?<![\w–-])[A-ZÅÄÖ]{2,6}(?![\w–-])")
EXPLAINED = re.compile(r"\(([A-ZÅÄÖ]{2,6})\)|\b([A-ZÅÄÖ]{2,6})\s\(")
KNOWN = {
    *("EU", "EN", "PDF", "HTML", "CSV", "XLSX", "URL", "EUR", "OK", "WCAG", "AA", "CC", "BY"),
    *("KEHA", "FPA", "HE", "RP", "GDPR"),
}
EMPTY_LINKS = {
    "fi": {"tästä", "täältä", "tässä", "linkki", "lue lisää", "lisätietoja", "klikkaa tästä"},
    "sv": {"här", "klicka här", "läs mer", "länk", "mer information", "denna länk"},
    "en": {"here", "click here", "read more", "link", "more", "this link", "more information"},
}
ADDRESS = re.compile(r"^https?://", re.IGNORECASE)


@dataclass(frozen=True)
class Finding:
    """One thing to look at: what, in which words, and the block of the form where it is."""

    what: str
    words: str
    block: str = ""
    required: bool = False

    @property
    def anchor(self) -> str:
        """Where it is in the editor."""
        return f"#block-{self.block}-section" if self.block else ""


def findings(page: BasePage) -> list[Finding]:
    """All of a page as it stands in its draft, what is required first."""
    found = [*_of_the_page(page)]
    if isinstance(page, SubjectPage):
        found += [*_links(page), *_words(page)]
    return sorted(found, key=lambda finding: not finding.required)


def _of_the_page(page: BasePage) -> Iterator[Finding]:
    if not page.summary.strip():
        yield Finding(_("The summary is missing: lists and search engines show it."), "")


def _links(page: SubjectPage) -> Iterator[Finding]:
    empty = EMPTY_LINKS.get(page.language, set())
    for raw in page.body.raw_data:
        for holder, key in rich_texts(page.body.stream_block, [raw]):
            for link in BeautifulSoup(holder[key], "html.parser").find_all("a"):
                words = " ".join(link.get_text().split())
                if not words or words.casefold().strip(" .»") in empty or ADDRESS.match(words):
                    what = _("A link does not say where it leads.")
                    yield Finding(what, words or "–", raw.get("id", ""), required=True)


def _words(page: SubjectPage) -> Iterator[Finding]:
    avoid = _to_avoid()
    explained: set[str] = set(KNOWN)
    told: set[str] = set()
    for piece in pieces_of(page):
        for groups in EXPLAINED.findall(piece.text):
            explained.update(filter(None, groups))
        if piece.kind == "table":
            continue
        for line in piece.text.splitlines():
            for sentence in SENTENCE.split(line):
                if len(sentence.split()) > LONGEST_SENTENCE:
                    yield Finding(_("A long sentence."), sentence, piece.id)
        for word in ABBREVIATION.findall(piece.text):
            if word not in explained and word not in told:
                told.add(word)
                yield Finding(_("An abbreviation that is not explained."), word, piece.id)
        lowered = piece.text.casefold()
        for word, agreed in avoid.items():
            if re.search(rf"\b{re.escape(word)}", lowered):
                yield Finding(
                    _("A word to avoid. The agreed one is “%(agreed)s”.")
                    % {"agreed": getattr(agreed, f"name_{page.language}")},
                    word,
                    piece.id,
                )


def _to_avoid() -> dict[str, Term]:
    return {
        word.casefold(): term
        for term in Term.objects.exclude(avoid="")
        for word in term.words_to_avoid
    }
