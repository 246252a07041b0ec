"""Acts as files: each format is read into the same few plain rows, checked before they are used.

A further format is one more entry of READERS or ROOTS. docs/law-format.md describes our own.
"""

from collections.abc import Callable
from pathlib import Path, PurePath

from portal.errors import BrokenFileError

from . import akoma_ntoso, elements, json_format, statute_collection
from .elements import Element
from .parsed import (
    ActRows,
    AmendedBy,
    AmendingAct,
    AmendingRows,
    ConsolidatedVersion,
    Modification,
    TextualModification,
    Wording,
)

__all__ = [
    "READERS",
    "ROOTS",
    "SHIPPED",
    "ActRows",
    "AmendedBy",
    "AmendingAct",
    "AmendingRows",
    "ConsolidatedVersion",
    "Modification",
    "Statute",
    "TextualModification",
    "Wording",
    "read",
    "read_text",
]

Statute = ActRows | AmendingRows | ConsolidatedVersion | AmendingAct
SHIPPED = Path(__file__).parent.parent / "data" / "integration_act.json"
ROOTS: dict[str, Callable[[str, Element], Statute]] = {
    statute_collection.ROOT: statute_collection.rows,
    akoma_ntoso.ROOT: akoma_ntoso.rows,
    akoma_ntoso.LIST: akoma_ntoso.of_list,
}


def _by_root(name: str, text: str) -> Statute:
    root = elements.read(name, text)
    reader = ROOTS.get(root.name)
    if reader is None:
        problem = f"the first element is none of those known: {', '.join(ROOTS)}"
        raise BrokenFileError(name, root.where, problem)
    return reader(name, root)


READERS: dict[str, Callable[[str, str], Statute]] = {".json": json_format.read, ".xml": _by_root}


def read(file: Path) -> Statute:
    """What is in a file, by the format that its ending, and in XML the first element, names.

    An act as given or in our own format is ActRows, an amending act AmendingRows or, in Akoma
    Ntoso, AmendingAct, and an act that Finlex consolidated ConsolidatedVersion.

    Raises BrokenFileError when the file is missing, is of no known format, does not parse, lacks
    something, says a thing twice, or refers to what is not in it.
    """
    _reader(file)
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BrokenFileError(file.name, "", f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise BrokenFileError(file.name, f"byte {error.start}", "the text is not UTF-8") from error
    return read_text(file.name, text)


def read_text(name: str, text: str) -> Statute:
    """What a text is, as `read`; the name's ending says the format. Raises BrokenFileError."""
    return _reader(PurePath(name))(name, text)


def _reader(file: PurePath) -> Callable[[str, str], Statute]:
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        known = ", ".join(READERS)
        raise BrokenFileError(file.name, "", f"the file's ending is none of those known: {known}")
    return reader
