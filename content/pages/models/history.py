"""The public history of a page: its publications, numbered, and the times when it was away."""

from dataclasses import dataclass
from itertools import zip_longest

from .changes import ChangeKind, PageChange


@dataclass(frozen=True)
class Version:
    """One publication; its number is its place among the page's publications and never changes.

    `before` is the number of the last one before it that is readable, if both are, to compare with.
    `until` is the change that ended it: the next publication or a withdrawal; None for the one on
    show. It is `readable` when its text was kept and whoever may see the page now could then.
    """

    number: int
    change: PageChange
    until: PageChange | None
    readable: bool
    before: int | None


def history_of(page, *, restricted: bool) -> list[PageChange]:
    """Publications and withdrawals of a page, the newest first, each with its `version` or None.

    `restricted` is whether the page is for some readers only now: what it said when it was, and
    what its notes said, is not shown to all when it no longer is. An alias has the history of its
    original. One query.
    """
    changes = list(
        PageChange.objects.filter(page_id=page.alias_of_id or page.pk)
        .select_related("text")
        .defer("text__pieces")
        .order_by("at", "pk")
    )
    number, before = 0, None
    for change, following in zip_longest(changes, changes[1:]):
        change.version = None
        change.note_shown = change.note if restricted or not change.restricted else ""
        if change.kind != ChangeKind.WITHDRAWN:
            number += 1
            kept = following is None or hasattr(change, "text")
            open_then = restricted or not change.restricted or following is None
            readable = kept and open_then
            change.version = Version(
                number, change, following, readable, before if readable else None
            )
            before = number if readable else before
    return changes[::-1]
