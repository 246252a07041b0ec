"""Who writes a practice and who reads it against the criteria."""

from partnership.organisations.permissions import acts_for, can_edit

REVIEW = "practices.review_practice"


def may_write(user, practice) -> bool:
    """Owners and editors of its organisation."""
    return can_edit(user, practice.organisation)


def may_review(user) -> bool:
    """The programme team: reads every practice that was sent in."""
    return user.has_perm(REVIEW)


def may_decide(user, practice) -> bool:
    """The programme team, but nobody on a practice of an organisation of theirs."""
    return may_review(user) and not acts_for(user, practice.organisation)
