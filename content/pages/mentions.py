"""Sections that the text of a page names in plain words, without a reference to them.

Such a mention is kept in Wagtail's reference index like a link, under a place of its own, so that
the page is reviewed when the section changes. Editors are shown them, and link them with one click.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from django.db import models
from wagtail import blocks

from law.mentions import MENTION, OWN, Mention, Named, mentions
from law.models import Section

Reference = tuple[type[Section], str, str, str]
PLAIN = "mention"  # the place in the index of a section that is written out and not referred to
BETWEEN = "range"  # of one that stands inside a range, such as 41 in "40–43 §"
PART = re.compile(r"<[^>]*>|&[^;\s]+;|.", re.DOTALL)
BREAKS = ("p", "li", "ul", "ol", "br", "h2", "h3", "h4", "hr")


@dataclass(frozen=True)
class Readable:
    """The words of a rich text: where each character stands in the HTML, and whether in a link."""

    text: str
    places: list[tuple[int, int]]
    linked: list[bool]

    @classmethod
    def of(cls, html: str) -> "Readable":
        text: list[str] = []
        places, linked, depth = [], [], 0
        for part in PART.finditer(html):
            words = part.group()
            if words.startswith("<"):
                name = re.sub(r"\W.*", "", words.lstrip("</").lower(), flags=re.DOTALL)
                if name == "a":
                    depth += -1 if words.startswith("</") else 1
                words = "\n" if name in BREAKS else ""
            elif words.startswith("&"):
                words = unescape(words)
            for letter in words:
                text.append(letter)
                places.append(part.span())
                linked.append(depth > 0)
        return cls("".join(text), places, linked)

    def is_free(self, start: int, end: int) -> bool:
        """Whether a link can be set there: no other link, and no tag within the words."""
        together = self.text[start:end]
        first, last = self.places[start][0], self.places[end - 1][1]
        return "\n" not in together and not any(self.linked[start:end]) and last > first


def known_sections() -> dict[str, int]:
    """The sections of the Integration Act: number → primary key. One query."""
    number, year = OWN.split("/")
    return dict(
        Section.objects.filter(act__number=number, act__year=year)
        .order_by()
        .values_list("number", "pk")
    )


def plain_references(text: str, known: Mapping[str, int]) -> Iterator[Reference]:
    """The sections that a text names, as references of Wagtail's index are."""
    found = list(mentions(text, known))
    written = {named.number for one in found for named in one.named}
    for number in dict.fromkeys(number for one in found for number in one.numbers(known)):
        place = PLAIN if number in written else BETWEEN
        yield Section, str(known[number]), place, f"{place}-{number}"


def rich_texts(block: blocks.Block, raw) -> Iterator[tuple[Any, Any]]:
    """Each rich text of a stream as it is kept, as (what holds it, its key there), in order."""
    children: list[tuple[blocks.Block, Any, Any]] = []
    match block:
        case blocks.StreamBlock():
            children = [(block.child_blocks[one["type"]], one, "value") for one in raw]
        case blocks.ListBlock():
            children = [(block.child_block, one, "value") for one in raw]
        case blocks.StructBlock():
            children = [(one, raw, name) for name, one in block.child_blocks.items() if name in raw]
    for child, holder, key in children:
        if isinstance(child, blocks.RichTextBlock):
            yield holder, key
        else:
            yield from rich_texts(child, holder[key])


class NamingTextField(models.TextField):
    """A text whose mentions of sections count; to the database a text like any other."""

    def extract_references(self, value: str) -> Iterator[Reference]:
        if MENTION.search(value):
            yield from plain_references(value, known_sections())

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class NamingBlock(blocks.StreamBlock):
    """A stream of blocks that refers to the sections that its words name, besides its links."""

    def extract_references(self, value) -> Iterator[Reference]:
        """Links and boxes first; of the other sections those that are written out, by block."""
        referred = set()
        for reference in super().extract_references(value):
            referred.add(reference[:2])
            yield reference
        texts = [(child, "\n".join(_words_of(child))) for child in value]
        texts = [(child, text) for child, text in texts if MENTION.search(text)]
        known = known_sections() if texts else {}
        for child, text in texts:
            for model, key, place, path in plain_references(text, known):
                if (model, key) not in referred:
                    yield model, key, f"{child.block_type}.{place}", f"{child.id}.{path}"


def _words_of(child) -> list[str]:
    return child.block.get_searchable_content(child.value)


def with_link(html: str, number: str, tag: str, known: Mapping[str, int]) -> str | None:
    """The rich text with `tag` around the first free place that names a section; None if none."""
    readable = Readable.of(html)
    for mention in mentions(readable.text, known):
        for named in mention.named:
            start, end = _words(mention, named)
            if named.number == number and readable.is_free(start, end):
                first, last = readable.places[start][0], readable.places[end - 1][1]
                if "<" not in html[first:last]:
                    return f"{html[:first]}{tag}{html[first:last]}</a>{html[last:]}"
    return None


def section_tag(number: str, pk: int) -> str:
    """The link to a section as rich text keeps it."""
    return f'<a linktype="section" id="{pk}" ref="{escape(f"{OWN}:{number}")}">'


def _words(mention: Mention, named: Named) -> tuple[int, int]:
    """What becomes the link: "14 §:n", "section 14", or of several "14" and "15 §"."""
    start = mention.start if named == mention.named[0] else named.start
    end = mention.end if named == mention.named[-1] else named.end
    return start, end
