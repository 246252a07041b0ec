"""The text of a published version in plain words, block by block, and what changed between two.

A text is written down when it goes live, so nothing of a draft gets here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from itertools import groupby, zip_longest

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from content.pages.blocks.steps import TIMES, TimeBlock
from content.pages.models import PageChange, PublishedText, SubjectPage
from law.models import Section
from portal.languages import in_language
from portal.linguistics.word_diffs import Part, words

LINES = ["p", "li", "blockquote", "br"]
HEADING = "heading"
UNSAID = (blocks.ChoiceBlock, blocks.BooleanBlock)


@dataclass(frozen=True)
class Piece:
    """One block of a text: which (`id`), of what kind, and its words, line by line."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class Change:
    """What became of one piece; `parts` are its words as linguistics.word_diffs tells them."""

    kind: str
    state: str  # same, changed, added or removed
    parts: Sequence[Part]

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)

    @property
    def is_heading(self) -> bool:
        return self.kind == HEADING


@dataclass(frozen=True)
class Stretch:
    """Pieces in a row that changed, or that did not; `heading` is the unchanged one above them."""

    same: bool
    changes: list[Change]
    heading: str


def keep_text(change: PageChange, page: SubjectPage) -> None:
    """Write down what readers read of `page` from this publication on."""
    PublishedText.objects.create(change=change, pieces=[asdict(piece) for piece in pieces_of(page)])


def text_of(change: PageChange, page: SubjectPage) -> list[Piece]:
    """The text that a publication of `page` brought: as kept, or what is on show now."""
    kept = PublishedText.objects.filter(change=change).first()
    return [Piece(**piece) for piece in kept.pieces] if kept else pieces_of(page)


def pieces_of(page: SubjectPage) -> list[Piece]:
    """What a page says, in plain words in its own language."""
    with in_language(page.language):
        found = [Piece("title", "title", page.title), Piece("summary", "summary", page.summary)]
        found += [Piece(name, name, getattr(page, name)) for name in page.told_first]
        found += [
            Piece(child.id or "", child.block_type, "\n".join(_lines(child.block, child.value)))
            for child in page.body
        ]
    return [piece for piece in found if piece.text]


def compare(old: Sequence[Piece], new: Sequence[Piece]) -> list[Change]:
    """What became of each piece, in reading order.

    Blocks are met by their id where both texts have it, and else by kind and words; a block that
    moved is told as removed and added.
    """
    ids = {piece.id for piece in old} & {piece.id for piece in new} - {""}
    before, after = ([_mark(piece, ids) for piece in pieces] for pieces in (old, new))
    found: list[Change] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        pairs = zip_longest(old[old_from:old_to], new[new_from:new_to])
        for one, other in pairs:
            found += _changes(one, other)
    return found


def in_stretches(changes: Sequence[Change]) -> list[Stretch]:
    """The changes by whether they are any, so that what stayed can be folded away."""
    found, heading = [], ""
    for same, run in groupby(changes, key=lambda change: change.state == "same"):
        stretch = Stretch(same, list(run), "" if same else heading)
        found.append(stretch)
        for change in stretch.changes:
            heading = change.text if change.is_heading and same else heading
    return found


def _mark(piece: Piece, ids: set[str]) -> tuple[str, ...]:
    return (piece.id,) if piece.id in ids else (piece.kind, piece.text)


def _changes(old: Piece | None, new: Piece | None) -> Iterator[Change]:
    """What became of the pieces of a pair; two kinds of block are never compared word by word."""
    if old and new and old.kind == new.kind:
        parts = words(old.text, new.text)
        same = all(part.kind == "same" for part in parts)  # blanks of another kind are no change
        yield Change(new.kind, "same" if same else "changed", parts)
        return
    if old:
        yield Change(old.kind, "removed", [Part("removed", old.text)])
    if new:
        yield Change(new.kind, "added", [Part("added", new.text)])


def _lines(block: blocks.Block, value) -> Iterator[str]:
    """The words of a block, a line for each paragraph, item, field or row."""
    if isinstance(block, TimeBlock) and value:
        yield str(dict(TIMES)[value])
    if value is None or isinstance(block, UNSAID):
        return
    if isinstance(block, blocks.RichTextBlock):
        yield from _lines_of_html(value.source)
    elif isinstance(block, TypedTableBlock):
        yield value.caption
        yield " | ".join(column["heading"] for column in value.columns)
        for row in value.row_data:
            yield " | ".join(str(cell) for cell in row["values"])
    elif isinstance(block, blocks.StructBlock):
        for name, inner in block.child_blocks.items():
            if name != "anchor":
                yield from _lines(inner, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            yield from _lines(block.child_block, item)
    elif isinstance(value, Section):
        yield f"{value.label} {value.name}"
    elif isinstance(block, blocks.EmailBlock):
        yield value.replace("@", " (at) ")
    elif str(value):
        yield str(value)


def _lines_of_html(html: str) -> Iterator[str]:
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(LINES):
        tag.insert_before("\n")
        if tag.name == "li":
            tag.insert(0, "• ")
    yield from filter(None, (" ".join(line.split()) for line in soup.get_text().splitlines()))
