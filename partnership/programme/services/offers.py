"""What an organisation seeks or offers: written, renewed, expired, closed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations.models import Organisation
from partnership.programme import following, letters
from partnership.programme.errors import NotAMember
from partnership.programme.models import Offer
from partnership.programme.models.offers import OPEN_FOR, WARNED_BEFORE
from portal.accounts.models import User
from portal.concurrency import compare
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import TransitionNotAllowed, lock, transition

State = Offer.State


@transaction.atomic
def publish(
    organisation: Organisation,
    *,
    by: User | None,
    words: dict[str, Any],
    areas: Iterable[Area],
    topics: Iterable[Topic],
) -> Offer:
    """Put it up for all to read, for ninety days. NotAMember: members alone write here.

    A form that is sent twice leads to the one that its first sending put up.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    if not Organisation.objects.members().filter(pk=organisation.pk).exists():
        raise NotAMember
    if made := Offer.objects.running().filter(organisation=organisation, **words).first():
        return made
    offer = Offer.objects.create(organisation=organisation, by=by, expires_on=_last_day(), **words)
    offer.areas.set(areas)
    offer.topics.set(topics)
    log(offer, "programme.publish_offer", user=by, data={"organisation": organisation.pk})
    following.published(offer)
    return offer


@transaction.atomic
def edit(
    offer: Offer,
    *,
    by: User,
    words: dict[str, Any],
    areas: Iterable[Area],
    topics: Iterable[Topic],
    expect: str | None = None,
) -> None:
    """Write it anew; Stale if somebody else has since `expect` was read."""
    lock(offer)
    compare(offer, expect)
    if offer.is_closed:
        raise TransitionNotAllowed(f"offer {offer.pk} is closed")
    for name, value in words.items():
        setattr(offer, name, value)
    offer.save(update_fields=list(words))
    offer.areas.set(areas)
    offer.topics.set(topics)
    log(offer, "programme.edit_offer", user=by, data={"organisation": offer.organisation_id})


def renew(offer: Offer, *, by: User) -> None:
    """Open for ninety days from today, whether it is about to expire or has."""
    transition(
        offer,
        State.OPEN,
        "programme.renew_offer",
        by=by,
        data={"organisation": offer.organisation_id},
        expires_on=_last_day(),
    )


def close(offer: Offer, *, by: User) -> None:
    """Its people have found what they sought, or no longer offer it."""
    transition(
        offer,
        State.CLOSED,
        "programme.close_offer",
        by=by,
        data={"organisation": offer.organisation_id},
    )


@transaction.atomic
def take_down(offer: Offer, *, by: User, reason: str) -> None:
    """The programme team closes it, and tells its writers why."""
    transition(
        offer,
        State.CLOSED,
        "programme.take_down_offer",
        by=by,
        reason=reason,
        data={"reason": reason},
    )
    letters.taken_down(offer)


def expire_due() -> int:
    """Close what nobody renewed; how many. Lists have left it out since its last day."""
    due = Offer.objects.filter(state=State.OPEN, expires_on__lt=timezone.localdate())
    number = 0
    for offer in due.order_by("pk"):
        if _expire(offer):
            number += 1
    return number


@transaction.atomic
def _expire(offer: Offer) -> bool:
    lock(offer)
    if offer.state != State.OPEN or offer.is_running:
        return False
    transition(offer, State.EXPIRED, "programme.expire_offer", by=None)
    return True


def warn_due() -> int:
    """Write to the people of what expires within two weeks, once for each last day; how many."""
    last = timezone.localdate() + WARNED_BEFORE
    due = Offer.objects.running().filter(expires_on__lte=last)
    number = 0
    for pk in due.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            offer = Offer.objects.select_for_update().get(pk=pk)
            if offer.ends_soon and offer.warned_of != offer.expires_on:
                offer.warned_of = offer.expires_on
                offer.save(update_fields=["warned_of"])
                letters.ends_soon(offer)
                number += 1
    return number


def _last_day():
    return timezone.localdate() + OPEN_FOR
