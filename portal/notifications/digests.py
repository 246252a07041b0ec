"""Digests: what a follower has not been told of yet becomes one letter, in the outbox.

The letters of some followers and the marks on their notices are one transaction, so a worker that
dies in between has told nobody anything twice and forgotten nothing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.languages import LANGUAGES
from portal.links import Link
from portal.mail import outbox
from portal.mail.models import Letter

from . import following, links
from .following import Target, Verb
from .models import Event, Follow, Follower, Frequency, Notice

TEMPLATE = "notices/digest"
FOLLOWERS_AT_ONCE = 100
SECONDS_A_TURN = 2.0

MARKS = {"manage_url": "\ue000manage\ue001", "stop_url": "\ue000stop\ue001"}

Things = dict[tuple[str, str], Target]
Rendered = dict[tuple[str, str, str], outbox.Words]


@dataclass(frozen=True)
class Entry:
    """One event as a follower reads of it.

    `language` is that of the thing, and `note_language` that of the note, when they are not the
    reader's.
    """

    verb: Verb
    at: datetime
    title: str = ""
    url: str = ""
    language: str = ""
    note: str = ""
    note_language: str = ""


@dataclass(frozen=True, kw_only=True)
class Group(Link):
    """One followed thing, its language when not the reader's, and what happened to it or on it.

    `page_gone` is how it is said in the subject that a page on it is away.
    """

    page_gone: str = ""
    entries: list[Entry] = field(default_factory=list)


def write_due() -> int:
    """Write the letters that are due, for as long as a turn of the worker may take; how many."""
    now, until = timezone.now(), monotonic() + SECONDS_A_TURN
    written = 0
    while monotonic() < until:
        followers = list(_to_be_told(now)[:FOLLOWERS_AT_ONCE])
        if not followers:
            break
        written += write_for(followers, now)
    return written


def write_for(followers: Collection[Follower], now: datetime) -> int:
    """Put the letters of some followers in the outbox; how many followers have been told.

    What the letters need is read once for all of them: the number of queries depends neither on
    how many things happened nor on how many are followed.
    """
    waiting = defaultdict(list)
    for notice in Notice.objects.filter(follower__in=followers, told_at=None).select_related(
        "event"
    ):
        waiting[notice.follower_id].append(notice)
    seen, came = _seen(followers, waiting), _unsent_arrivals(followers)
    rendered: Rendered = {}
    drafts = {
        follower.pk: _draft(
            follower, waiting[follower.pk], seen[follower.pk], rendered, came[follower.pk]
        )
        for follower in followers
    }
    return _put_in_outbox(drafts, waiting, now)


@transaction.atomic
def _put_in_outbox(
    drafts: Mapping[int, Letter | None], waiting: Mapping[int, list[Notice]], now: datetime
) -> int:
    """The letters and the marks on what they tell, whole or not at all.

    A follower who has stopped meanwhile, or whom another worker has told, is left out.
    """
    still = set(
        Follower.objects.select_for_update()
        .filter(pk__in=drafts)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    notices = [notice for pk in still for notice in waiting[pk]]
    untold = set(
        Notice.objects.filter(pk__in=[one.pk for one in notices], told_at=None).values_list(
            "pk", flat=True
        )
    )
    letters_made, told = [], []
    for pk in sorted(still):
        if not all(notice.pk in untold for notice in waiting[pk]):
            continue
        letter = drafts[pk]
        if letter:
            letters_made.append(letter)
        for notice in waiting[pk]:
            notice.letter, notice.told_at = letter, now
            told.append(notice)
    Letter.objects.bulk_create(letters_made)
    for notice in told:  # the letter has its key by now
        notice.letter = notice.letter
    Notice.objects.bulk_update(told, ["letter", "told_at"], batch_size=FOLLOWERS_AT_ONCE)
    return len(still)


def re_render(letter: Letter) -> bool:
    """Put into a letter that has waited what its reader may see now; False if nothing is left."""
    notices = list(letter.notices.select_related("event", "follower__user"))
    if not notices:
        return False
    follower = notices[0].follower
    seen = _seen([follower], {follower.pk: notices})[follower.pk]
    groups = grouped((notice.event for notice in notices), *seen, follower.language)
    if not groups:
        return False
    fresh = _with_links(_words(groups, follower), _links(follower))
    letter.to, letter.language = follower.address, follower.language
    letter.subject, letter.text, letter.html = fresh
    letter.save(update_fields=["to", "language", "subject", "text", "html"])
    return True


def grouped(
    events: Iterable[Event],
    followed: Collection[tuple[str, str]],
    things: Mapping[tuple[str, str], Target],
    language: str,
    came_unsent: Collection[tuple[str, str]] = (),
) -> list[Group]:
    """The events under what is followed, each once: under the thing itself when that is followed.

    They are told in the order in which they happened. Of a thing that is away the letter says that
    it went, and not what it was; of one that came and went before anybody was told it says nothing;
    `came_unsent` are those whose coming stands in a letter that has not gone yet, and will be
    written anew before it does.
    """
    groups: dict[tuple[str, str], Group] = {}
    verbs = following.verbs()
    came = set(came_unsent)
    for event in sorted(events, key=lambda event: (event.at, event.pk)):
        thing = (event.thing_kind, event.thing)
        verb = verbs.get((event.thing_kind, event.kind))
        if verb is None:  # of a room that is no longer there
            continue
        about = [tuple(target) for target in event.targets if tuple(target) in followed]
        if verb.is_new:
            came.add(thing)
        if not about or (thing in things) == bool(verb.gone) or (verb.gone and thing in came):
            continue
        under = thing if thing in about else next((one for one in about if one in things), about[0])
        heading = things.get(under) or things.get(thing) or Target("", "")
        empty = Group(heading.title, heading.url, heading.language, page_gone=heading.page_gone)
        group = groups.setdefault(under, empty)
        group.entries.append(_entry(event, verb, things.get(thing), language))
    return list(groups.values())


def _entry(event: Event, verb: Verb, target: Target | None, language: str) -> Entry:
    if target is None:
        return Entry(verb, event.at)
    own = language in target.languages
    order = dict.fromkeys([language, target.language, *LANGUAGES])
    said_in = next((one for one in order if one in target.languages and one in event.notes), "")
    return Entry(
        verb=verb,
        at=event.at,
        title=target.title,
        url=f"{target.url}{verb.anchor}",
        language="" if own else target.language,
        note=event.notes.get(said_in, ""),
        note_language="" if said_in == language else said_in,
    )


def _to_be_told(now: datetime) -> QuerySet[Follower]:
    """Followers with a notice older than their last time to be told."""
    due = Q(pk__in=[])
    for frequency in Frequency:
        due |= Q(frequency=frequency, notices__created_at__lte=frequency.last_time(now))
    return (
        Follower.objects.to_be_told()
        .filter(due, notices__told_at=None)
        .select_related("user")
        .order_by("pk")
        .distinct()
    )


def _seen(
    followers: Collection[Follower], waiting: Mapping[int, Collection[Notice]]
) -> dict[int, tuple[set[tuple[str, str]], Things]]:
    """What each of the followers follows, and what each may see of it and of what happened.

    Readers without an account see the same, so they are asked for together, once a language.
    """
    followed = defaultdict(set)
    for follow in Follow.objects.confirmed().filter(follower__in=followers):
        followed[follow.follower_id].add(follow.target)
    wanted: dict[tuple[int | None, str], set[tuple[str, str]]] = defaultdict(set)
    for follower in followers:
        mine = followed[follower.pk]
        for notice in waiting[follower.pk]:
            targets = {(kind, subject) for kind, subject in notice.event.targets}
            wanted[follower.user_id, follower.language] |= targets & mine
            wanted[follower.user_id, follower.language].add(
                (notice.event.thing_kind, notice.event.thing)
            )
    readers = {follower.user_id: follower.reader for follower in followers}
    things = {
        (user_id, language): following.find(those, readers[user_id], language)
        for (user_id, language), those in wanted.items()
    }
    return {
        follower.pk: (
            followed[follower.pk],
            things.get((follower.user_id, follower.language), {}),
        )
        for follower in followers
    }


def _unsent_arrivals(followers: Collection[Follower]) -> dict[int, set[tuple[str, str]]]:
    """Follower → the new things that letters tell of which still wait in the outbox: one query.

    A letter that a worker is sending may have gone.
    """
    arrivals = Q(pk__in=[])
    for (thing_kind, key), verb in following.verbs().items():
        if verb.is_new:
            arrivals |= Q(event__thing_kind=thing_kind, event__kind=key)
    rows = Notice.objects.filter(
        arrivals,
        follower__in=followers,
        letter__isnull=False,
        letter__sent_at=None,
        letter__claimed_until=None,
    ).values_list("follower", "event__thing_kind", "event__thing")
    found = defaultdict(set)
    for pk, kind, thing in rows:
        found[pk].add((kind, thing))
    return found


def _draft(
    follower: Follower,
    notices: Iterable[Notice],
    seen: tuple[Collection[tuple[str, str]], Things],
    rendered: Rendered,
    came_unsent: Collection[tuple[str, str]],
) -> Letter | None:
    """One follower's letter, not saved; None when nothing is left that the follower may see.

    What is the same for many is rendered once, and each gets the own links.
    """
    happened = (notice.event for notice in notices)
    groups = grouped(happened, *seen, follower.language, came_unsent)
    if not groups:
        return None
    same = (follower.language, follower.frequency, repr(groups))
    if same not in rendered:
        rendered[same] = _words(groups, follower)
    links_of = _links(follower)
    return Letter(
        template=TEMPLATE,
        to=follower.address,
        language=follower.language,
        headers=headers(links_of["stop_url"]),
        **_with_links(rendered[same], links_of)._asdict(),
    )


def headers(stop_url: str) -> dict[str, str]:
    """What a mail program shows as "unsubscribe" and does in one click (RFC 8058, RFC 2919)."""
    return {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Id": f"<follow.{urlsplit(settings.SITE_URL).hostname}>",
    }


def _links(follower: Follower) -> dict[str, str]:
    return {"manage_url": links.managing(follower), "stop_url": links.stopping(follower)}


def _words(groups: list[Group], follower: Follower) -> outbox.Words:
    """The letter with a mark in the place of each link that is the follower's own."""
    entries = [entry for group in groups for entry in group.entries]
    context = {
        "groups": groups,
        "count": len(entries),
        "only": entries[0] if len(entries) == 1 else None,
        "of": entries[0].title or groups[0].title,
        "page_gone": groups[0].page_gone,
        "frequency": follower.frequency,
        **MARKS,
    }
    return outbox.rendered(TEMPLATE, follower.language, context)


def _with_links(words: outbox.Words, links_of: Mapping[str, str]) -> outbox.Words:
    def filled(text: str) -> str:
        for name, mark in MARKS.items():
            text = text.replace(mark, links_of[name])
        return text

    return outbox.Words(words.subject, filled(words.text), filled(words.html))
