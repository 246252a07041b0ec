"""How a row goes from state to state: by a map, locked, compared with what was read, and logged.

A model says in MOVES what may follow what. A service makes one event of it, whole or not at all:
it guards, calls `transition`, and writes the letter, in one transaction.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from wagtail.log_actions import log

from portal.concurrency import compare


class TransitionNotAllowed(Exception):
    """The row is not in a state that this event can follow."""


class Stateful(models.Model):
    """A row with a state: what may follow what is written in MOVES, and nothing but `transition`
    writes it.

    STATE_FIELD names the field, of TextChoices that the map has all of.
    """

    STATE_FIELD: ClassVar[str] = "state"
    MOVES: ClassVar[Mapping[Any, Collection[Any]]]

    class Meta:
        abstract = True

    def can_become(self, to: str) -> bool:
        """Whether the map leads from the state at hand to that one."""
        return to in self.MOVES[getattr(self, self.STATE_FIELD)]

    @classmethod
    def before(cls, to: str) -> list[str]:
        """The states that may become that one: which rows of a list can be moved together."""
        return [state for state, following in cls.MOVES.items() if to in following]

    @property
    def version_token(self) -> str:
        """What somebody who decides has read: the state, where a model does not say more."""
        return str(getattr(self, self.STATE_FIELD))


def lock(*rows: models.Model) -> None:
    """Reload the caller's own rows and keep others from them until the transaction ends.

    The oldest is locked first: of two events with the same rows, none waits for the other's.
    """
    for row in sorted(rows, key=lambda one: one.pk):
        row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())


@transaction.atomic
def transition(
    row: Stateful,
    to: str,
    event: str,
    *,
    by: AbstractBaseUser | None,
    since: str = "",
    expect: str | None = None,
    data: Mapping[str, Any] | None = None,
    **fields: Any,
) -> None:
    """Take the row to the state `to`, and save with it the named fields; one line in the log.

    The row is locked and reloaded first. `expect` is its `version_token` as whoever decides read
    it: Stale, with the row as it is saved now, if that is another. TransitionNotAllowed if the map
    does not lead there, or the row is not in `since`, the only state that the event begins in where
    the map has more ways to `to`. A refusal saves and logs nothing.

    The line has `event`, who did it, `data`, and `from` and `to`, the states before and after.
    """
    lock(row)
    compare(row, expect)
    before = str(getattr(row, row.STATE_FIELD))
    if (since and before != since) or not row.can_become(to):
        raise TransitionNotAllowed(f"{row._meta.label} {row.pk} is {before}, not to become {to}")
    for name, value in {row.STATE_FIELD: to, **fields}.items():
        setattr(row, name, value)
    row.save(update_fields=[row.STATE_FIELD, *fields])
    log(row, event, user=by, data={**(data or {}), "from": before, "to": str(to)})
