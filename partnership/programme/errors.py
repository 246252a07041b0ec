"""What can stand in the way of an event; the views say it kindly."""


class NotOpen(Exception):
    """The call is not open: its first day has not come, or its deadline has passed."""


class AlreadySent(Exception):
    """The organisation has said already that it is interested."""


class NotAMember(Exception):
    """The organisation is not a member of the programme."""
