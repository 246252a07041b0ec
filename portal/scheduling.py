"""What the worker does besides jobs: each room says it in its schedule.py, by dotted names.

    EACH_TURN = [Turn(20, "portal.mail.sending.send_due")]
    SCHEDULE = [Entry("old_letters", timedelta(days=1), "portal.mail.sending.clear_old")]

A turn is run in every turn of the worker, the lowest `order` first; its function returns how many
things it did, and the worker rests when all returned nothing. An entry is run when at least `every`
has passed since it was last started, also when the worker was away for longer: once, not once for
each time it missed.
"""

from datetime import timedelta
from typing import NamedTuple

from portal.discovery import modules


class Entry(NamedTuple):
    name: str
    every: timedelta
    function: str


class Turn(NamedTuple):
    order: int
    function: str


def each_turn() -> list[str]:
    """What is run in every turn, by dotted names, in order."""
    turns = [turn for module in modules("schedule", "EACH_TURN") for turn in module.EACH_TURN]
    return [turn.function for turn in sorted(turns)]


def schedule() -> list[Entry]:
    """The entries of all rooms."""
    return [entry for module in modules("schedule", "SCHEDULE") for entry in module.SCHEDULE]
