"""What rests on a section of the law: later apps register the kinds, and none is imported."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.utils.functional import Promise

from .models import Section

User = AbstractBaseUser | AnonymousUser


@dataclass(frozen=True)
class Item:
    """One thing that refers to a section; the note says a word on it, such as its date."""

    title: str
    url: str
    note: str = ""


Items = Callable[[Collection[Section], User, str], Mapping[int, list[Item]]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that rests on sections, such as guidance.

    `items(sections, user, language)` returns what rests on each section, by its primary key, in
    the order to be shown; sections without any may be missing. It is called once for many
    sections, passes what it lists through `visible_to(user)`, and puts the things in `language`
    first.
    """

    key: str
    title: str | Promise
    items: Items


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by an app that is ready; kinds are listed in the order of INSTALLED_APPS."""
    _kinds[kind.key] = kind


def resting_on(
    sections: Collection[Section], user: User, language: str
) -> dict[int, list[tuple[Kind, list[Item]]]]:
    """What `user` may see of what rests on each of the sections, by the section's primary key.

    Kinds without items are left out, and every section has an entry, if an empty one.
    """
    found: dict[int, list[tuple[Kind, list[Item]]]] = {section.pk: [] for section in sections}
    for kind in _kinds.values():
        for section_pk, items in kind.items(sections, user, language).items():
            if items and section_pk in found:
                found[section_pk].append((kind, items))
    return found
