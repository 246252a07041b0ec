"""A section's wording after an amending act: the changed parts set into the wording before it."""

import re
from collections.abc import Sequence
from copy import deepcopy

from .parsers.parsed import TextualModification, Wording, in_order
from .parsers.statute_collection import item_number


class CannotConsolidate(Exception):
    """The wording before does not have what the amending act changes."""


def applied(parts: Sequence[TextualModification], before: Wording) -> Wording:
    """The wording with the parts changed, repealed and added, in that order.

    Subsections and items that are changed or repealed are counted as they stand before the act,
    those added as they stand after it: a repealed subsection leaves no gap, an item's number does.
    Raises CannotConsolidate, with words on what is missing.
    """
    heading = before.heading
    text: list[dict | None] = [deepcopy(subsection) for subsection in before.text]
    # Items are counted in the subsections as they stand; whole subsections go and come after.
    for part in sorted(parts, key=lambda one: not (one.item or one.intro)):
        if part.heading:
            heading = part.content
        elif part.action == "insertion" and not part.item:
            continue
        elif part.item or part.intro:
            _within(text, part)
        else:
            _existing(text, part.subsection)
            text[part.subsection - 1] = deepcopy(part.content)
    kept = [subsection for subsection in text if subsection is not None]
    whole = (one for one in parts if one.action == "insertion" and not one.item)
    for part in sorted(whole, key=lambda one: one.subsection):
        if part.subsection > len(kept) + 1:
            raise CannotConsolidate(
                f"adds subsection {part.subsection}, and there are {len(kept)} before it"
            )
        kept.insert(part.subsection - 1, deepcopy(part.content))
    return Wording(heading, kept, before.unsure or any(part.unsure for part in parts))


def _within(text: list[dict | None], part: TextualModification) -> None:
    subsection = _existing(text, part.subsection)
    if part.intro:
        subsection["text"] = part.content
        return
    items = subsection.setdefault("items", [])
    numbers = [item_number(item) for item in items]
    if numbers != sorted(set(numbers), key=in_order) or "" in numbers:
        raise CannotConsolidate(
            f"changes item {part.item} of subsection {part.subsection}, whose items are not"
            " numbered in their order: give the subsection whole"
        )
    there = part.item in numbers
    if part.action == "insertion" and there:
        raise CannotConsolidate(
            f"adds item {part.item} to subsection {part.subsection}, which has it"
        )
    if part.action != "insertion" and not there:
        raise CannotConsolidate(
            f"changes item {part.item} of subsection {part.subsection}, which has no such item"
        )
    if part.action == "insertion":
        before = [n for n in numbers if in_order(n) < in_order(part.item)]
        place = numbers.index(before[-1]) + 1 if before else 0
        items.insert(place, part.content)
    elif part.action == "substitution":
        items[numbers.index(part.item)] = part.content
    else:
        del items[numbers.index(part.item)]


def _existing(text: list[dict | None], number: int) -> dict:
    if not 0 < number <= len(text):
        raise CannotConsolidate(
            f"changes subsection {number}, and the wording before it has {len(text)}"
        )
    found = text[number - 1]
    if found is None:
        raise CannotConsolidate(f"changes subsection {number} after repealing it")
    return found


def as_lines(text: Sequence[dict]) -> str:
    """A text as plain lines, to be compared or corrected by a person; `from_lines` reads them.

    An item on each line and its sub-items after it; a row of a table as "| cell | cell |"; closing
    words on a line of their own.
    """
    return "\n\n".join("\n".join(_lines_of(one)) for one in text)


def from_lines(lines: str) -> list[dict]:
    """The text that `as_lines` shows, after a person has changed it.

    An empty line ends a subsection; a line such as "3) …" or "– …" is an item, one that begins with
    "* " is an item without a number, and one after an item that begins with "a) …", or with spaces,
    belongs to that item. "| … |" is a row of a table, and any other line after items or a table is
    the subsection's closing words. A line that only looks like one of these begins with "\\".
    """
    text: list[dict] = []
    begun = False
    for written in lines.strip("\n").splitlines():
        line = " ".join(written.split())
        if not line:
            begun = False
            continue
        if not begun:
            text.append({"text": "", "items": []})
            begun = True
        _take(text[-1], line, indented=written[0].isspace())
    return text


_ROW = re.compile(r"\|(.*)\|")
_CELL = re.compile(r"(?<!\\)\|")
_DASH = re.compile(r"[–—―-] ")
_SUB_ITEM = re.compile(r"[a-zåäö]{1,3}\) ")
_MARKED = re.compile(r"[*|\\]|[–—―-] ")


def _lines_of(subsection: dict) -> list[str]:
    lines = [_plain(words)] if (words := subsection.get("text", "")) else []
    for item in subsection.get("items", []):
        first, *rest = item.split("\n")
        lines.append(first if item_number(first) or _DASH.match(first) else f"* {first}")
        lines += [one if _SUB_ITEM.match(one) else f"  {one}" for one in rest]
    for row in subsection.get("table", []):
        cells = " | ".join(one.replace("|", r"\|") for one in row)
        lines.append(f"| {cells} |")
    if closing := subsection.get("closing"):
        lines.append(_plain(closing))
    return lines


def _plain(words: str) -> str:
    """Words that cannot be taken for an item or a row."""
    marked = _MARKED.match(words) or _SUB_ITEM.match(words) or item_number(words)
    return f"\\{words}" if marked else words


def _take(subsection: dict, line: str, *, indented: bool) -> None:
    """Put a line into the subsection that it belongs to."""
    items = subsection["items"]
    alone = not (items or "table" in subsection or "closing" in subsection)
    if items and (indented or _SUB_ITEM.match(line)) and "table" not in subsection:
        items[-1] += f"\n{line}"
    elif row := _ROW.fullmatch(line):
        cells = [one.strip().replace(r"\|", "|") for one in _CELL.split(row[1])]
        subsection.setdefault("table", []).append(cells)
    elif item_number(line) or _DASH.match(line):
        items.append(line)
    elif line.startswith("* "):
        items.append(line[2:])
    else:
        name = "text" if alone else "closing"
        words = line.removeprefix("\\")
        subsection[name] = f"{subsection.get(name, '')} {words}".strip()
