"""An amending act in Finnish and in Swedish: one act, or refused with what differs."""

from collections.abc import Sequence
from dataclasses import replace

from portal.errors import BrokenFileError

from .parsed import AmendingRows, Modification

OF_THE_ACT = ("given_on", "in_force_from", "valid_until", "amends", "ranges")


def check(files: Sequence[AmendingRows]) -> None:
    """BrokenFileError when two files give one act in two languages, and not the same act."""
    first: dict[tuple, AmendingRows] = {}
    for rows in files:
        before = first.setdefault((rows.amends, rows.number, rows.year), rows)
        if not set(before.languages) & set(rows.languages):
            merged(before, rows)


def merged(one: AmendingRows, other: AmendingRows) -> AmendingRows:
    """The act as both languages give it.

    BrokenFileError, with the place in the second file, when they change other sections, in another
    way or on another day.
    """
    for name in OF_THE_ACT:
        there, said = getattr(one, name), getattr(other, name)
        if there and said and there != said:
            problem = f"it says {_in_words(said)}, and {one.file} says {_in_words(there)}"
            raise BrokenFileError(other.file, name, problem)
    if (one.valid_until is None) != (other.valid_until is None):
        problem = f"only one of it and {one.file} says until when it is valid"
        raise BrokenFileError(other.file, "valid_until", problem)
    left = {_target(modification): modification for modification in other.modifications}
    joined = []
    for modification in one.modifications:
        match = left.pop(_target(modification), None)
        if match is None:
            raise _differs(other, one, modification)
        wording = {**modification.wording, **match.wording}
        alone = modification.swedish_alone or match.swedish_alone
        chapter = modification.chapter or match.chapter
        joined.append(replace(modification, wording=wording, swedish_alone=alone, chapter=chapter))
    for modification in left.values():
        raise _differs(one, other, modification)
    return replace(
        one,
        languages=(*one.languages, *other.languages),
        modifications=joined,
        given_on=one.given_on or other.given_on,
        in_force_from=one.in_force_from or other.in_force_from,
        proposal=one.proposal or other.proposal,
        committee_report=one.committee_report or other.committee_report,
        headings={**one.headings, **other.headings},
        new_chapters={**one.new_chapters, **other.new_chapters},
        transitional={**one.transitional, **other.transitional},
    )


def _target(modification: Modification) -> tuple:
    return modification.section, modification.action, modification.day


def _differs(lacks: AmendingRows, has: AmendingRows, modification: Modification) -> BrokenFileError:
    day = f" from {modification.day}" if modification.day else ""
    problem = (
        f"the {modification.action} of section {modification.section}{day} in {has.file}"
        f" ({modification.where}) is not in it"
    )
    return BrokenFileError(lacks.file, f"section {modification.section}", problem)


def _in_words(value: object) -> str:
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)
