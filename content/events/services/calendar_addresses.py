"""The secret address of a person's own events."""

import uuid

from content.events.models import CalendarAddress
from portal.accounts.models import User


def renew(user: User) -> CalendarAddress:
    """Make the address, or make it anew: the one from before gives nothing any more."""
    address, _made = CalendarAddress.objects.update_or_create(
        user=user, defaults={"key": uuid.uuid4()}
    )
    return address
