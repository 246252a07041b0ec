"""What a change of the law leads to: a work list of all that rests on it, until each is checked.

Each function is one event, whole or not at all. The caller has already asked who may.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
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
from .models import Act, AmendmentEffect, ImpactReview, Section, SectionVersion

User = AbstractBaseUser
State = ImpactReview.State

EVENTS = {
    State.OPEN: "law.reopen",
    State.CONFIRMED: "law.confirm",
    State.CHANGED: "law.changed",
    State.GONE: "law.gone",
}
SETTLED = (State.CONFIRMED, State.CHANGED)
AT_ONCE = 1000
NEVER_KNOWN = datetime.min.replace(tzinfo=UTC)


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
    ).select_related("section__act", "section__chapter", "amendment"):
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
    ImpactReview.objects.bulk_create(reviews.values(), batch_size=AT_ONCE, ignore_conflicts=True)
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


def confirm_several(reviews: Collection[int], *, by: User, note: str = "") -> int:
    """`by` found the things of these reviews, by primary key, still right; returns how many."""
    return _settle(ImpactReview.objects.filter(pk__in=reviews), State.CONFIRMED, by=by, note=note)


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


@dataclass(frozen=True)
class Publication:
    """What became public of a subject, in whatever way: which sections it rests on from now on.

    `sections` are their primary keys. `written_at` is when the text was written, which may be long
    before it is published (NEVER_KNOWN when nobody can say, such as of a copy). `substantive` when
    its publisher said so. `earlier` gives the substantive publications before it: when each was
    written, and the day on which it was published. `lets_go` where a section is taken away by hand,
    by who answers for the subject, and not by a text that may be minor.
    """

    kind: str
    subject: str
    thing: str
    owner: str
    sections: Collection[int]
    written_at: datetime
    substantive: bool = False
    by: User | None = None
    earlier: Callable[[], Collection[tuple[datetime, date]]] = list
    lets_go: bool = False

    def rests_on(self, effect: AmendmentEffect) -> bool:
        return effect.section_id in self.sections

    def knows(self, effect: AmendmentEffect) -> bool:
        """Whether it was written after the change, as it now stands, had come into view."""
        return effect.opened_at <= self.written_at

    def state_after(self, effect: AmendmentEffect, review: ImpactReview | None) -> State | None:
        """What becomes of the review of a change; None when there is none, nor is one needed.

        What was written before the change came into view says nothing about it, and what was
        published before it holds need not have been written for it.
        """
        state = State(review.state) if review else None
        settled = self.substantive and self.knows(effect)
        if not self.rests_on(effect):
            if state == State.OPEN:
                return State.GONE if settled or self.lets_go else state
            ended = state != State.GONE or settled or self.lets_go or self._said_since(effect)
            return state if ended else State.OPEN
        if not self.knows(effect):
            return State.OPEN
        has_come = effect.day <= timezone.localdate()
        if state is None and not settled:
            known = has_come and self._said_since(effect, effect.day)
            return State.CHANGED if known else State.OPEN
        if settled and has_come and (review is None or not review.is_settled):
            return State.CHANGED
        return state if review and review.is_settled else State.OPEN

    def _said_since(self, effect: AmendmentEffect, day: date = date.min) -> bool:
        """Whether a substantive publication before this one was written knowing the change."""
        return any(
            written >= effect.opened_at and published >= day
            for written, published in self.earlier()
        )


@transaction.atomic
def published(text: Publication) -> None:
    """The one rule at every publication: what of the reviews of its subject it opens, keeps, ends.

    A review is there for each change of each section that the subject rests on, so that none is
    forgotten by a list that is opened again. A text that settles a change at once has one that was
    never open. An import of an act that is at work is waited for.
    """
    acts = Section.objects.filter(pk__in=text.sections).values("act")
    list(Act.objects.filter(pk__in=acts).select_for_update(no_key=True).order_by("pk"))
    own = ImpactReview.objects.filter(kind=text.kind, subject=text.subject)
    reviews = {one.effect_id: one for one in own.select_related("effect__after")}
    on_these = AmendmentEffect.objects.filter(section__in=text.sections)
    effects = {one.pk: one for one in on_these.select_related("section__act", "amendment", "after")}
    moved: dict[State, list[int]] = defaultdict(list)
    new = []
    for pk, effect in ({key: one.effect for key, one in reviews.items()} | effects).items():
        review = reviews.get(pk)
        state = text.state_after(effect, review)
        if state is None or (review and review.state == state):
            continue
        if review is None:
            new.append(_first(text, effect, state))
        else:
            moved[state].append(review.pk)
    ImpactReview.objects.bulk_create(new, ignore_conflicts=True)
    opened = [review for review in new if review.state == State.OPEN]
    _hand_on(opened, "opened")
    _log_settled(opened, State.OPEN, by=text.by)
    gone = {one.pk for one in reviews.values() if one.state == State.GONE}
    again = moved[State.OPEN] + [pk for pk in moved[State.CHANGED] if pk in gone]
    if again:
        _settle(own.filter(pk__in=again), State.OPEN, by=text.by)
    for state in (State.CHANGED, State.GONE):
        if moved[state]:
            _settle(own.filter(pk__in=moved[state]), state, by=text.by)


def _first(text: Publication, effect: AmendmentEffect, state: State) -> ImpactReview:
    review = ImpactReview(
        effect=effect,
        kind=text.kind,
        subject=text.subject,
        thing=text.thing,
        owner=text.owner,
        state=state,
    )
    if state != State.OPEN:
        review.done_at = timezone.now()
        review.done_by_id = text.by.pk if text.by else None
        review.seen, review.seen_token = effect.after, token_of(effect)
    return review


@transaction.atomic
def corrected(version: SectionVersion, *, by: User | None) -> int:
    """A lawyer corrected the words of a wording: what was settled against others is open again.

    The change came into view, as it now stands, with the correction: a draft of before that
    settles nothing. What no longer rests on the section, or is not public, is asked when it is
    published again. Returns how many reviews that opened.
    """
    effects = AmendmentEffect.objects.filter(after=version)
    effects.update(opened_at=timezone.now())
    settled = ImpactReview.objects.filter(
        effect__in=effects, state__in=[State.CONFIRMED, State.CHANGED]
    ).exclude(seen_token=version.version_token)
    there = {
        (key, one.subject)
        for key, referrer in references.referrers().items()
        if referrer.references
        for one in referrer.references([version.section])
    }
    rows = settled.values_list("pk", "kind", "subject")
    found = [pk for pk, kind, subject in rows if (kind, subject) in there]
    return _settle(ImpactReview.objects.filter(pk__in=found), State.OPEN, by=by)


def token_of(effect: AmendmentEffect) -> str:
    """Which words the wording that a change brought has now; empty for a repeal."""
    return effect.after.version_token if effect.after else ""


@transaction.atomic
def _settle(
    reviews: QuerySet[ImpactReview], state: State, *, by: User | None, note: str = ""
) -> int:
    """Lock those that may become `state`, save them, and log who settled what, by change."""
    rows = list(
        reviews.filter(state__in=ImpactReview.before(state))
        .select_for_update(of=("self",))
        .select_related("effect__section__act", "effect__amendment", "effect__after")
        .order_by("effect", "pk")
    )
    if not rows:
        return 0
    by = by or get_active_log_context().user
    for effect, group in groupby(rows, key=lambda review: review.effect):
        done: dict[str, Any] = {"done_at": None, "done_by": None}
        if state != State.OPEN:
            done = {"done_at": timezone.now(), "done_by": by}
        if state in SETTLED:
            done |= {"seen": effect.after, "seen_token": token_of(effect)}
        ImpactReview.objects.filter(pk__in=[review.pk for review in group]).update(
            state=state, note=note, **done
        )
    again = [review for review in rows if review.state in SETTLED]
    for review in rows:
        review.state = state
    if state == State.OPEN:
        _hand_on(again, "opened")
    else:
        _hand_on(rows, "settled")
    _log_settled(rows, state, by=by, note=note)
    return len(rows)


def _log_settled(
    reviews: Iterable[ImpactReview], state: State, *, by: User | None, note: str = ""
) -> None:
    """Who settled or opened what, a line for each change and thing, with the wording seen."""
    together: dict[tuple[AmendmentEffect, str, str], list[str]] = defaultdict(list)
    for review in reviews:
        together[review.effect, review.kind, review.thing].append(review.subject)
    for (effect, kind, thing), subjects in together.items():
        data: dict[str, Any] = {"kind": kind, "thing": thing, "subjects": subjects, "note": note}
        if state in SETTLED and effect.after_id:
            data |= {"wording": effect.after_id, "words": token_of(effect)}
        log(effect, EVENTS[state], user=by, data=data)


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
