"""The words of an element, with the spaces that they have and not those of the file's indentation.

Finlex begins a new line before and after each inline element and indents it; a space that belongs
to the text stands beside that. "CO", a line with <sub>2</sub>, a line with "-päästö" is CO2-päästö.
"""

import re
from itertools import pairwise

from law.parsers.elements import Element
from law.parsers.tidy import tidied

_BREAK_BEFORE = re.compile(r"^[ \t]*\n\s*?([ \t]*)(?=\S|$)")
_BREAK_AFTER = re.compile(r"\n([ \t]*)$")


def running(element: Element) -> str:
    """All its words."""
    return tidied("".join(_pieces(element)))


def of_an_item(number: str, words: str) -> str:
    """An item as a text keeps it: its number, a space, its words."""
    return f"{number} {words}".strip()


def _pieces(element: Element) -> list[str]:
    children: list[Element | str] = []
    for child in element.children:  # the parser gives a text in several pieces
        if isinstance(child, str) and children and isinstance(children[-1], str):
            children[-1] += child
        else:
            children.append(child)
    breaks = [
        found
        for one, after in pairwise(children)
        if isinstance(one, str)
        and isinstance(after, Element)
        and (found := _BREAK_AFTER.search(one))
    ]
    indent = len(breaks[0][1]) if breaks else 0
    pieces = []
    for place, child in enumerate(children):
        if isinstance(child, Element):
            if child.name == "br":
                pieces.append(" ")
            inner = "".join(_pieces(child))
            pieces.append(f" {inner} " if child.name in ("p", "num", "heading") else inner)
            continue
        if not child.strip():
            pieces.append(" " if 0 < place < len(children) - 1 else "")
            continue
        if place < len(children) - 1:
            child = _BREAK_AFTER.sub("", child)
        elif "\n" in child:
            child = child.rstrip()
        if found := _BREAK_BEFORE.match(child):
            spaces = " " if place and len(found[1]) > indent else ""
            child = spaces + child[found.end() :]
        pieces.append(child)
    return pieces
