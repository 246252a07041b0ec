"""Times in which a section was away: repealed, and later added again (Section.repealed_before)."""

from collections.abc import Collection
from datetime import date

from portal.errors import BrokenFileError

from .models import Section


def gap(by: str, since: date, until: date, added_by: str) -> dict[str, str]:
    """A repeal after which the section was added again, as Section.repealed_before keeps it."""
    return {
        "by": by,
        "from": since.isoformat(),
        "until": until.isoformat(),
        "added_by": added_by,
    }


def first_of_each(gaps: Collection[dict[str, str]]) -> list[dict[str, str]]:
    """Of repeals before one and the same addition the first, in the order of the days."""
    first: dict[str, dict[str, str]] = {}
    for one in sorted(gaps, key=lambda one: (one["from"], one["by"])):
        first.setdefault(one["until"], one)
    return list(first.values())


def since(section: Section, reference: str) -> date | None:
    """From when an act repealed the section, if it was added again later."""
    days = [one["from"] for one in section.repealed_before if one["by"] == reference]
    return date.fromisoformat(days[0]) if days else None


def problem_on(section: Section, day: date) -> str:
    """Why the section cannot be changed on a day: it is away; empty where it is not."""
    for one in section.repealed_before:
        if one["from"] <= day.isoformat() < one["until"]:
            return (
                f"section {section.number} was repealed by {one['by']} from {one['from']}, and is"
                f" there again from {one['until']}"
            )
    return ""


def moved(section: Section, reference: str, was: date, day: date) -> list[dict[str, str]]:
    """The earlier repeals of a section when an act comes on another day.

    BrokenFileError where it would repeal the section on the day on which it is added again.
    """
    found = []
    for one in section.repealed_before:
        gap = dict(one)
        for by, name in (("by", "from"), ("added_by", "until")):
            if gap[by] == reference and gap[name] == was.isoformat():
                gap[name] = day.isoformat()
        if gap["from"] >= gap["until"]:
            problem = f"{gap['by']} repeals it, and {gap['added_by']} adds it again before that"
            raise BrokenFileError(reference, f"section {section.number}, {day}", problem)
        found.append(gap)
    return found
