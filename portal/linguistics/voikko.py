"""Finnish read by Voikko, where Debian's libvoikko1 and voikko-fi (or the like) are installed."""

from functools import cache
from threading import Lock

from libvoikko import Voikko, VoikkoException

from portal.linguistics import compounds

_lock = Lock()  # a Voikko handle serves one thread at a time


@cache
def _handle() -> Voikko | None:
    """What reads Finnish, or None without the library or its dictionary.

    The library is asked before a Voikko is made of it: one whose making fails half-way has nothing
    to free, and its `__del__` raises.
    """
    try:
        if "fi" in Voikko.listSupportedSpellingLanguages():
            return Voikko("fi")
    except (VoikkoException, OSError):
        pass
    return None


def available() -> bool:
    return _handle() is not None


def version() -> str:
    return Voikko.getVersion()


def read(word: str) -> tuple[list[str], list[str]] | None:
    """Base forms, likeliest first, and compound parts of a Finnish word; None when unknown."""
    handle = _handle()
    if handle is None:
        return None
    with _lock:
        analyses = handle.analyze(word)
    if not analyses:
        return None
    simple = [each for each in analyses if each["STRUCTURE"].count("=") == 1]
    if simple and len(simple) < len(analyses):
        # kuuluvan is of kuulua, no moon's permit; but Uusimaa is a place before it is a little new
        places = [each for each in analyses if each.get("CLASS") == "paikannimi"]
        analyses = [*(each for each in places if each not in simple), *simple]
    noun = compounds.action_noun(word)
    bases = dict.fromkeys(analysis["BASEFORM"].lower() for analysis in analyses)
    parts: dict[str, None] = {}
    for analysis in analyses:
        *heads, _tail = _pieces(word, analysis["STRUCTURE"])
        if heads:
            parts.update(dict.fromkeys(form for head in heads for form in _head(head)))
            parts[(noun or analysis["BASEFORM"].lower())[len("".join(heads)) :]] = None
    return list({noun: None, **bases} if noun else bases), [p for p in parts if len(p) > 2]


def _pieces(word: str, structure: str) -> list[str]:
    """Cut a word where its structure has "=": "=pppp=pppp" is two pieces of four letters."""
    pieces, place = [], 0
    for piece in structure.split("=")[1:]:
        letters = len(piece.replace("-", ""))
        pieces.append(word[place : place + letters])
        place += letters
    return [piece for piece in pieces if piece]


def _head(head: str) -> list[str]:
    """The base forms of a compound's earlier part: kotoutumis is kotoutuminen, kunnan kunta."""
    if nominative := compounds.s_stem(head):
        return [nominative]
    handle = _handle()
    if handle is None:
        return [head]
    with _lock:
        analyses = handle.analyze(head)
    bases = list(dict.fromkeys(analysis["BASEFORM"].lower() for analysis in analyses))
    return bases[:2] or [head]
