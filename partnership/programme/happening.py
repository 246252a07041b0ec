"""What is happening in the programme: the newest of all that its resources tell."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from portal.links import Link
from portal.resources import having

OF_A_KIND = 3


@dataclass(frozen=True, kw_only=True)
class Event(Link):
    """One thing that happened: when, what, to what, and where it is read."""

    at: datetime
    what: str | Promise
    example: bool = False


@dataclass(frozen=True)
class Happening:
    """What a resource can do of which the programme's page tells.

    `latest(number)` gives at most so many events that everybody may read, the newest first, in a
    constant number of queries.
    """

    latest: Callable[[int], Iterable[Event]]


def latest(number: int) -> list[Event]:
    """The newest events of all resources, but few of a kind: twenty new members are not all."""
    events = [event for one in having(Happening).values() for event in one.latest(number)]
    shown: list[Event] = []
    told: Counter[str] = Counter()
    for event in sorted(events, key=lambda event: event.at, reverse=True):
        told[str(event.what)] += 1
        if told[str(event.what)] <= OF_A_KIND:
            shown.append(event)
    return shown[:number]
