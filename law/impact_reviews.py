"""What a change of the law leads to: a work list of all that rests on it, until each is checked.

Each function is one event, whole or not at all. The caller has already asked who may.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BigIntegerField, CharField, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import ModelLogEntry

from . import following, references
from .models import Check, SectionChange

User = AbstractBaseUser
State = Check.State

EVENTS = {
    State.OPEN: "law.reopen",
    State.CONFIRMED: "law.confirm",
    State.CHANGED: "law.changed",
    State.GONE: "law.gone",
}
AT_ONCE = 1000


@transaction.atomic
def open_lists(changes: Collection[SectionChange]) -> int:
    """Open the work list of each change: a check of everything that rests on its section.

    A thing that a list has already keeps its check as it stands. Returns how many checks were
    opened. The number of queries does not depend on how many changes or things there are, but
    for the inserts, a thousand rows each.
    """
    lists = defaultdict(list)
    for change in SectionChange.objects.filter(
        pk__in=[change.pk for change in changes]
    ).select_related("section__act", "amendment"):
        lists[change.section_id].append(change)
    every = [change for together in lists.values() for change in together]
    sections = [together[0].section for together in lists.values()]
    known = set(Check.objects.filter(change__in=every).values_list("change", "kind", "subject"))
    checks = {}
    for key, referrer in references.referrers().items():
        for one in referrer.dependants(sections) if referrer.dependants else ():
            for change in lists[one.section_pk]:
                known_by = (change.pk, key, one.subject)
                if known_by not in known:
                    checks[known_by] = Check(
                        change=change,
                        kind=key,
                        subject=one.subject,
                        thing=one.thing,
                        owner=one.owner,
                    )
    Check.objects.bulk_create(checks.values(), batch_size=AT_ONCE)
    following.tell(every)
    _hand_on(checks.values(), "opened")
    _log_opened(every, Counter(change for change, _kind, _subject in checks))
    return len(checks)


def open_checks(kind: str, subjects: Collection[str]) -> dict[str, list[Check]]:
    """The open checks of subjects of a kind, for the banners on them: one query.

    Each check has its change, section and amendment. Subjects without open checks are missing.
    """
    found = defaultdict(list)
    checks = (
        Check.objects.filter(kind=kind, subject__in=subjects, state=State.OPEN)
        .select_related("change__section__act", "change__amendment", "change__after")
        .defer("change__after__text_fi", "change__after__text_sv")
        .order_by("change__amendment__in_force_from", "change__section__position", "pk")
    )
    for check in checks:
        found[check.subject].append(check)
    return dict(found)


def being_checked(kind: str, *keys: str) -> Exists:
    """Whether a row of a list has an open check; `kind` knows it by the first of `keys` it has.

    To annotate a list with, so that its rows can say so without a query of their own.
    """
    known_by = Coalesce(*map(OuterRef, keys), None, output_field=BigIntegerField())
    subject = Cast(known_by, CharField())
    return Exists(Check.objects.filter(kind=kind, subject=subject, state=State.OPEN))


def with_open_checks(things: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (kind, subject) pairs that have an open check: one query, none without pairs."""
    if not things:
        return set()
    checks = Check.objects.filter(
        kind__in={kind for kind, _subject in things},
        subject__in={subject for _kind, subject in things},
        state=State.OPEN,
    )
    return set(checks.order_by().values_list("kind", "subject").distinct()) & set(things)


def confirm(
    kind: str, thing: str, *, by: User, note: str = "", change: SectionChange | None = None
) -> int:
    """`by` found the thing still right, in all its languages, after `change` or after all.

    Returns how many checks that settled: none when somebody was first.
    """
    checks = Check.objects.filter(kind=kind, thing=thing)
    if change is not None:
        checks = checks.filter(change=change)
    return _settle(checks, State.CONFIRMED, by=by, note=note)


def has_checks(kind: str, subject: str) -> bool:
    """Whether a change of the law has ever asked for a check of the subject."""
    return Check.objects.filter(kind=kind, subject=subject).exists()


def changed(kind: str, subject: str, *, by: User | None) -> int:
    """A substantive change of the subject was published by `by`; returns how many it settled.

    Checks of changes of the law that are still ahead stay open: what was published today need not
    have been written for them. Who wrote it so confirms it on the work list.
    """
    day = Coalesce("change__after__valid_from", "change__amendment__in_force_from")
    checks = Check.objects.alias(day=day).filter(kind=kind, subject=subject)
    return _settle(checks.filter(day__lte=timezone.localdate()), State.CHANGED, by=by)


def gone(kind: str, subject: str, *, by: User | None = None, still_on: Collection[int] = ()) -> int:
    """The subject no longer rests on sections, but for those (by primary key) of `still_on`.

    It was withdrawn or deleted, or what it says now does not refer to them. Without `by` it is
    who is at work in /cms/, if anybody is. Returns how many checks that settled.
    """
    checks = Check.objects.filter(kind=kind, subject=subject)
    return _settle(checks.exclude(change__section__in=still_on), State.GONE, by=by)


def reopen(kind: str, subject: str, *, on: Collection[int], by: User | None = None) -> int:
    """The subject rests again on sections (by primary key) after it was away from them.

    What was still to be checked when it went has to be checked after all; a change of the law that
    came while it was away was there to be read when it was published again. That the law has
    changed was told when the change came, and is not told again. Returns how many checks that
    opened.
    """
    checks = Check.objects.filter(kind=kind, subject=subject, change__section__in=on)
    return _settle(checks, State.OPEN, by=by)


@transaction.atomic
def _settle(checks: QuerySet[Check], state: State, *, by: User | None, note: str = "") -> int:
    """Lock those that may become `state`, save them, and log who settled what, by change."""
    may_become = [before for before, after in Check.MOVES.items() if state in after]
    rows = list(
        checks.filter(state__in=may_become)
        .select_for_update(of=("self",))
        .select_related("change__section__act", "change__amendment")
        .order_by("pk")
    )
    if not rows:
        return 0
    by = by or get_active_log_context().user
    done: dict[str, Any] = {"done_at": None, "done_by": None}
    if state != State.OPEN:
        done = {"done_at": timezone.now(), "done_by": by}
    Check.objects.filter(pk__in=[check.pk for check in rows]).update(state=state, note=note, **done)
    for check in rows:
        check.state = state
    if state != State.OPEN:
        _hand_on(rows, "settled")
    together: dict[tuple[SectionChange, str, str], list[str]] = defaultdict(list)
    for check in rows:
        together[check.change, check.kind, check.thing].append(check.subject)
    for (change, kind, thing), subjects in together.items():
        data: dict[str, Any] = {"kind": kind, "thing": thing, "subjects": subjects, "note": note}
        log(change, EVENTS[state], user=by, data=data)
    return len(rows)


def _hand_on(checks: Iterable[Check], event: str) -> None:
    """Tell each kind of what happened to checks of its own."""
    by_kind = defaultdict(list)
    for check in checks:
        by_kind[check.kind].append(check)
    for key, together in by_kind.items():
        kind = references.referrers().get(key)
        if kind and (told := getattr(kind, event)):
            told(together)


def _log_opened(changes: Collection[SectionChange], numbers: Counter[int]) -> None:
    """One line a change, as `log` would write it, in one insert for all of them."""
    context = get_active_log_context()
    kind = ContentType.objects.get_for_model(SectionChange, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(change.pk),
            label=str(change),
            action="law.open",
            timestamp=timezone.now(),
            user=context.user,
            uuid=context.uuid,
            data={"checks": numbers[change.pk]},
        )
        for change in changes
    )
