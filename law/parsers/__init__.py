"""Acts as files: each format is read into the same few plain rows, checked before they are used.

A further format is one more entry of READERS. docs/law-format.md describes our own.
"""

from collections.abc import Callable
from pathlib import Path

from portal.errors import BrokenFileError

from . import json_format, statute_collection
from .parsed import ActRows, AmendingRows, Modification, TextualModification, Wording

__all__ = [
    "READERS",
    "SHIPPED",
    "ActRows",
    "AmendingRows",
    "Modification",
    "TextualModification",
    "Wording",
    "read",
]

SHIPPED = Path(__file__).parent.parent / "data" / "integration_act.json"
READERS: dict[str, Callable[[str, str], ActRows | AmendingRows]] = {
    ".json": json_format.read,
    ".xml": statute_collection.read,
}


def read(file: Path) -> ActRows | AmendingRows:
    """The act or amending act in a file, by the format that the file's ending names.

    Raises BrokenFileError when the file is missing, is of no known format, does not parse, lacks
    something, says a thing twice, or refers to what is not in it.
    """
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise BrokenFileError(file.name, "", f"the file's ending is none of those known: {known}")
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenFileError(file.name, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(file.name, f"byte {error.start}", "the text is not UTF-8") from error
    return reader(file.name, text)
