"""What happens to own checklists: opened, answered, reopened, begun for the next year."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from law.models import ImpactReview
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.concurrency import compare
from portal.places.models import Area

from .models import Checklist, ItemAnswer, OwnChecklist

State = ItemAnswer.State
SETTLED = (State.DONE, State.NOT)


class NotReady(Exception):
    """Something of the checklist is still open, or is to be confirmed."""


@transaction.atomic
def begin(checklist: Checklist, organisation: Organisation, area: Area | None, year: int):
    """The own checklist of the year, opened now if it was not there: pressed twice, opened once."""
    own, made = OwnChecklist.objects.get_or_create(
        checklist=checklist, organisation=organisation, area=area, year=year
    )
    if made:
        ItemAnswer.objects.bulk_create(
            ItemAnswer(own=own, item=item) for item in checklist.items.all()
        )
    return own


@transaction.atomic
def answer(row: ItemAnswer, *, by: User, seen: str, state: str, words: str, link: str):
    """Save where an item stands. Stale when it has been answered since it was read.

    A signed checklist is signed no more once something of it has changed.
    """
    saved = ItemAnswer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    compare(saved, seen)
    saved.state, saved.words, saved.link = state, words, link
    saved.to_confirm, saved.reopened_by, saved.by, saved.at = False, None, by, timezone.now()
    saved.save()
    OwnChecklist.objects.filter(pk=saved.own_id).update(signed_by=None, signed_at=None)
    return saved


@transaction.atomic
def sign(own: OwnChecklist, *, by: User) -> None:
    """The responsible officer says that it is so. NotReady while an item is not settled."""
    OwnChecklist.objects.select_for_update(of=("self",)).get(pk=own.pk)
    if own.answers.filter(~Q(state__in=SETTLED) | Q(to_confirm=True)).exists():
        raise NotReady
    own.signed_by, own.signed_at = by, timezone.now()
    own.save(update_fields=["signed_by", "signed_at"])


@transaction.atomic
def next_year(own: OwnChecklist) -> OwnChecklist:
    """The next year's round: each answer of this one is there, and is to be confirmed."""
    following = begin(own.checklist, own.organisation, own.area, own.year + 1)
    if following.answers.exclude(at=None).filter(Q(by__isnull=False) | Q(to_confirm=True)).exists():
        return following
    before = {row.item_id: row for row in own.answers.exclude(item=None)}
    for row in following.answers.all():
        if old := before.get(row.item_id):
            row.state, row.words, row.link = old.state, old.words, old.link
            row.reopened_by_id, row.to_confirm = old.reopened_by_id, True
            row.save()
    ItemAnswer.objects.bulk_create(
        ItemAnswer(
            own=following,
            text=row.text,
            state=row.state,
            words=row.words,
            link=row.link,
            to_confirm=True,
        )
        for row in own.answers.filter(item=None)
    )
    return following


def reopen(reviews: Collection[ImpactReview]) -> None:
    """A change of the law reopens what was settled and rests on the section: told by the law.

    What was written stays, so that only what has changed must be written anew.
    """
    for review in reviews:
        rows = ItemAnswer.objects.filter(item_id=int(review.thing), state__in=SETTLED)
        OwnChecklist.objects.filter(pk__in=rows.values("own")).update(
            signed_by=None, signed_at=None
        )
        rows.update(state=State.OPEN, reopened_by=review.effect_id)
