"""Text as it was typed or pasted, read as the text that was meant.

A word that looks the same on the screen can be written in many ways: an accent of its own after its
letter (as macOS writes names of files), soft hyphens and marks without width (pasted from a
document), spaces that do not break, quotes and hyphens of a typographer. Whatever finds something
by words compares what `text_as_typed` makes of both sides.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")

SPACES = re.compile(r"\s+")
KEYBOARD = str.maketrans(
    dict.fromkeys("‘’‚‛ʼ′´`", "'") | dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("‐‑‒", "-")
)
# Unicode's noncharacters: valid in UTF-8, refused by XML and by whoever reads it.
NONCHARACTERS = re.compile(
    "[\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(17))
    + "]"
)
NOT_IN_XML = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]|{NONCHARACTERS.pattern}")
# Marks that are seen nowhere and mean nothing, as the joiners of Persian and of emoji do.
WITHOUT_WIDTH = re.compile("[\u00ad\u200b\u2060\ufeff]")


def valid_in_xml(text: str) -> str:
    """The text without what XML 1.0 (section 2.2) has no place for, on which a feed would break."""
    return NOT_IN_XML.sub("", text)


def text_to_keep(text: str) -> str:
    """A text as it is saved: composed (NFC), without noncharacters, soft hyphens and zero widths.

    Spaces, quotes and line breaks stay as they were written.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", WITHOUT_WIDTH.sub("", NONCHARACTERS.sub("", text)))


def text_as_typed(text: str) -> str:
    """One line in the letters that were meant: for comparing, and not for keeping.

    Composed, without any mark that is not seen; each run of spaces of any kind is one space,
    typographic quotes and hyphens are those of a keyboard.
    """
    if not text.isascii():
        seen = (one for one in text if unicodedata.category(one) not in ("Cf", "Cs"))
        text = NONCHARACTERS.sub("", unicodedata.normalize("NFC", "".join(seen)))
        text = text.translate(KEYBOARD)
    return SPACES.sub(" ", text).strip()


def without_dots(text: str) -> str:
    """In lower case without accents, as on a keyboard that has none: äänekoski as aanekoski."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def mentioning(rows: Iterable[Row], words: str, text: Callable[[Row], str]) -> list[Row]:
    """The rows in whose text each of the words is, in whatever case; every row for no words.

    When there is none, those in which they are when accents are left out on both sides.
    """
    kept = list(rows)
    wanted = text_as_typed(words).casefold().split()
    if not wanted:
        return kept
    texts = [text_as_typed(text(row)).casefold() for row in kept]
    found = [
        row for row, one in zip(kept, texts, strict=True) if all(word in one for word in wanted)
    ]
    if found:
        return found
    plain = [without_dots(word) for word in wanted]
    return [
        row
        for row, one in zip(kept, map(without_dots, texts), strict=True)
        if all(word in one for word in plain)
    ]
