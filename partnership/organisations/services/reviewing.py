"""Deciding an application takes two people: one proposes, another decides or sends it back.

Each event takes `expect`, what its person read (Membership.version_token): Stale if it has changed
since. TransitionNotAllowed if the event cannot follow the state that the application is in. The
caller has asked whether the person may decide at all, which nobody may who acts for the
organisation.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations import criteria as checklist
from partnership.organisations import following, letters
from partnership.organisations.errors import CriteriaNotMet, SamePerson
from partnership.organisations.models import Membership, Organisation, Period, Proposal
from portal.accounts.models import User
from portal.workflow import TransitionNotAllowed, lock

from .memberships import move

Status = Membership.Status
Decision = Proposal.Decision


@transaction.atomic
def propose(
    membership: Membership,
    *,
    by: User | None,
    decision: str,
    criteria: Mapping[str, str],
    reason: str = "",
    secret: str = "",
    expect: str | None = None,
) -> Proposal:
    """Put a decision before a second reader, with what was found of each criterion.

    CriteriaNotMet for an approval when not all are met. Nobody (`by=None`) proposes for the
    examples that a new portal starts with.
    """
    if decision == Decision.APPROVE and not checklist.all_met(criteria):
        raise CriteriaNotMet
    data = {"decision": decision, "criteria": dict(criteria), "reason": reason}
    move(membership, Status.PROPOSED, "organisations.propose", by=by, expect=expect, data=data)
    return Proposal.objects.create(
        membership=membership,
        by=by,
        decision=decision,
        criteria=dict(criteria),
        reason=reason,
        secret=secret,
    )


@transaction.atomic
def decide(membership: Membership, *, by: User | None, expect: str | None = None) -> None:
    """Make what was proposed the decision, and tell the applicant.

    SamePerson if it is this person's own proposal.
    """
    proposal = _proposal_of(membership)
    if by is not None and proposal.by_id == by.pk:
        raise SamePerson
    now = timezone.now()
    approved = proposal.approves
    period = Period.objects.joined() if approved else membership.period
    move(
        membership,
        Status.ACTIVE if approved else Status.DECLINED,
        "organisations.approve" if approved else "organisations.decline",
        by=by,
        expect=expect,
        since=Status.PROPOSED,
        reason=proposal.reason,
        decided_at=now,
        due_on=None,
        period=period,
    )
    _settle(proposal, by=by)
    template = "approved" if approved else "declined"
    letters.to_owners(template, membership, reason=proposal.reason)
    if approved:
        following.joined(membership)


@transaction.atomic
def send_back(membership: Membership, *, by: User, comment: str, expect: str | None = None) -> None:
    """Give the proposal back to its first reader with a comment; whose own it is takes it back."""
    proposal = _proposal_of(membership)
    move(
        membership,
        Status.APPLIED,
        "organisations.send_back",
        by=by,
        expect=expect,
        since=Status.PROPOSED,
        handler=proposal.by,
        data={"reason": comment},
    )
    _settle(proposal, by=by, sent_back=True, comment=comment)


@transaction.atomic
def return_for_more(
    membership: Membership, *, by: User, reason: str, expect: str | None = None
) -> None:
    """Ask the applicant to add something; `reason` says what, and goes into the letter."""
    move(
        membership,
        Status.RETURNED,
        "organisations.return",
        by=by,
        expect=expect,
        reason=reason,
        returned_at=timezone.now(),
        due_on=None,
    )
    letters.to_owners("returned", membership, reason=reason)


@transaction.atomic
def assign(membership: Membership, *, by: User, handler: User | None, due_on: date | None) -> None:
    """Say who of the team handles the application, and by when; None for nobody and for no day."""
    lock(membership)
    membership.handler, membership.due_on = handler, due_on
    membership.save(update_fields=["handler", "due_on"])
    data = {"handler": handler.pk if handler else None, "due": str(due_on or "")}
    log(membership, "organisations.assign", user=by, data=data)


def _proposal_of(membership: Membership) -> Proposal:
    """What waits for a second reader, with its application locked against a third."""
    Organisation.objects.select_for_update().only("pk").get(pk=membership.organisation_id)
    lock(membership)
    proposal = membership.open_proposal
    if proposal is None:
        raise TransitionNotAllowed(f"Nothing is proposed of membership {membership.pk}")
    return proposal


def _settle(proposal: Proposal, *, by: User | None, sent_back=False, comment="") -> None:
    proposal.second, proposal.settled_at = by, timezone.now()
    proposal.sent_back, proposal.comment = sent_back, comment
    proposal.save(update_fields=["second", "settled_at", "sent_back", "comment"])
