"""What rests on a section of the law: resources say so, and no room is imported."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages import sort_key
from portal.links import Link
from portal.mail.models import Letter
from portal.notifications.models import Event
from portal.resources import having

from .models import Act, Chapter, ImpactReview, Section

User = AbstractUser | AnonymousUser


class Closeness(IntEnum):
    """How near a thing stands to a section, the nearest first.

    `NAMED`: the section stands in a field of its own, as what the thing is about or rests on.
    `MENTIONED`: the thing's text leads to the section in passing. `CHAPTER` and `ACT`: it rests on
    the whole chapter or act (or decree) that the section stands in. `OVER`: it no longer applies,
    however it names the section.
    """

    NAMED = 0
    MENTIONED = 1
    CHAPTER = 2
    ACT = 3
    OVER = 4

    @property
    def title(self) -> Promise:
        return TITLES[self]


TITLES = {
    Closeness.NAMED: _("Resting on this section"),
    Closeness.MENTIONED: _("Mentioning this section"),
    Closeness.CHAPTER: _("Resting on the whole chapter"),
    Closeness.ACT: _("Resting on the act as a whole"),
    Closeness.OVER: _("No longer applying"),
}


@dataclass(frozen=True, kw_only=True)
class Backlink(Link):
    """One thing that refers to a section; the note says a word on it, such as its date.

    `kind` is the key of its kind, `summary` a line on what it says, and `under_review` whether a
    check of it after a change of the law is open.
    """

    kind: str
    note: str = ""
    under_review: bool = False
    summary: str = ""
    closeness: Closeness = Closeness.NAMED


@dataclass(frozen=True)
class Reference:
    """That a published thing, in one language, rests on a section: reviewed when that changes.

    `subject` is the thing as its kind knows it, `thing` is shared by all its languages, and
    `owner` is the role that keeps it true.
    """

    section_pk: int
    subject: str
    thing: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Description(Link):
    """What the work lists show of a subject; one without an address to edit has none."""

    edit_url: str = ""
    may_confirm: bool = False


Backlinks = Callable[[Collection[Section], User, str], Mapping[int, list[Backlink]]]
Counts = Callable[[Collection[Section], User, str], Mapping[int, int]]
References = Callable[[Collection[Section]], Iterable[Reference]]
Told = Callable[[Collection[ImpactReview]], None]


@dataclass(frozen=True)
class Tellings:
    """What a kind has written of reviews that were opened: letters, and events for followers."""

    letters: QuerySet[Letter]
    events: QuerySet[Event]


Telling = Callable[[Collection[ImpactReview], datetime], Tellings]
Describe = Callable[[Collection[str], User, str], Mapping[str, Description]]


@dataclass(frozen=True)
class Referrer:
    """What a resource can do whose things rest on sections, such as guidance; `title` names many.

    `backlinks(sections, user, language)` returns what rests on each section, by its primary key;
    sections without any may be missing. It is called once for many sections and passes what it
    lists through `visible_to(user)`; the order is `backlinks_to`'s. Kinds that are read from the
    database together share one, which is then called once for all of them. A kind without it is
    not listed on the page of a section.

    `references(sections)` returns every published thing that must be checked when one of the
    sections changes, one for each language version, whoever may see it. A kind without it needs
    no check.

    `describe(subjects, user, language)` says what `user` may know of subjects, and whether they
    may confirm them; of what they may not know it says nothing.

    `counts(sections, user, language)` says how many things `backlinks` would list of each section,
    for the page of a whole act. It goes with `backlinks` and is called as that is; without it, they
    are listed to be counted.

    `opened(reviews)` and `settled(reviews)` are told, in the same transaction, of reviews of this
    kind that a change of the law has opened and that somebody has settled, for who has to know.
    A kind that writes to somebody when reviews are opened finds it again with `told(reviews,
    since)`, so that a change of the law is not undone once it is out.

    `wholes` says that its things may rest on a chapter or an act as a whole, too.

    Each of them takes a constant number of queries. `word` is what version 1 of the API calls the
    kind, where that is not the resource's key.
    """

    title: str | Promise
    backlinks: Backlinks | None = None
    references: References | None = None
    describe: Describe | None = None
    opened: Told | None = None
    settled: Told | None = None
    told: Telling | None = None
    counts: Counts | None = None
    word: str = ""
    wholes: bool = False


def referrers() -> Mapping[str, Referrer]:
    """What rests on sections, by the keys of the resources, in the order of INSTALLED_APPS."""
    return having(Referrer)


def backlinks_to(
    sections: Collection[Section], user: User, language: str, *, wholes: bool = False
) -> dict[int, list[tuple[Referrer, Backlink]]]:
    """What `user` may see of what rests on each of the sections, by the section's primary key.

    With `wholes` only of the kinds that may rest on a whole chapter or act.

    In the order of closeness: what names the section in a field of its own stands before what
    mentions it in its text, then come what rests on its chapter and on the whole act, and what no
    longer applies is last. Of the same closeness, the kinds in the
    order in which they are registered, and within a kind by title. Every section has an entry, if
    an empty one.
    """
    known = {key: one for key, one in referrers().items() if one.wholes or not wholes}
    place = {key: number for number, key in enumerate(known)}
    found: dict[int, list[tuple[Referrer, Backlink]]] = {one.pk: [] for one in sections}
    for backlinks in dict.fromkeys(one.backlinks for one in known.values() if one.backlinks):
        for section_pk, listed in backlinks(sections, user, language).items():
            found[section_pk] += [(known[item.kind], item) for item in listed]
    for pairs in found.values():
        pairs.sort(
            key=lambda pair: (pair[1].closeness, place[pair[1].kind], sort_key(pair[1].title))
        )
    return found


def backlinks_to_whole(
    act: Act, chapters: Collection[Chapter], user: User, language: str
) -> tuple[list[Backlink], dict[int, list[Backlink]]]:
    """What rests on an act as a whole, and on each of its chapters by the chapter's primary key.

    Asked as of sections that there are not, one in each: as many queries as for any sections.
    """
    stand_ins = [Section(pk=-1, act=act, chapter=None)]
    stand_ins += [Section(pk=-2 - n, act=act, chapter=one) for n, one in enumerate(chapters)]
    found = {
        pk: [item for _kind, item in pairs]
        for pk, pairs in backlinks_to(stand_ins, user, language, wholes=True).items()
    }
    of_chapters = {
        chapter.pk: [item for item in found[one.pk] if item.closeness == Closeness.CHAPTER]
        for chapter, one in zip(chapters, stand_ins[1:], strict=True)
    }
    return found[-1], of_chapters


def backlink_counts(sections: Collection[Section], user: User, language: str) -> Counter[int]:
    """How many things rest on each of the sections that `user` may see, as `backlinks_to` lists."""
    found: Counter[int] = Counter()
    together = {(one.backlinks, one.counts): None for one in referrers().values() if one.backlinks}
    for backlinks, counts in together:
        if counts:
            found.update(counts(sections, user, language))
            continue
        for section_pk, listed in backlinks(sections, user, language).items():
            found[section_pk] += len(listed)
    return found
