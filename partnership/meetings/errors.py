"""What can stand in the way of an event; the views say it kindly."""


class TakenBack(Exception):
    """The decision has been taken back."""
