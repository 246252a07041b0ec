"""A segment as a translator types it: what is more than words travels as chips.

wagtail-localize keeps a segment as HTML with a few inline elements, its links as `<a id="a1">`. A
translator reads and writes `[1|43 §]` for a link and `[b|only]` for what is bold: the words after
the bar are translated, the chip itself stays. `[`, `|`, `]` and the backslash of the text are
written with a backslash before them, and a line break is a line break.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from bs4 import BeautifulSoup, NavigableString, Tag
from django.utils.translation import gettext as _

SPECIAL = re.compile(r"([\[\]|\\])")
TOKEN = re.compile(r"\\(.)|\[([a-z]+|\d+)\||(\])|([^\[\]\\]+|.)", re.DOTALL)
LINK = re.compile(r"a(\d+)")
MARKS = {"b", "strong", "i", "em", "code", "abbr", "acronym"}


class ChipError(ValueError):
    """What was typed is no translation of the segment; its words say why."""


@dataclass(frozen=True)
class Chip:
    """A link of a segment: its number, its words, and the attributes that it has on the page."""

    number: int
    words: str
    attributes: dict[str, str]


def typed(html: str) -> str:
    """A segment's HTML as a translator types it."""
    return _typed(BeautifulSoup(html, "html.parser"))


def _typed(node: Tag) -> str:
    parts = []
    for child in node.children:
        if isinstance(child, NavigableString):
            parts.append(SPECIAL.sub(r"\\\1", str(child)))
        elif isinstance(child, Tag) and child.name == "br":
            parts.append("\n")
        elif isinstance(child, Tag):
            parts.append(f"[{_name(child)}|{_typed(child)}]")
    return "".join(parts)


def _name(element: Tag) -> str:
    link = LINK.fullmatch(str(element.get("id", ""))) if element.name == "a" else None
    return link[1] if link else element.name


def plain(html: str) -> str:
    """The words of a segment alone."""
    soup = BeautifulSoup(html, "html.parser")
    for line in soup.find_all("br"):
        line.replace_with("\n")
    return soup.get_text()


def chips(html: str, attrs: str) -> Iterator[Chip]:
    """The links of a segment; `attrs` is what localize keeps of them, as JSON."""
    kept = json.loads(attrs or "{}")
    for element in BeautifulSoup(html, "html.parser").find_all("a"):
        if link := LINK.fullmatch(str(element.get("id", ""))):
            yield Chip(int(link[1]), element.get_text(), kept.get(f"a#{link[0]}", {}))


def from_typed(text: str, source: str) -> str:
    """The HTML of what was typed for a segment whose HTML is `source`.

    ChipError when a chip is not closed or empty, or when a link of the source is missing, comes
    twice, or is not one of it.
    """
    parts: list[str] = []
    opened: list[tuple[str, int]] = []
    for token in TOKEN.finditer(text.strip().replace("\r\n", "\n")):
        literal, name, closing, words = token.groups()
        if name:
            opened.append((name, len(parts)))
            parts.append(_opening(name))
        elif closing and opened:
            name, place = opened.pop()
            if not BeautifulSoup("".join(parts[place:]), "html.parser").get_text().strip():
                raise ChipError(_("The chip [%(name)s|…] has no words.") % {"name": name})
            parts.append("</a>" if name.isdigit() else f"</{name}>")
        else:
            said = literal or closing or words
            parts.append(escape(said, quote=False).replace("\n", "<br/>"))
    if opened:
        raise ChipError(_("The chip [%(name)s|…] is not closed with ].") % {"name": opened[-1][0]})
    html = str(BeautifulSoup("".join(parts), "html.parser"))
    _same_links(html, source)
    return html


def _opening(name: str) -> str:
    if name.isdigit():
        return f'<a id="a{name}">'
    if name not in MARKS:
        raise ChipError(_("There is no chip [%(name)s|…].") % {"name": name})
    return f"<{name}>"


def _same_links(html: str, source: str) -> None:
    """Every link of the source once, and no other: localize itself lets a lost one go."""
    wanted, given = _links(source), _links(html)
    for number in sorted(wanted):
        if not given[number]:
            raise ChipError(
                _("The link [%(number)s|…] of the original is missing.") % {"number": number}
            )
    for number in sorted(given):
        if not wanted[number]:
            raise ChipError(_("The original has no link [%(number)s|…].") % {"number": number})
        if given[number] > wanted[number]:
            raise ChipError(
                _("The link [%(number)s|…] of the original comes twice.") % {"number": number}
            )


def _links(html: str) -> Counter[int]:
    return Counter(chip.number for chip in chips(html, ""))
