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
from .models import AmendmentEffect, ImpactReview

User = AbstractBaseUser
State = ImpactReview.State

EVENTS = {
    State.OPEN: "law.reopen",
    State.CONFIRMED: "law.confirm",
    State.CHANGED: "law.changed",
    State.GONE: "law.gone",
}
AT_ONCE = 1000


@transaction.atomic
def open_tasks(effects: Collection[AmendmentEffect]) -> int:
    """Open the work list of each change: a review of everything that rests on its section.

    A thing that a list has already keeps its review as it stands. Returns how many reviews were
    opened. The number of queries does not depend on how many changes or things there are, but
    for the inserts, a thousand rows each.
    """
    lists = defaultdict(list)
    for effect in AmendmentEffect.objects.filter(
        pk__in=[effect.pk for effect in effects]
    ).select_related("section__act", "amendment"):
        lists[effect.section_id].append(effect)
    every = [effect for together in lists.values() for effect in together]
    sections = [together[0].section for together in lists.values()]
    known = set(
        ImpactReview.objects.filter(effect__in=every).values_list("effect", "kind", "subject")
    )
    reviews = {}
    for key, referrer in references.referrers().items():
        for one in referrer.references(sections) if referrer.references else ():
            for effect in lists[one.section_pk]:
                known_by = (effect.pk, key, one.subject)
                if known_by not in known:
                    reviews[known_by] = ImpactReview(
                        effect=effect,
                        kind=key,
                        subject=one.subject,
                        thing=one.thing,
                        owner=one.owner,
                    )
    ImpactReview.objects.bulk_create(reviews.values(), batch_size=AT_ONCE)
    following.record_activity(every)
    _hand_on(reviews.values(), "opened")
    _log_opened(every, Counter(effect for effect, _kind, _subject in reviews))
    return len(reviews)


def open_reviews(kind: str, subjects: Collection[str]) -> dict[str, list[ImpactReview]]:
    """The open reviews of subjects of a kind, for the banners on them: one query.

    Each review has its change, section and amendment. Subjects without open reviews are missing.
    """
    found = defaultdict(list)
    reviews = (
        ImpactReview.objects.filter(kind=kind, subject__in=subjects, state=State.OPEN)
        .select_related("effect__section__act", "effect__amendment", "effect__after")
        .defer("effect__after__text_fi", "effect__after__text_sv")
        .order_by("effect__day", "effect__section__position", "pk")
    )
    for review in reviews:
        found[review.subject].append(review)
    return dict(found)


def under_review(kind: str, *keys: str) -> Exists:
    """Whether a row of a list has an open review; `kind` knows it by the first of `keys` it has.

    To annotate a list with, so that its rows can say so without a query of their own.
    """
    known_by = Coalesce(*map(OuterRef, keys), None, output_field=BigIntegerField())
    subject = Cast(known_by, CharField())
    return Exists(ImpactReview.objects.filter(kind=kind, subject=subject, state=State.OPEN))


def with_open_reviews(things: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of (kind, subject) pairs that have an open review: one query, none without pairs."""
    if not things:
        return set()
    reviews = ImpactReview.objects.filter(
        kind__in={kind for kind, _subject in things},
        subject__in={subject for _kind, subject in things},
        state=State.OPEN,
    )
    return set(reviews.order_by().values_list("kind", "subject").distinct()) & set(things)


def confirm(
    kind: str, thing: str, *, by: User, note: str = "", effect: AmendmentEffect | None = None
) -> int:
    """`by` found the thing still right, in all its languages, after `change` or after all.

    Returns how many reviews that settled: none when somebody was first.
    """
    reviews = ImpactReview.objects.filter(kind=kind, thing=thing)
    if effect is not None:
        reviews = reviews.filter(effect=effect)
    return _settle(reviews, State.CONFIRMED, by=by, note=note)


def has_reviews(kind: str, subject: str) -> bool:
    """Whether a change of the law has ever asked for a review of the subject."""
    return ImpactReview.objects.filter(kind=kind, subject=subject).exists()


def changed(kind: str, subject: str, *, by: User | None) -> int:
    """A substantive change of the subject was published by `by`; returns how many it settled.

    Checks of changes of the law that are still ahead stay open: what was published today need not
    have been written for them. Who wrote it so confirms it on the work list.
    """
    reviews = ImpactReview.objects.filter(
        kind=kind, subject=subject, effect__day__lte=timezone.localdate()
    )
    return _settle(reviews, State.CHANGED, by=by)


def dereferenced(
    kind: str, subject: str, *, by: User | None = None, still_on: Collection[int] = ()
) -> int:
    """The subject no longer rests on sections, but for those (by primary key) of `still_on`.

    It was withdrawn or deleted, or what it says now does not refer to them. Without `by` it is
    who is at work in /cms/, if anybody is. Returns how many reviews that settled.
    """
    reviews = ImpactReview.objects.filter(kind=kind, subject=subject)
    return _settle(reviews.exclude(effect__section__in=still_on), State.GONE, by=by)


def reopen(kind: str, subject: str, *, on: Collection[int], by: User | None = None) -> int:
    """The subject rests again on sections (by primary key) after it was away from them.

    What was still to be checked when it went has to be checked after all; a change of the law that
    came while it was away was there to be read when it was published again. That the law has
    changed was told when the change came, and is not told again. Returns how many reviews that
    opened.
    """
    reviews = ImpactReview.objects.filter(
        kind=kind, subject=subject, effect__section__in=on, state=State.GONE
    )
    return _settle(reviews, State.OPEN, by=by)


@transaction.atomic
def _settle(
    reviews: QuerySet[ImpactReview], state: State, *, by: User | None, note: str = ""
) -> int:
    """Lock those that may become `state`, save them, and log who settled what, by change."""
    rows = list(
        reviews.filter(state__in=ImpactReview.before(state))
        .select_for_update(of=("self",))
        .select_related("effect__section__act", "effect__amendment")
        .order_by("pk")
    )
    if not rows:
        return 0
    by = by or get_active_log_context().user
    done: dict[str, Any] = {"done_at": None, "done_by": None}
    if state != State.OPEN:
        done = {"done_at": timezone.now(), "done_by": by}
    ImpactReview.objects.filter(pk__in=[review.pk for review in rows]).update(
        state=state, note=note, **done
    )
    for review in rows:
        review.state = state
    if state != State.OPEN:
        _hand_on(rows, "settled")
    together: dict[tuple[AmendmentEffect, str, str], list[str]] = defaultdict(list)
    for review in rows:
        together[review.effect, review.kind, review.thing].append(review.subject)
    for (effect, kind, thing), subjects in together.items():
        data: dict[str, Any] = {"kind": kind, "thing": thing, "subjects": subjects, "note": note}
        log(effect, EVENTS[state], user=by, data=data)
    return len(rows)


def _hand_on(reviews: Iterable[ImpactReview], event: str) -> None:
    """Tell each kind of what happened to reviews of its own."""
    by_kind = defaultdict(list)
    for review in reviews:
        by_kind[review.kind].append(review)
    for key, together in by_kind.items():
        kind = references.referrers().get(key)
        if kind and (told := getattr(kind, event)):
            told(together)


def _log_opened(effects: Collection[AmendmentEffect], numbers: Counter[int]) -> None:
    """One line a change, as `log` would write it, in one insert for all of them."""
    context = get_active_log_context()
    kind = ContentType.objects.get_for_model(AmendmentEffect, for_concrete_model=False)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            content_type=kind,
            object_id=str(effect.pk),
            label=str(effect),
            action="law.open",
            timestamp=timezone.now(),
            user=context.user,
            uuid=context.uuid,
            data={"checks": numbers[effect.pk]},
        )
        for effect in effects
    )
