"""What services of practices refuse."""


class NotComplete(Exception):
    """A part of the description has no words; `missing` names the parts."""

    def __init__(self, missing: list[str]):
        super().__init__(", ".join(missing))
        self.missing = missing


class ReasonMissing(Exception):
    """It is said to be stopped, and not why."""


class NotPublic(Exception):
    """Nobody can say that they use a practice that is not published."""
