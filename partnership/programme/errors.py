"""What can stand in the way of an event; the views say it kindly."""


class NotOpen(Exception):
    """A call, or a round of the barometer: its first day has not come, or its last has passed."""


class AlreadySent(Exception):
    """The organisation has said already that it is interested."""


class AlreadyAnswered(Exception):
    """The barometer has been answered with this key."""


class NotAMember(Exception):
    """The organisation is not a member of the programme."""
