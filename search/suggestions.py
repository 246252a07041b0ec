"""What a search field suggests while somebody types: things by their titles, slips forgiven."""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.db.models import Q

from portal.languages import LANGUAGES
from portal.linguistics.typed import without_dots
from search import spelling, synonyms
from search.index import title_key
from search.models import Document
from search.question import MOST_CHARACTERS

SHOWN = (
    *("uid", "thing", "kind", "key", "language", "holds_from", "holds_to", "date", "title", "path"),
    *("audience", "title_key", "boost"),
)
AT_MOST = 500  # titles that are put in order
SHORTEST, LONGEST = 4, 12  # letters of a beginning in which a slip is forgiven
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MOST_WORDS = 20_000  # of titles whose beginnings are known
MOST_RIGHT = 5


def suggestions(text: str, language: str, user, limit: int = 8) -> list[Document]:
    """Things whose title has a word that begins like this, in own language first; one query.

    When there is none: those that begin so when accents are left out; things that are called so in
    everyday words (synonyms); those that begin so but for one slip. One more query for each.
    """
    beginning = title_key(text[:MOST_CHARACTERS])
    if len(beginning.replace(" ", "")) < 2:
        return []
    plain = without_dots(beginning)
    documents = Document.objects.visible_to(user).only(*SHOWN)
    found = documents.filter(title_key__contains=beginning)[:AT_MOST]
    if not found:
        found = documents.filter(title_plain__contains=plain)[:AT_MOST]
    if not found and (named := [title_key(one) for one in synonyms.begun(plain, language)]):
        found = documents.filter(language=language).filter(_any("title_key", named))[:AT_MOST]
    if not found and (right := list(_put_right(plain, language))):
        found = documents.filter(_any("title_plain", right))[:AT_MOST]
    rows = sorted(
        found,
        key=lambda row: (
            row.language != language,
            row.past,
            not row.title_key.startswith(beginning),
            -row.boost,
            len(row.title_key),
            row.title_key,
        ),
    )
    return _once(rows, limit)


def _any(field: str, values: Iterable[str]) -> Q:
    wanted = Q()
    for value in values:
        wanted |= Q(**{f"{field}__contains": value})
    return wanted


def _once(rows: Iterable[Document], limit: int) -> list[Document]:
    things: dict[str, Document] = {}
    for row in rows:
        things.setdefault(row.thing, row)
    return list(things.values())[:limit]


def _put_right(plain: str, language: str) -> Iterator[str]:
    """Beginnings of titles that the typed one is but for a slip in its last word."""
    before, _blank, last = plain.rpartition(" ")
    if not SHORTEST <= len(last) <= LONGEST or not last.isalpha():
        return
    known = _beginnings(spelling.titles(), language)
    right = (one for one in _one_slip_from(last) if one in known)
    for one, _number in zip(dict.fromkeys(right), range(MOST_RIGHT), strict=False):
        yield f"{before} {one}"


def _one_slip_from(word: str) -> Iterator[str]:
    """A word with two letters swapped, one left out, one changed or one put in."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + letter + tail[1:] for head, tail in cuts if tail for letter in LETTERS)
    yield from (head + letter + tail for head, tail in cuts for letter in LETTERS)


@lru_cache(maxsize=len(LANGUAGES))
def _beginnings(titles: spelling.Titles, language: str) -> frozenset[str]:
    """All that the words of the public titles in a language begin with, accents left out."""
    words = list(titles.words.get(language, ()))[:MOST_WORDS]
    return frozenset(word[:length] for word in words for length in range(SHORTEST - 1, LONGEST + 2))
