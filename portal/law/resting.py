"""What rests on a section of the law: later apps register the kinds, and none is imported."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.utils.functional import Promise

from .models import Check, Section

User = AbstractUser | AnonymousUser


@dataclass(frozen=True)
class Item:
    """One thing that refers to a section; the note says a word on it, such as its date.

    `kind` is the key of its kind, and `being_checked` whether a check of it after a change of the
    law is open.
    """

    kind: str
    title: str
    url: str
    note: str = ""
    being_checked: bool = False


@dataclass(frozen=True)
class Dependant:
    """A published thing that has to be checked when a section changes, in one language.

    `subject` is the thing as its kind knows it, `thing` is shared by all its languages, and
    `owner` is the role that keeps it true.
    """

    section_pk: int
    subject: str
    thing: str
    owner: str


@dataclass(frozen=True)
class Description:
    """What the work lists show of a subject; one without an address to edit has none."""

    title: str
    url: str
    edit_url: str = ""
    language: str = ""
    may_confirm: bool = False


Items = Callable[[Collection[Section], User, str], Mapping[int, list[Item]]]
Counts = Callable[[Collection[Section], User, str], Mapping[int, int]]
Dependants = Callable[[Collection[Section]], Iterable[Dependant]]
Told = Callable[[Collection[Check]], None]
Describe = Callable[[Collection[str], User, str], Mapping[str, Description]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that rests on sections, such as guidance.

    `items(sections, user, language)` returns what rests on each section, by its primary key, in
    the order to be shown; sections without any may be missing. It is called once for many
    sections, passes what it lists through `visible_to(user)`, and puts the things in `language`
    first. Kinds that are read from the database together share one, which is then called once for
    all of them. A kind without it is not listed on the page of a section.

    `dependants(sections)` returns every published thing that must be checked when one of the
    sections changes, one for each language version, whoever may see it. A kind without it needs
    no check.

    `describe(subjects, user, language)` says what `user` may know of subjects, and whether they
    may confirm them; of what they may not know it says nothing.

    `counts(sections, user, language)` says how many things `items` would list of each section,
    for the page of a whole act. It goes with `items` and is called as that is; without it, they
    are listed to be counted.

    `opened(checks)` and `settled(checks)` are told, in the same transaction, of checks of this
    kind that a change of the law has opened and that somebody has settled, for who has to know.

    Each of them takes a constant number of queries.
    """

    key: str
    title: str | Promise
    items: Items | None = None
    dependants: Dependants | None = None
    describe: Describe | None = None
    opened: Told | None = None
    settled: Told | None = None
    counts: Counts | None = None


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Called by an app that is ready; kinds are listed in the order of INSTALLED_APPS."""
    _kinds[kind.key] = kind


def kinds() -> Mapping[str, Kind]:
    """The registered kinds by their keys."""
    return _kinds


def resting_on(
    sections: Collection[Section], user: User, language: str
) -> dict[int, list[tuple[Kind, list[Item]]]]:
    """What `user` may see of what rests on each of the sections, by the section's primary key.

    Kinds without items are left out, and every section has an entry, if an empty one.
    """
    found: dict[int, dict[str, list[Item]]] = {one.pk: defaultdict(list) for one in sections}
    for items in dict.fromkeys(kind.items for kind in _kinds.values() if kind.items):
        for section_pk, listed in items(sections, user, language).items():
            for item in listed:
                found[section_pk][item.kind].append(item)
    return {
        section_pk: [(kind, by_kind[key]) for key, kind in _kinds.items() if key in by_kind]
        for section_pk, by_kind in found.items()
    }


def counted_on(sections: Collection[Section], user: User, language: str) -> Counter[int]:
    """How many things rest on each of the sections that `user` may see, as `resting_on` lists."""
    found: Counter[int] = Counter()
    together = {(kind.items, kind.counts): None for kind in _kinds.values() if kind.items}
    for items, counts in together:
        if counts:
            found.update(counts(sections, user, language))
            continue
        for section_pk, listed in items(sections, user, language).items():
            found[section_pk] += len(listed)
    return found
