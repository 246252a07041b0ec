"""Joint commitments: a partner is invited, its own people accept or decline, and it may leave.

TransitionNotAllowed when the commitment has ended, or the share is not where the event begins.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.commitments import letters
from partnership.commitments.errors import AlreadyInvited, NotAMember, TooMany
from partnership.commitments.models import Commitment, Entry, Share
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock

from .decisions import enter
from .follow_up import first_due

State, Kind = Commitment.State, Entry.Kind
ENDED = (State.COMPLETED, State.DISCONTINUED)
MOST_PARTNERS = 20


@transaction.atomic
def invite(commitment: Commitment, organisation: Organisation, *, by: User) -> Share:
    """Ask a member of the programme to take part; its owners get a letter, and nobody else.

    NotAMember for an organisation that is none; AlreadyInvited for one that takes part or has not
    answered yet; TooMany beyond twenty. One that declined or left can be asked again.
    """
    lock(commitment)
    _goes_on(commitment)
    if not Organisation.objects.members().filter(pk=organisation.pk).exists():
        raise NotAMember
    share = commitment.shares.filter(organisation=organisation).first()
    if share is None:
        if commitment.shares.count() > MOST_PARTNERS:
            raise TooMany
        share = Share(commitment=commitment, organisation=organisation)
    elif share.takes_part or share.waits:
        raise AlreadyInvited
    share.invited_at, share.invited_by = timezone.now(), by
    share.accepted_at = share.declined_at = share.left_at = None
    share.save()
    letters.to_people(organisation, "invited", commitment, share=share)
    data = _of(share, by=commitment.organisation)
    log(commitment, "commitments.invite", user=by, data=data)
    return share


@transaction.atomic
def withdraw(share: Share, *, by: User) -> None:
    """Take an invitation back that has not been answered."""
    _locked(share)
    if not share.waits:
        raise TransitionNotAllowed(f"share {share.pk} has been answered")
    data = _of(share, by=share.commitment.organisation)
    log(share.commitment, "commitments.uninvite", user=by, data=data)
    if share.reports.exists() or share.asks.exists():  # it took part once, and what it told stays
        share.declined_at = timezone.now()
        share.save(update_fields=["declined_at"])
    else:
        share.delete()


@transaction.atomic
def accept(share: Share, *, by: User, text: str, amount: int | None = None, unit: str = "") -> None:
    """The partner takes part, with its own share; from then on it is asked for itself."""
    _locked(share)
    _goes_on(share.commitment)
    if not share.waits:
        raise TransitionNotAllowed(f"share {share.pk} has been answered")
    now = timezone.now()
    share.accepted_at, share.text, share.amount, share.unit = now, text, amount, unit
    if share.commitment.state == State.PUBLISHED:
        share.next_due = first_due(timezone.localdate(now))
    share.save()
    if share.commitment.is_public:
        enter(share.commitment, Kind.JOINED, organisation=share.organisation, text=text)
    _answered(share, "commitments.accept", by)


@transaction.atomic
def decline(share: Share, *, by: User) -> None:
    """The partner does not take part; only the organisation that asked is told."""
    _locked(share)
    if not share.waits:
        raise TransitionNotAllowed(f"share {share.pk} has been answered")
    share.declined_at = timezone.now()
    share.save(update_fields=["declined_at"])
    _answered(share, "commitments.decline", by)


@transaction.atomic
def describe(
    share: Share,
    *,
    by: User,
    text: str,
    amount: int | None = None,
    unit: str = "",
) -> None:
    """Put the words of a share right; of a public commitment the old ones stay in the timeline."""
    _locked(share)
    _goes_on(share.commitment)
    if not share.takes_part:
        raise TransitionNotAllowed(f"share {share.pk} takes no part")
    before = in_words(share)
    share.text, share.amount, share.unit = text, amount, unit
    share.save(update_fields=["text", "amount", "unit"])
    after = in_words(share)
    if before == after:
        return
    if share.commitment.is_public:
        enter(
            share.commitment,
            Kind.CORRECTED,
            organisation=share.organisation,
            field="share",
            before=before,
            after=after,
        )
    log(share.commitment, "commitments.describe", user=by, data=_of(share))


@transaction.atomic
def leave(share: Share, *, by: User, reason: str) -> None:
    """A partner leaves, with why; what it has told stays. Who leads ends the commitment instead."""
    _locked(share)
    _goes_on(share.commitment)
    if share.leads or not share.takes_part:
        raise TransitionNotAllowed(f"share {share.pk} cannot be left")
    share.left_at, share.next_due, share.not_before = timezone.now(), None, None
    share.save(update_fields=["left_at", "next_due", "not_before"])
    if share.commitment.is_public:
        enter(share.commitment, Kind.LEFT, organisation=share.organisation, text=reason)
    log(share.commitment, "commitments.leave", user=by, data={**_of(share), "reason": reason})
    letters.to_people(share.commitment.organisation, "answered", share.commitment, share=share)


def in_words(share: Share) -> str:
    """A share as a line of the timeline has it: its words, and what it promises."""
    counted = f"{share.amount} {share.unit}".strip() if share.amount is not None else ""
    return "\n".join(filter(None, [share.text, counted]))


def _locked(share: Share) -> None:
    lock(share.commitment)
    share.refresh_from_db(from_queryset=Share.objects.select_for_update())


def _goes_on(commitment: Commitment) -> None:
    if commitment.state in ENDED:
        raise TransitionNotAllowed(f"commitment {commitment.pk} is {commitment.state}")


def _answered(share: Share, event: str, by: User) -> None:
    log(share.commitment, event, user=by, data=_of(share))
    letters.to_people(share.commitment.organisation, "answered", share.commitment, share=share)


def _of(share: Share, by: Organisation | None = None) -> dict[str, str | int]:
    """What the log says of a share: whose it is, and which organisation acted; else its own."""
    acting = by or share.organisation
    return {"partner": share.organisation.name_fi, "organisation": acting.pk}
