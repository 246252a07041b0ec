"""A section's wording after an amending act: the changed parts set into the wording before it."""

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
    """A text as plain lines, an item on each, to be compared or corrected by a person."""
    return "\n\n".join("\n".join([one.get("text", ""), *one.get("items", [])]) for one in text)


def from_lines(lines: str) -> list[dict]:
    """The text that `as_lines` shows, after a person has changed it.

    An empty line ends a subsection; a line such as "3) …" is an item, and a line after it that
    begins with "a) …" belongs to that item.
    """
    text: list[dict] = []
    begun = False
    for line in (" ".join(one.split()) for one in lines.strip().splitlines()):
        if not line:
            begun = False
        elif not begun:
            text.append({"text": line, "items": []})
            begun = True
        elif item_number(line):
            text[-1]["items"].append(line)
        elif text[-1]["items"]:
            text[-1]["items"][-1] += f"\n{line}"
        else:
            text[-1]["text"] += f" {line}"
    return text
