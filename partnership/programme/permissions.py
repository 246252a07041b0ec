"""Who keeps the programme's pages, and who writes for an organisation."""

from partnership.organisations import permissions as organisations

MANAGE = "programme.manage_call"


def may_manage(user) -> bool:
    """The programme team: reads expressions of interest, takes offers down."""
    return user.has_perm(MANAGE)


def may_write(user, organisation) -> bool:
    """Whoever writes and sends in the name of the organisation: its owners and editors."""
    return organisations.can_edit(user, organisation)
