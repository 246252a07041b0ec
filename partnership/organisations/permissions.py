"""Who may act for an organisation, and who may decide its membership."""

DECIDE = "organisations.decide_membership"


def acts_for(user, organisation) -> bool:
    """One of its people: sees what it has sent and how it stands."""
    return user.is_authenticated and organisation.representatives.filter(user=user).exists()


def can_edit(user, organisation) -> bool:
    """One of its owners or editors: writes and sends what the organisation says.

    Its profile, applications, commitments and reports.
    """
    return (
        user.is_authenticated and organisation.representatives.editors().filter(user=user).exists()
    )


def can_manage(user, organisation) -> bool:
    """One of its owners: changes its people, and ends what it has begun."""
    return (
        user.is_authenticated and organisation.representatives.owners().filter(user=user).exists()
    )


def may_review(user) -> bool:
    """The programme team: reads every application."""
    return user.has_perm(DECIDE)


def may_decide(user, membership) -> bool:
    """The programme team, but nobody on an organisation of theirs or that they applied for."""
    return (
        may_review(user)
        and user.pk != membership.applicant_id
        and not acts_for(user, membership.organisation)
    )
