"""The programme team's decisions, and how a commitment ends.

TransitionNotAllowed if an event cannot follow the state that the commitment is in; Stale when the
commitment is not what the decider read (`expect`, a Commitment.version_token).
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from partnership.commitments import following, letters
from partnership.commitments.models import Comment, Commitment, Entry
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.workflow import transition

from .follow_up import first_due

State = Commitment.State
Kind = Entry.Kind


@transaction.atomic
def return_with_comments(
    commitment: Commitment, *, by: User, comments: Mapping[str, str], expect: str | None = None
) -> None:
    """Send it back with a comment on each field that needs more; they stand beside the fields."""
    transition(
        commitment,
        State.RETURNED,
        "commitments.return",
        by=by,
        expect=expect,
        data={"fields": sorted(comments)},
        returned_at=timezone.now(),
    )
    Comment.objects.bulk_create(
        Comment(commitment=commitment, field=field, text=text, author=by)
        for field, text in comments.items()
    )
    letters.to_people(commitment.organisation, "returned", commitment)


@transaction.atomic
def publish(commitment: Commitment, *, by: User | None, expect: str | None = None) -> None:
    """Put it up for all to read; its milestones keep the days that they have now as the first."""
    now = timezone.now()
    transition(
        commitment,
        State.PUBLISHED,
        "commitments.publish",
        by=by,
        since=State.SUBMITTED,
        expect=expect,
        published_at=now,
    )
    for milestone in commitment.milestones.all():
        milestone.first_due = milestone.due
        milestone.save(update_fields=["first_due"])
    commitment.shares.taking_part().update(next_due=first_due(timezone.localdate(now)))
    enter(commitment, Kind.PUBLISHED)
    letters.to_people(commitment.organisation, "published", commitment)
    following.published(commitment)


@transaction.atomic
def complete(commitment: Commitment, *, by: User, organisation: Organisation, reason: str) -> None:
    """Its organisation says that it is done; `reason` says what came of it."""
    _end(
        commitment,
        State.COMPLETED,
        "commitments.complete",
        Kind.COMPLETED,
        by,
        organisation,
        reason,
    )


@transaction.atomic
def discontinue(
    commitment: Commitment, *, by: User, organisation: Organisation, reason: str
) -> None:
    """Its organisation gives it up, and says why."""
    _end(
        commitment,
        State.DISCONTINUED,
        "commitments.discontinue",
        Kind.DISCONTINUED,
        by,
        organisation,
        reason,
    )


def _end(commitment, state, action, kind, by, organisation, reason) -> None:
    transition(
        commitment,
        state,
        action,
        by=by,
        data={"reason": reason},
        ended_at=timezone.now(),
        reason=reason,
    )
    commitment.shares.update(next_due=None)
    enter(commitment, kind, organisation=organisation, text=reason)
    following.ended(commitment, kind)


def enter(commitment: Commitment, kind: Entry.Kind, **fields) -> Entry:
    """A line of the public timeline."""
    return Entry.objects.create(commitment=commitment, kind=kind, **fields)
