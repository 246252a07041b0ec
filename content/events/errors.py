"""What can be in the way of taking part."""


class NotOpen(Exception):
    """The event is not open to registrations: not published, over its deadline, or cancelled."""


class WayClosed(Exception):
    """This way of taking part gives no more places."""


class NoRoom(Exception):
    """The other way has no free place now, or no other way is there."""


class OfferOver(Exception):
    """The time to answer the offer has passed, and the place with it."""


class LinkOver(Exception):
    """The registration was not confirmed in time."""


class AfterDeadline(Exception):
    """The deadline has passed: the change has to be asked of the organiser."""


class AskedAlready(Exception):
    """A request of the same registration waits for the organiser."""


class WayInUse(Exception):
    """Somebody is registered for this way of taking part, so it cannot be taken away."""


class NotNow(Exception):
    """It is not the time for it: before the event, or too long after."""


class WrongCode(Exception):
    """The code that was typed is not the one on the screen."""
