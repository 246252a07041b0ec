"""What is shown to whoever approves: the words of exactly a revision, and what changes of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from content.editorial.versions import Change, Piece, compare, in_stretches, pieces_of
from content.pages.models import SubjectPage

from .models import ApprovalItem


@dataclass(frozen=True)
class Shown:
    """One language: the draft's pieces with their places, and how they differ from what is live."""

    item: ApprovalItem
    title: str
    language: str
    pieces: Sequence[tuple[str, Piece]]
    compared: Sequence
    changes: Sequence[Change]


def pieces_of_draft(item: ApprovalItem) -> list[Piece]:
    """The words of the revision, in reading order."""
    draft = item.revision.as_object()
    if isinstance(draft, SubjectPage):
        return pieces_of(draft)
    return [Piece("title", "title", draft.title)]


def shown(item: ApprovalItem) -> Shown:
    """What is to be read of one language of a request."""
    pieces = pieces_of_draft(item)
    live = item.page.specific
    before = pieces_of(live) if live.live and isinstance(live, SubjectPage) else []
    compared = compare(before, pieces)
    return Shown(
        item=item,
        title=pieces[0].text,
        language=item.page.locale.language_code,
        pieces=[(piece.id or str(number), piece) for number, piece in enumerate(pieces)],
        compared=in_stretches(compared),
        changes=[change for change in compared if change.state != "same"],
    )
