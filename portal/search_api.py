"""Finding things by words: what rooms say of their things, and where they ask for others'.

The search registers how things are found; it knows no room by its name.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from portal.resources import having


@dataclass(frozen=True)
class Found:
    """One thing found: the key of its kind, and a snippet that is safe HTML.

    An `example` is invented, and is shown as such.
    """

    kind: str
    title: str
    url: str
    snippet: str
    language: str
    example: bool = False


PUBLIC, SIGNED_IN, STAFF = "public", "signed-in", "staff"
ROLE = "role:"  # and the name of the group


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One document before it is read: plain texts, and what filters, ranks and leads to it.

    `words` are looked for but never shown: numbers and names by which people ask for the thing.
    `holds_from` and `holds_to` are its first and last day, where it does not hold for ever: what
    held once comes after what holds now. `boost` multiplies its rank. `audiences` are those who may
    find it, such as {"organisation:7", "staff"}; everybody where nothing is said.
    """

    kind: str
    key: str
    language: str
    title: str
    path: str
    thing: str = ""
    summary: str = ""
    body: str = ""
    words: str = ""
    trail: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    holds_from: datetime.date | None = None
    holds_to: datetime.date | None = None
    boost: float = 1
    date: datetime.date | None = None
    audiences: frozenset[str] = frozenset({PUBLIC})

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}:{self.language}"


@dataclass(frozen=True)
class Audience:
    """What a resource can do that people belong to, such as an organisation.

    `of(user)` names the audiences that a signed-in person is in by it, such as {"organisation:7"}.
    """

    of: Callable[[AbstractBaseUser], Collection[str]]


def audiences(user: Any) -> frozenset[str]:
    """Whose things a person may find: everybody's, and those of what they belong to."""
    if not user.is_authenticated:
        return frozenset({PUBLIC})
    staff = [STAFF] if user.has_perm("wagtailadmin.access_admin") else []
    roles = [f"{ROLE}{name}" for name in user.groups.values_list("name", flat=True)]
    belonging = [word for audience in having(Audience).values() for word in audience.of(user)]
    return frozenset([PUBLIC, SIGNED_IN, *staff, *roles, *belonging])


def open_to_all(model: Any) -> QuerySet:
    """The rows of a model that everyone may see."""
    return model.objects.visible_to(AnonymousUser())


@dataclass(frozen=True)
class Part:
    """Rows of another model that a thing's documents are made of.

    When one is saved or deleted, the things with the keys `of(row)` are written anew; where `hides`
    says so of the row, they can no longer be found from that moment on.
    """

    model: type[Model]
    of: Callable[[Any], Collection[str]]
    hides: Callable[[Any], bool] = lambda row: False


@dataclass(frozen=True, kw_only=True)
class Searchable:
    """What a resource can do whose things are found by words.

    `name` and `plural` are its names as a kind. `rows(model)` gives the rows of each of the
    resource's models that somebody may find, by default those that everyone may see, and
    `documents(rows)` turns rows into documents, one a language; `pages()` gives those of
    things without a row, such as the page on which one asks. `parts` and the many-to-many
    `relations` are what else the documents are made of. `examples(keys)` says which of the things
    are invented. `referrer` is the key under which they rest on the law, where that is not the
    resource's own. `order` places the kind among the others.
    """

    name: str | Promise
    plural: str | Promise
    documents: Callable[[QuerySet], Iterator[Entry]]
    rows: Callable[[Any], QuerySet] = open_to_all
    pages: Callable[[], Iterable[Entry]] | None = None
    parts: tuple[Part, ...] = ()
    relations: tuple[Any, ...] = ()
    examples: Callable[[Collection[str]], Collection[str]] | None = None
    referrer: str = ""
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What answers a question by itself: a value with all that must be told of it.

    Without a value (`known` is false) `value` says why there is none. An `example` is invented.
    """

    title: str
    about: str
    value: str
    known: bool
    when: str
    sentence: str
    source: str
    url: str
    example: bool
    note: str = ""


@dataclass(frozen=True)
class AnswerCard:
    """What a resource can do that answers some questions by itself.

    `answer(words)` is given the words of a question as they were written, and gives what everyone
    may see, in the active language; None for a question that is none of its own. Each search asks
    it, so words that are none of its own must cost nothing.
    """

    answer: Callable[[Sequence[str]], Answer | None]


def answers(words: Sequence[str]) -> list[Answer]:
    """The cards for a question."""
    found = (card.answer(words) for card in having(AnswerCard).values())
    return [one for one in found if one is not None]


Finder = Callable[[str, Sequence[str], str, AbstractBaseUser | AnonymousUser, int], list[Found]]
_finders: list[Finder] = []


def register(finder: Finder) -> None:
    """Called once, by the search app when it is ready."""
    _finders[:] = [finder]


def find(
    text: str,
    kinds: Sequence[str],
    language: str,
    user: AbstractBaseUser | AnonymousUser,
    limit: int = 10,
) -> list[Found]:
    """Things of these kinds that `user` may see and that match the words, best first.

    Results in `language` come before others. Empty when no search is registered.
    """
    return [found for finder in _finders for found in finder(text, kinds, language, user, limit)]
