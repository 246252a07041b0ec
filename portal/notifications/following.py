"""What can be followed: the apps register their kinds, and none is imported.

A kind is asked for what a reader may see of it at that moment. What it does not give is in no
letter and cannot be followed: drafts, private pages, withdrawn translations, ended organisations.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from portal.languages import LANGUAGES

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Target:
    """A thing as a reader is told of it: its name and its address on this site.

    `language` is the one it is given in ("" when it is in all), and `languages` those in which
    this reader may see it; a note in any other language is not shown. `page_gone` says that a page
    on it has been withdrawn, where its kind has words of its own for that.
    """

    title: str
    url: str
    language: str = ""
    languages: frozenset[str] = frozenset(LANGUAGES)
    page_gone: str = ""


Find = Callable[[Collection[str], User, str], Mapping[str, Target]]


@dataclass(frozen=True)
class Followable:
    """A kind of thing, such as sections of the law.

    `find(subjects, user, language)` returns what `user` may see of them, in `language` when they
    are in it and else in another; the others are missing. A constant number of queries. A kind
    that is only told of, and not followed by itself, is not `offered`.
    """

    key: str
    title: str | Promise
    find: Find
    offered: bool = True


_kinds: dict[str, Followable] = {}


def register(kind: Followable) -> None:
    """Called by an app that is ready."""
    _kinds[kind.key] = kind


def offered() -> list[Followable]:
    return [kind for kind in _kinds.values() if kind.offered]


def can_be_followed(key: str) -> bool:
    return key in _kinds and _kinds[key].offered


def find(
    things: Iterable[tuple[str, str]], user: User, language: str
) -> dict[tuple[str, str], Target]:
    """What `user` may see of the (kind, subject) pairs; one call of each kind among them."""
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, subject in things:
        by_kind[kind].add(subject)
    return {
        (key, subject): target
        for key, subjects in by_kind.items()
        if key in _kinds
        for subject, target in _kinds[key].find(sorted(subjects), user, language).items()
    }
