"""What a resource can do for those who learn: be offered at the place to learn, and be theirs.

`/en/skills/` shows what is `Offered`, the desk's “My learning” what each `Learning` has of a
person. What an event leaves behind becomes a material through `BecomesMaterial`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from portal.resources import having


@dataclass(frozen=True)
class Card:
    """One thing on a list: what it is called, where it is and what one gets there.

    `note` is a short fact in words: how long it takes, when it is, what state it is in.
    """

    title: str
    url: str
    summary: str = ""
    note: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Offered:
    """What a kind of thing offers at the place to learn, for everyone.

    `of(language)` gives the first few cards, in a constant number of queries; `view` names the list
    of all of them, when there is one. `order` places it among the others.
    """

    title: str | Promise
    order: int
    of: Callable[[str], Sequence[Card]]
    view: str = ""
    lead: str | Promise = ""


@dataclass(frozen=True)
class Learning:
    """What a person has of a kind: began, takes part in, has to refresh, has got.

    `of(user, language)` gives their own cards, the newest first, in a constant number of queries.
    """

    name: str | Promise
    of: Callable[[Any, str], Sequence[Card]]
    order: int = 100


@dataclass(frozen=True)
class BecomesMaterial:
    """Makes a material of what an event left: `take(event, by, files)` returns its address."""

    take: Callable[..., str]


def offered() -> list[Offered]:
    """What the place to learn offers, in order."""
    return sorted(having(Offered).values(), key=lambda one: one.order)


def learning_of(user: Any, language: str) -> list[tuple[Learning, Sequence[Card]]]:
    """What a person has of each kind that they have something of, in order."""
    every = sorted(having(Learning).values(), key=lambda one: one.order)
    found = ((one, one.of(user, language)) for one in every)
    return [(one, cards) for one, cards in found if cards]
