"""What editors say of the search: words that mean the same, and what comes first for some words.

Both are read from the database in each version of the portal (portal.caching.cache_version), so
what is saved steers the next search on every engine and machine; no index is made anew. `trying`
has a search be as if something else had been said: that is how a preview is made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.caching.memory import remembered
from portal.linguistics.analysis import analyse, is_stopword
from portal.search_api import PUBLIC

if TYPE_CHECKING:
    from search.models import SearchPin, SearchSynonym

MOST_WORDS = 10


@dataclass(frozen=True)
class Said:
    """One synonym that editors gave: what is typed, what it means, whether it is a former name."""

    words: tuple[str, ...]
    means: tuple[str, ...]
    retired: bool = False


@dataclass(frozen=True)
class Pin:
    """What comes first for some words, known by their base forms."""

    forms: frozenset[str]
    address: str


@dataclass(frozen=True)
class Steering:
    """All that editors say of the searches in one language."""

    synonyms: tuple[Said, ...] = ()
    pins: tuple[Pin, ...] = ()


_tried: ContextVar[dict[str, Steering] | None] = ContextVar("tried", default=None)


def of(language: str) -> Steering:
    """What editors say of the searches in a language today."""
    tried = _tried.get()
    if tried and language in tried:
        return tried[language]
    return remembered(lambda: _read(language), "search", "steering", language)


@contextmanager
def trying(language: str, steering: Steering) -> Iterator[None]:
    """Search as if editors had said this."""
    token = _tried.set({language: steering})
    try:
        yield
    finally:
        _tried.reset(token)


def _read(language: str, without: object = None) -> Steering:
    found: dict[str, list] = {}
    for name in ("SearchSynonym", "SearchPin"):
        rows = apps.get_model("search", name).objects.filter(language=language, in_use=True)
        rows = rows.filter(Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
        found[name] = [row for row in rows if row != without]
    return Steering(tuple(map(said, found["SearchSynonym"])), tuple(map(pin, found["SearchPin"])))


def said(synonym: SearchSynonym) -> Said:
    return Said(tuple(listed(synonym.words)), tuple(listed(synonym.means)), retired=synonym.retired)


def pin(row: SearchPin) -> Pin:
    return Pin(forms_of(row.words, row.language), row.address)


def with_and_without(row: SearchSynonym | SearchPin) -> tuple[Steering, Steering]:
    """What editors say without a row, and with it."""
    without = _read(row.language, without=row)
    return without, row.added_to(without)


def listed(text: str) -> list[str]:
    """The words of a field, which have commas between them."""
    return [" ".join(one.split()) for one in text.split(",") if one.strip()]


def forms_of(text: str, language: str) -> frozenset[str]:
    """The base forms of the words of a text, common ones left out unless there are no others."""
    tokens = analyse(text, language)
    said = [token for token in tokens if not is_stopword(token, language)] or tokens
    return frozenset(token.reading.base for token in said)


def pinned(words: Sequence[str], language: str) -> list[str]:
    """The addresses of what comes first for a question."""
    pins = of(language).pins
    if not pins:
        return []
    forms = forms_of(" ".join(words), language)
    return [pin.address for pin in pins if pin.forms == forms]


# --- What may be said ------------------------------------------------------------------------


def check_synonym(synonym: SearchSynonym) -> None:
    """ValidationError, in words, for what would do harm or nothing."""
    language = synonym.language
    words, means = listed(synonym.words), listed(synonym.means)
    for field, given in (("words", words), ("means", means)):
        if not given:
            raise ValidationError({field: _("Give at least one word.")})
        if len(given) > MOST_WORDS:
            raise ValidationError({field: _("Give at most ten.")})
        for one in given:
            tokens = analyse(one, language)
            if not tokens:
                raise ValidationError({field: _("“%(word)s” has no letters.") % {"word": one}})
            if all(is_stopword(token, language) for token in tokens):
                raise ValidationError(
                    {
                        field: _("“%(word)s” is too common a word: every text has it.")
                        % {"word": one}
                    }
                )
    meant = {forms_of(one, language): one for one in means}
    typed = {forms_of(one, language): one for one in words}
    if same := next((one for forms, one in typed.items() if forms in meant), ""):
        raise ValidationError({"means": _("“%(word)s” would mean itself.") % {"word": same}})
    for other in _read(language, without=synonym).synonyms:
        back = {forms_of(one, language) for one in other.means}
        if back & typed.keys() and {forms_of(one, language) for one in other.words} & meant.keys():
            raise ValidationError(
                {
                    "means": _("It would go round: “%(word)s” already means “%(means)s”.")
                    % {"word": ", ".join(other.words), "means": ", ".join(other.means)}
                }
            )


def check_pin(row: SearchPin) -> None:
    """ValidationError, in words, for a pin to what nobody can find, or without words."""
    if not analyse(row.words, row.language):
        raise ValidationError({"words": _("Give at least one word.")})
    documents = apps.get_model("search", "Document").objects.filter(
        path=row.address, language=row.language
    )
    if not documents.filter(audience=PUBLIC).exists():
        raise ValidationError(
            {"address": _("Nothing that everybody can find has this address in this language.")}
        )
    if row.ends_on and row.ends_on < timezone.localdate():
        raise ValidationError({"ends_on": _("The last day is over.")})
