"""What changed between two texts, word by word, for people to read."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

TOKENS = re.compile(r"\w+(?:[-–:’'.]\w+)*|\s+|[^\w\s]")
# Above this many pairs, words without an anchor are not compared one by one (difflib is quadratic).
PAIRS = 250_000
# An unchanged run of fewer words than this may be told as part of the change around it.
SHORT = 4
# Texts of fewer words than this are short enough to be read as one, however little they share.
FEW = 12


class Part(NamedTuple):
    """A stretch of text that both have, or that only the new or only the old one has."""

    kind: Literal["same", "added", "removed"]
    text: str


def words(old: str, new: str) -> list[Part]:
    """The two texts as one: what stayed, what was removed, what was added, in reading order.

    Words and punctuation are compared, runs of blanks are one. The parts that are not "added" make
    the old text, those that are not "removed" the new one. A few unchanged words between longer
    changes are told as removed and added again, so that a rewritten sentence reads as one; texts
    that share less than a third of their words are told whole, the old one and then the new.
    """
    before, after = _tokens(old), _tokens(new)
    blocks = _slid(_joined(_blocks(before, after), before, after), before, after)
    if _little_shared(blocks, before, after):
        return [Part("removed", "".join(before)), Part("added", "".join(after))]
    return list(_parts(blocks, before, after))


def _tokens(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.strip().splitlines())
    return TOKENS.findall("\n".join(lines))


Block = tuple[int, int, int]  # where in the old, where in the new, how many tokens are the same


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The runs that are the same, in order.

    Words that come once in both anchor the comparison (as in a patience diff): what lies between
    two anchors is compared on its own, so that long texts cost little.
    """
    found: list[Block] = []
    todo = [(0, len(a), 0, len(b))]
    while todo:
        a_from, a_to, b_from, b_to = todo.pop()
        # Ends that are alike cost one pass here, and difflib the square of their length.
        same = 0
        while a_from < a_to and b_from < b_to and a[a_from] == b[b_from]:
            a_from, b_from, same = a_from + 1, b_from + 1, same + 1
        if same:
            found.append((a_from - same, b_from - same, same))
        same = 0
        while a_from < a_to and b_from < b_to and a[a_to - 1] == b[b_to - 1]:
            a_to, b_to, same = a_to - 1, b_to - 1, same + 1
        if same:
            found.append((a_to, b_to, same))
        if a_from == a_to or b_from == b_to:
            continue
        anchors = _anchors(a, b, a_from, a_to, b_from, b_to)
        if anchors:
            ends = [*anchors, (a_to, b_to)]
            todo.append((a_from, anchors[0][0], b_from, anchors[0][1]))
            # Each piece starts with its anchor, which the run of equal tokens above takes in.
            todo += [
                (x, next_x, y, next_y)
                for (x, y), (next_x, next_y) in zip(anchors, ends[1:], strict=True)
            ]
        elif (a_to - a_from) * (b_to - b_from) <= PAIRS:
            matcher = SequenceMatcher(None, a[a_from:a_to], b[b_from:b_to], autojunk=False)
            found += [
                (a_from + x, b_from + y, size)
                for x, y, size in matcher.get_matching_blocks()
                if size
            ]
    return sorted(found)


def _anchors(a, b, a_from, a_to, b_from, b_to) -> list[tuple[int, int]]:
    """Places of the words that come once in both stretches, as many as stand in the same order."""
    counts_a, counts_b = Counter(a[a_from:a_to]), Counter(b[b_from:b_to])
    place = {b[y]: y for y in range(b_from, b_to) if counts_b[b[y]] == 1}
    pairs = [(x, place[a[x]]) for x in range(a_from, a_to) if counts_a[a[x]] == 1 and a[x] in place]
    # The longest rising run of the places in b (patience sorting).
    tops: list[int] = []
    piles: list[int] = []
    under: list[int] = []
    for index, (_x, y) in enumerate(pairs):
        pile = bisect_left(tops, y)
        under.append(piles[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [y]
        piles[pile : pile + 1] = [index]
    run = []
    index = piles[-1] if piles else -1
    while index >= 0:
        run.append(pairs[index])
        index = under[index]
    return run[::-1]


def _joined(blocks: list[Block], a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The blocks without the few words that only split a change into confetti."""
    kept: list[Block] = []
    for x, y, size in blocks:
        if kept and kept[-1][0] + kept[-1][2] == x and kept[-1][1] + kept[-1][2] == y:
            first = kept.pop()
            x, y, size = first[0], first[1], first[2] + size
        kept.append((x, y, size))
    # A block that goes makes the change beside it longer, so that the next may go as well.
    before = -1
    while before != len(kept):
        before = len(kept)
        kept = list(_longer(kept, a, b))
    return kept


def _longer(blocks: list[Block], a: Sequence[str], b: Sequence[str]) -> Iterator[Block]:
    """The blocks that are longer than the change on either side, or at an end of the text."""
    a_at = b_at = 0
    for index, (x, y, size) in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else (len(a), len(b), 0)
        run = a[x : x + size]
        short = sum(token[0].isalnum() for token in run) < SHORT and "\n" not in run
        changes = (max(x - a_at, y - b_at), max(after[0] - x - size, after[1] - y - size))
        if not short or size > min(changes):
            a_at, b_at = x + size, y + size
            yield x, y, size


def _slid(blocks: list[Block], a: Sequence[str], b: Sequence[str]) -> list[Block]:
    """The blocks with each addition or removal told from the start of its line where it can be.

    A paragraph that comes in after "Yksi." may be told as ".⏎Kaksi" between "Yksi" and "." or as
    "⏎Kaksi." after "Yksi.": the same tokens, and only the second is how people see it.
    """
    slid = list(blocks)
    for index in range(len(slid) - 1):
        (x, y, size), (next_x, next_y, next_size) = slid[index : index + 2]
        only_added, only_removed = next_x == x + size, next_y == y + size
        # Of words replaced by others both sides have their place already.
        if only_added == only_removed:
            continue
        text, start, end = (b, y + size, next_y) if only_added else (a, x + size, next_x)
        most = min(next_size - 1, end - start - 1)
        for step in range(most + 1):
            if "\n" in text[start + step] or "\n" in text[start + step - 1]:
                slid[index] = (x, y, size + step)
                slid[index + 1] = (next_x + step, next_y + step, next_size - step)
                break
            if text[start + step] != text[end + step]:
                break
    return slid


def _little_shared(blocks: list[Block], a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether less than a third of the words of the shorter text are in both."""
    least = min(_count(a), _count(b))
    shared = sum(_count(a[x : x + size]) for x, _y, size in blocks)
    return least >= FEW and 3 * shared < least


def _count(tokens: Sequence[str]) -> int:
    return sum(token[0].isalnum() for token in tokens)


def _parts(blocks: list[Block], a: Sequence[str], b: Sequence[str]) -> Iterator[Part]:
    pieces: list[Part] = []
    a_at = b_at = 0
    for x, y, size in [*blocks, (len(a), len(b), 0)]:
        pieces.append(Part("removed", "".join(a[a_at:x])))
        pieces.append(Part("added", "".join(b[b_at:y])))
        pieces.append(Part("same", "".join(b[y : y + size])))
        a_at, b_at = x + size, y + size
    for kind, run in groupby((piece for piece in pieces if piece.text), lambda piece: piece.kind):
        yield Part(kind, "".join(piece.text for piece in run))
