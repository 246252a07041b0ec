"""What can be followed: the resources say so, and no room is imported.

A kind is asked for what a reader may see of it at that moment. What it does not give is in no
letter and cannot be followed: drafts, private pages, withdrawn translations, ended organisations.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages import LANGUAGES
from portal.links import Link
from portal.resources import having

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True, kw_only=True)
class Target(Link):
    """A thing as a reader is told of it: its name and its address on this site.

    `language` is the one it is given in ("" when it is in all), and `languages` those in which
    this reader may see it; a note in any other language is not shown. `page_gone` says that a page
    on it has been withdrawn, where its kind has words of its own for that.
    """

    languages: frozenset[str] = frozenset(LANGUAGES)
    page_gone: str = ""


@dataclass(frozen=True)
class Verb:
    """What can happen to things of a kind, as letters tell it: its key and the words of it.

    `is_new` says that the thing came with it, `gone` that it went: how that is said under something
    else that is followed, and of a followed thing itself, without naming it. `anchor` is where on
    the thing's page the change is shown, `dated` whether the day of the telling says anything.
    """

    key: str
    label: str | Promise
    is_new: bool = False
    gone: tuple[str | Promise, str | Promise] | None = None
    anchor: str = ""
    dated: bool = True


PUBLISHED = Verb("published", _("New"), is_new=True)
CHANGED = Verb("changed", _("Changed"))
WITHDRAWN = Verb(
    "withdrawn",
    _("Withdrawn"),
    gone=(
        _("A page on this has been withdrawn from the portal."),
        _("A page that you follow has been withdrawn from the portal."),
    ),
)
Find = Callable[[Collection[str], User, str], Mapping[str, Target]]


@dataclass(frozen=True)
class Followable:
    """What a resource can do that people follow, such as sections of the law; `title` names many.

    `find(subjects, user, language)` returns what `user` may see of them, in `language` when they
    are in it and else in another; the others are missing. A constant number of queries. A kind
    that is only told of, and not followed by itself, is not `offered`. `verbs` are what can happen
    to its things; a kind that is only followed has none.
    """

    title: str | Promise
    find: Find
    offered: bool = True
    verbs: tuple[Verb, ...] = ()


def followables() -> Mapping[str, Followable]:
    """What there is to be told of, by the keys of the resources."""
    return having(Followable)


def offered() -> dict[str, Followable]:
    return {key: one for key, one in followables().items() if one.offered}


def verbs() -> dict[tuple[str, str], Verb]:
    """What can happen, by the key of the resource and of the verb."""
    return {(key, verb.key): verb for key, one in followables().items() for verb in one.verbs}


def can_be_followed(key: str) -> bool:
    return key in offered()


def find(
    things: Iterable[tuple[str, str]], user: User, language: str
) -> dict[tuple[str, str], Target]:
    """What `user` may see of the (kind, subject) pairs; one call of each kind among them."""
    known = followables()
    by_kind: dict[str, set[str]] = defaultdict(set)
    for kind, subject in things:
        by_kind[kind].add(subject)
    return {
        (key, subject): target
        for key, subjects in by_kind.items()
        if key in known
        for subject, target in known[key].find(sorted(subjects), user, language).items()
    }
