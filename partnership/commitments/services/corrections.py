"""Putting the words of a public commitment right, with the old ones kept for all to read."""

from collections.abc import Mapping

from django.db import transaction
from wagtail.log_actions import log

from partnership.commitments.models import Commitment, Entry
from portal.accounts.models import User
from portal.concurrency import compare
from portal.workflow import TransitionNotAllowed, lock

from .decisions import enter


@transaction.atomic
def correct(
    commitment: Commitment,
    *,
    by: User,
    words: Mapping[str, str],
    reason: str,
    expect: str | None = None,
) -> int:
    """Save what differs of `words` (Commitment.WORDS); each is an entry with the old words and why.

    Returns how many differed. Stale when somebody has changed it since it was read (`expect`);
    TransitionNotAllowed unless it is public. The days of milestones move by reports alone.
    """
    lock(commitment)
    compare(commitment, expect)
    if not commitment.is_public:
        raise TransitionNotAllowed(f"commitment {commitment.pk} is {commitment.state}")
    differing = [name for name, text in words.items() if text != getattr(commitment, name)]
    for name in differing:
        enter(
            commitment,
            Entry.Kind.CORRECTED,
            organisation=commitment.organisation,
            field=name,
            before=getattr(commitment, name),
            after=words[name],
            text=reason,
        )
        setattr(commitment, name, words[name])
    if differing:
        commitment.save(update_fields=differing)
        log(
            commitment,
            "commitments.correct",
            user=by,
            data={
                "fields": differing,
                "reason": reason,
                "organisation": commitment.organisation_id,
            },
        )
    return len(differing)
