"""Who organises events."""

ORGANISE = "events.change_event"


def may_organise(user) -> bool:
    """Editors and the programme team: they make events and see who takes part."""
    return user.has_perm(ORGANISE)
