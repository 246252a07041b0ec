"""Who may write, read and decide a commitment."""

from partnership.organisations.permissions import acts_for, can_edit, can_manage

REVIEW = "commitments.review_commitment"


def may_write(user, commitment) -> bool:
    """Owners and editors of the organisation that leads it."""
    return can_edit(user, commitment.organisation)


def may_end(user, commitment) -> bool:
    """Owners of the organisation that leads it."""
    return can_manage(user, commitment.organisation)


def may_report(user, share) -> bool:
    """Owners and editors of the organisation whose share it is; a letter's key needs no role."""
    return can_edit(user, share.organisation)


def may_leave(user, share) -> bool:
    """Owners of the organisation whose share it is."""
    return can_manage(user, share.organisation)


def may_confirm(user, confirmation) -> bool:
    """Owners and editors of the organisation that was asked, but nobody who acts for who told."""
    return can_edit(user, confirmation.organisation) and not acts_for(
        user, confirmation.report.share.organisation
    )


def may_have_file(user, report) -> bool:
    """Everybody once the report can no longer be taken back; before, its people and the team."""
    return report.stands or may_review(user) or acts_for(user, report.share.organisation)


def may_review(user) -> bool:
    """The programme team: reads every commitment."""
    return user.has_perm(REVIEW)


def may_decide(user, commitment) -> bool:
    """The programme team, but nobody on a commitment in which an organisation of theirs takes
    part.
    """
    shares = commitment.shares.select_related("organisation")
    return may_review(user) and not any(acts_for(user, share.organisation) for share in shares)
