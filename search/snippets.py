"""What is shown of a result: its text around the words that were looked for, these marked.

The text is read anew with the same analysis, so what is marked is what was found, in any form.
Only the ten results of a page are read.
"""

from collections.abc import Collection
from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.linguistics.analysis import WORD, backend_of, read

LENGTH = 240
NEAR = 4_000  # characters in which the words are looked for first
LEAD = 60  # how much of the text before the first mark is shown


class Marker:
    """Marks the words of texts in one language that any of these forms finds."""

    def __init__(self, language: str, forms: Collection[str]):
        self.language = language
        self.backend = backend_of(language)
        self.forms = frozenset(forms)
        self._known: dict[str, bool] = {}

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand, in order: (start, end)."""
        known = self._known
        words = set(WORD.findall(text))
        for written in words - known.keys():
            _word, reading = read(written, self.language, self.backend)
            known[written] = not self.forms.isdisjoint(reading.findable)
        found = {written for written in words if known[written]}
        if not found:
            return []
        return [match.span() for match in WORD.finditer(text) if match[0] in found]

    def whole(self, text: str) -> SafeString:
        """The whole text, safe, its words marked."""
        return _whole(self.language, self.backend, self.forms, text)

    def snippet(self, text: str) -> SafeString:
        """The part of the text with most of the words in it, safe, marked; else its beginning."""
        return _snippet(self.language, self.backend, self.forms, text)

    def _snippet(self, text: str) -> SafeString:
        text = " ".join(text.split())
        places = self.places(text[:NEAR]) or self.places(text)
        start, end = _window(text, places)
        before = "… " if start else ""
        after = " …" if end < len(text) else ""
        return format_html("{}{}{}", before, _marked(text, places, start, end), after)


@lru_cache(maxsize=300)
def _snippet(language: str, backend: str, forms: frozenset[str], text: str) -> SafeString:
    """Many people ask for the same words: remembered for as long as the text reads the same."""
    return Marker(language, forms)._snippet(text)


@lru_cache(maxsize=1000)
def _whole(language: str, backend: str, forms: frozenset[str], text: str) -> SafeString:
    return _marked(text, Marker(language, forms).places(text), 0, len(text))


def _window(text: str, places: list[tuple[int, int]]) -> tuple[int, int]:
    """The best stretch of LENGTH characters, cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    best, most = 0, 0
    for number, (start, _end) in enumerate(places):
        inside = [text[s:e].lower() for s, e in places[number:] if e <= start + LENGTH - LEAD]
        worth = 3 * len(set(inside)) + len(inside)
        if worth > most:
            best, most = start, worth
    start = max(0, best - LEAD)
    if start:
        start = text.find(" ", start, best) + 1 or best
    end = min(len(text), start + LENGTH)
    if end < len(text):
        end = text.rfind(" ", start, end)
        end = end if end > start else start + LENGTH
    return start, end


def _marked(text: str, places: list[tuple[int, int]], start: int, end: int) -> SafeString:
    pieces, at = [], start
    for first, last in places:
        if first >= start and last <= end:
            pieces += [text[at:first], format_html("<mark>{}</mark>", text[first:last])]
            at = last
    return format_html_join("", "{}", ((piece,) for piece in [*pieces, text[at:end]]))
