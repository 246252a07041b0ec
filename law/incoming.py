"""An amending act that waits in /cms/: what it would do, and a lawyer's decision on it.

Each event is whole or not at all, locked, compared with what the lawyer read (`expect`, the row's
`version_token`; Stale if that is another), and logged. PermissionDenied for who may not decide.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.accounts.roles import LAWYER, roles_of
from portal.concurrency import compare
from portal.errors import BrokenFileError
from portal.linguistics import word_diffs
from portal.mail.models import Letter
from portal.notifications import activity
from portal.notifications.models import Event, Notice
from portal.workflow import TransitionNotAllowed, lock, transition

from . import (
    amending,
    following,
    references,
    resolution,
    services,
    snapshots,
    timeline,
    wordings,
)
from .models import (
    Act,
    Amendment,
    ImpactReview,
    IncomingAmendment,
    Section,
    SectionVersion,
)
from .parsers import languages, stored
from .parsers.parsed import OF_THE_LAW, AmendingRows, Modification

CHECK = "law.check_sectionversion"
State = IncomingAmendment.State


class NotReadyError(Exception):
    """It cannot be taken into use yet: its words or its day are not there."""


class CannotUndoError(Exception):
    """What was taken into use stays; `reason` is one of REASONS."""

    REASONS = ("letter", "later", "referred", "before")

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True)
class SectionChange:
    """What happens to one section on one day: in a sentence, and the parts of its text by language.

    `reviews` counts by team what would have to be checked.
    """

    section: Section
    day: date
    told: str
    texts: list[tuple[str, list[list[word_diffs.Part]]]]
    reviews: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Preview:
    """What taking an act into use would do today; with `problem`, that it would be refused.

    `reviews` counts by team what would have to be checked, `followers` whom a letter would tell.
    """

    sections: list[SectionChange] = field(default_factory=list)
    reviews: dict[str, int] = field(default_factory=dict)
    followers: int = 0
    problem: str = ""


def may_decide(user: User) -> bool:
    """Whether the person decides on the law: a superuser without the lawyers' role does not."""
    return user.has_perm(CHECK) and (not user.is_superuser or LAWYER in roles_of(user))


def days_of(incoming: IncomingAmendment) -> services.Days:
    """The days of the act as they stand with it: a lawyer may have given them, or moved them."""
    days = {"given_on": incoming.given_on, "in_force_from": incoming.in_force_from}
    return {incoming.reference: {name: day for name, day in days.items() if day}}


@transaction.atomic
def propose(files: Sequence[AmendingRows]) -> list[IncomingAmendment]:
    """Let the amending acts of files wait for a lawyer's decision, each ready; no law changes.

    Files that give one act in two languages become one. One that waits already is brought up to
    the files, and so is one that is in use, when they have other words: a correction of it waits.
    BrokenFileError for an act that the portal does not have, that has been decided on and is the
    same, or whose languages differ.
    """
    together: dict[tuple, AmendingRows] = {}
    for rows in files:
        key = (*rows.amends, rows.number, rows.year)
        there = together.get(key)
        together[key] = languages.merged(there, rows) if there else rows
    found = []
    for rows in together.values():
        act = amending.amended_act(rows)
        waiting = act.incoming.select_for_update().filter(number=rows.number, year=rows.year)
        one = waiting.first() or IncomingAmendment(act=act, number=rows.number, year=rows.year)
        if one.state == State.CONFIRMED and one.amendment and differs(one, rows):
            transition(
                one,
                State.READY,
                "law.corrected_in_file",
                by=None,
                rows=stored.dump(rows),
                sections=rows.sections,
                problem="",
            )
            found.append(one)
            continue
        if one.state not in (State.ANNOUNCED, State.READY):
            raise BrokenFileError(rows.file, "", f"{rows.reference} has been decided on")
        one.rows, one.state, one.problem = stored.dump(rows), State.READY, ""
        one.sections = rows.sections
        for name in ("given_on", "in_force_from", "valid_until", "proposal"):
            setattr(one, name, getattr(rows, name) or getattr(one, name))
        one.save()
        found.append(one)
    return found


def differs(incoming: IncomingAmendment, rows: AmendingRows) -> bool:
    """Whether the words are others than those that were read before."""
    if incoming.rows is None:
        return True
    then = stored.load(incoming.rows).modifications
    return list(map(_words, then)) != list(map(_words, rows.modifications))


def _words(one: Modification) -> tuple:
    return one.section, one.action, one.day, dict(one.wording)


@transaction.atomic
def take_into_use(
    incoming: IncomingAmendment, *, by: User, expect: str | None = None
) -> services.ImportResult:
    """Take the act into use as it was read: the wordings, the work lists, the letters.

    Of one that is in use and whose words Finlex has corrected since: the corrected words, each as
    a lawyer's correction of a wording (services.check_wording); that is not undone.
    NotReadyError when its words or its day are not there, BrokenFileError when it cannot be
    applied to the act as it stands, TransitionNotAllowed when it has been decided on.
    """
    _guard(by)
    act = Act.objects.select_for_update().get(pk=incoming.act_id)
    transition(
        incoming,
        State.CONFIRMED,
        "law.take_into_use",
        by=by,
        since=State.READY,
        expect=expect,
        decided_at=timezone.now(),
        decided_by=by,
        reason="",
    )
    before = snapshots.take(act)
    corrects = incoming.amendment is not None
    result = _apply(incoming, by)
    act.refresh_from_db()
    incoming.amendment = Amendment.objects.get(act=act, number=incoming.number, year=incoming.year)
    kept: dict = snapshots.difference(before, snapshots.take(act))
    incoming.undo = None if corrects else kept | {"imported_at": act.imported_at.isoformat()}
    incoming.save(update_fields=["amendment", "undo"])
    return result


@transaction.atomic
def dismiss(
    incoming: IncomingAmendment, *, by: User, reason: str, expect: str | None = None
) -> None:
    """The act is not taken into use, for a reason that stays with it."""
    _guard(by)
    transition(
        incoming,
        State.DISMISSED,
        "law.dismiss",
        by=by,
        expect=expect,
        data={"reason": reason},
        decided_at=timezone.now(),
        decided_by=by,
        reason=reason,
    )


@transaction.atomic
def reopen(incoming: IncomingAmendment, *, by: User, expect: str | None = None) -> None:
    """A dismissed act waits again: ready if its words are there, else announced."""
    _guard(by)
    ready = incoming.rows is not None and not incoming.problem
    transition(
        incoming,
        State.READY if ready else State.ANNOUNCED,
        "law.reopen_incoming",
        by=by,
        since=State.DISMISSED,
        expect=expect,
        decided_at=None,
        decided_by=None,
        reason="",
    )


@transaction.atomic
def set_day(incoming: IncomingAmendment, *, by: User, day: date, expect: str | None = None) -> None:
    """Say when an act comes into force whose day was left to a decree, or another day than it had.

    Of an act that is in use the wordings, the work lists and those who follow its sections learn
    of it; undone, it waits with the new day. TransitionNotAllowed when it was dismissed,
    BrokenFileError for a day on which it cannot come.
    """
    _guard(by)
    act = Act.objects.select_for_update().get(pk=incoming.act_id)
    lock(incoming)
    compare(incoming, expect)
    if incoming.state == State.DISMISSED:
        raise TransitionNotAllowed(f"{incoming} is {incoming.state}: its day stays")
    was, incoming.in_force_from = incoming.in_force_from, day
    if incoming.amendment is not None and day != was:
        before = snapshots.take(act)
        following.record_moved(amending.move_day(incoming.amendment, day))
        _keep_undo(incoming, snapshots.difference(before, snapshots.take(act)))
    incoming.save(update_fields=["in_force_from", "undo"])
    days = {"day": day.isoformat(), "was": was.isoformat() if was else ""}
    log(incoming, "law.set_day", user=by, data=days)


def _keep_undo(incoming: IncomingAmendment, moved: dict[str, list]) -> None:
    """What leads back to before the act was taken into use, after its day has moved."""
    if incoming.undo is None:
        return
    there = {(name, fields["id"]) for name, fields in incoming.undo["was"]}
    there |= {tuple(key) for key in incoming.undo["added"]}
    incoming.undo["was"] += [
        [name, fields] for name, fields in moved["was"] if (name, fields["id"]) not in there
    ]
    act = Act.objects.get(pk=incoming.act_id)
    incoming.undo["imported_at"] = act.imported_at.isoformat()


@transaction.atomic
def undo(incoming: IncomingAmendment, *, by: User, expect: str | None = None) -> None:
    """Take the decision back: the law, the work lists and the letters are as if it had not been.

    CannotUndoError once a letter has told of it, be it to a follower or to the asker of an answer,
    when the law has been changed since, or when something rests on a section that it added.
    """
    _guard(by)
    act = Act.objects.select_for_update().get(pk=incoming.act_id)
    incoming.refresh_from_db()
    if incoming.state == State.CONFIRMED:
        waiting = [pk for one in _tellings(incoming) for pk in _locked(one.letters)]
        if reason := undo_refused(incoming):
            raise CannotUndoError(reason)
        Letter.objects.filter(pk__in=waiting).delete()
        for one in _tellings(incoming):
            one.events.delete()
        _events(incoming.amendment).delete()
        if incoming.rows and incoming.decided_at:
            renumbered = stored.load(incoming.rows).renumbered
            following.forget_renumbered(act, renumbered, incoming.decided_at)
        kept = incoming.undo or {}
    transition(
        incoming,
        State.READY,
        "law.undo",
        by=by,
        since=State.CONFIRMED,
        expect=expect,
        decided_at=None,
        decided_by=None,
        amendment=None,
        undo=None,
    )
    snapshots.restore(kept)
    act.refresh_from_db()


def undo_refused(incoming: IncomingAmendment) -> str:
    """Why the decision cannot be taken back any more, as a word of CannotUndoError; or nothing."""
    if incoming.undo is None:
        return "before"
    tellings = _tellings(incoming)
    events = [_events(incoming.amendment), *(one.events for one in tellings)]
    notices = Notice.objects.exclude(told_at=None)
    out = Q(sent_at__isnull=False) | Q(claimed_until__gt=timezone.now())
    if any(notices.filter(event__in=one).exists() for one in events):
        return "letter"
    if any(one.letters.filter(out).exists() for one in tellings):
        return "letter"
    act = Act.objects.get(pk=incoming.act_id)
    since = datetime.fromisoformat(incoming.undo["imported_at"])
    checked = Q(versions__checked_at__gt=incoming.decided_at)
    if act.imported_at != since or act.sections.filter(checked).exists():
        return "later"
    added = [pk for name, pk in incoming.undo["added"] if name == "section"]
    sections = list(Section.objects.filter(pk__in=added).select_related("act"))
    for referrer in references.referrers().values() if sections else ():
        if referrer.references and any(True for _one in referrer.references(sections)):
            return "referred"
    return ""


def _tellings(incoming: IncomingAmendment) -> list[references.Tellings]:
    """What others than followers of the law were told of the checks that the act opened."""
    reviews = defaultdict(list)
    for review in ImpactReview.objects.filter(effect__amendment=incoming.amendment):
        reviews[review.kind].append(review)
    return [
        referrer.told(reviews[kind], incoming.decided_at)
        for kind, referrer in references.referrers().items()
        if referrer.told and kind in reviews and incoming.decided_at
    ]


def _locked(letters: QuerySet[Letter]) -> list[int]:
    """Their primary keys; no worker begins to send them meanwhile."""
    return list(letters.select_for_update().values_list("pk", flat=True))


def preview(incoming: IncomingAmendment) -> Preview:
    """What taking it into use would do now, by doing it and leaving nothing of it behind.

    Of an act that is in use: the words that it has, beside those that have been corrected.
    """
    with transaction.atomic():
        act = Act.objects.select_for_update().get(pk=incoming.act_id)
        there = {one.pk: one for one in _wordings(incoming.amendment)}
        try:
            _apply(incoming)
        except (BrokenFileError, NotReadyError) as error:
            transaction.set_rollback(True)
            return Preview(problem=str(error))
        amendment = act.amendments.get(number=incoming.number, year=incoming.year)
        found = _corrections(amendment, there) if incoming.amendment else done(amendment)
        transaction.set_rollback(True)
    return found


def done(amendment: Amendment) -> Preview:
    """What an act that has been taken into use did, as its preview said it."""
    targets = {tuple(pair) for event in _events(amendment) for pair in event.targets}
    return Preview(
        sections=list(changes_of(amendment)),
        reviews=_by_team(ImpactReview.objects.filter(effect__amendment=amendment)),
        followers=activity.count_followers(targets),
    )


def _guard(by: User) -> None:
    if not may_decide(by):
        raise PermissionDenied


def _wordings(amendment: Amendment | None) -> QuerySet[SectionVersion]:
    """The wordings that an act gave, in the order of the law."""
    versions = SectionVersion.objects.filter(amendment=amendment, amendment__isnull=False)
    return versions.select_related("section__act").order_by("section__position", "valid_from")


def _corrections(amendment: Amendment, before: Mapping[int, SectionVersion]) -> Preview:
    """The wordings of an act that have other words than `before`, by primary key."""
    sections, again = [], ImpactReview.objects.filter(state=ImpactReview.State.OPEN)
    every: Counter[str] = Counter()
    for version in _wordings(amendment):
        was = before.get(version.pk)
        if was is not None and was.version_token == version.version_token:
            continue
        told = gettext("The words of %(section)s have been corrected")
        reviews = _by_team(again.filter(effect__after=version))
        every.update(reviews)
        sections.append(
            SectionChange(
                section=version.section,
                day=version.valid_from,
                told=told % {"section": version.section.label},
                texts=compared(was, version),
                reviews=reviews,
            )
        )
    return Preview(sections=sections, reviews=dict(every))


def _correct(amendment: Amendment, rows: AmendingRows, by: User | None) -> None:
    """Words that an act in use was read with give way to the corrected ones of its files."""
    versions = {(one.section.number, one.valid_from): one for one in _wordings(amendment)}
    for one in resolution.joined(rows.modifications):
        version = versions.get((one.section, one.day or amendment.in_force_from))
        if version is None:
            continue
        given = wordings.given_again(version, one, rows)
        other = {name: words for name, words in given.items() if getattr(version, name) != words}
        if other:
            services.check_wording(version, other, by=by)


def _apply(incoming: IncomingAmendment, by: User | None = None) -> services.ImportResult:
    if incoming.rows is None or incoming.problem:
        raise NotReadyError(incoming.problem)
    rows = stored.load(incoming.rows)
    if not (rows.in_force_from or incoming.in_force_from):
        raise NotReadyError(gettext("The day on which it comes into force is not known."))
    if incoming.amendment is not None:
        _correct(incoming.amendment, rows, by)
    return services.import_files([rows], days_of(incoming), decided=True)


def _events(amendment: Amendment | None) -> QuerySet[Event]:
    """What followers are told of the act's changes."""
    wanted = Q(pk__in=[])
    if amendment is not None:
        for effect in amendment.effects.select_related("section__act"):
            key = following.key_of(effect.section, amendment)
            wanted |= Q(key=key) | Q(key__startswith=f"{key}:")
    return Event.objects.filter(wanted)


def changes_of(amendment: Amendment) -> Iterator[SectionChange]:
    """What the act does, section by section and day by day."""
    effects = amendment.effects.select_related("section__act", "before", "after")
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    reviews = ImpactReview.objects.filter(effect__amendment=amendment).order_by()
    for pk, owner in reviews.values_list("effect", "owner"):
        counted[pk][owner] += 1
    for effect in effects.order_by("section__position", "pk"):
        yield SectionChange(
            section=effect.section,
            day=effect.day,
            told=effect.told,
            texts=compared(effect.before, effect.after),
            reviews=dict(counted[effect.pk]),
        )


def compared(
    before: SectionVersion | None, after: SectionVersion | None
) -> list[tuple[str, list[list[word_diffs.Part]]]]:
    """The language and the parts of the heading and the text, where there are any."""
    found = [(language, timeline.compared(before, after, language)) for language in OF_THE_LAW]
    return [(language, parts) for language, parts in found if parts]


def _by_team(reviews: QuerySet[ImpactReview]) -> dict[str, int]:
    return dict(Counter(reviews.order_by().values_list("owner", flat=True)))
