"""What the imports of reference data share: how they bring rows up to date, and what they tell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db import models

Progress = Callable[[int, int], None]


class StarterStep(NamedTuple):
    """A step of the starter content: `function` is a dotted name.

    A room's starter.py lists its own as STEPS, in their order. The function takes one argument,
    `progress(done, total)`, which it calls as it goes. It can be run again: rows that are there are
    brought up to date, and nothing is made twice. `later` says that the first page of a new portal
    does not need the step.
    """

    label: str
    function: str
    later: bool = False


def unheard(done: int, total: int) -> None:
    """The progress of an import that nobody watches."""


@dataclass
class Changes:
    """How many rows an import added, changed and removed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self):
        return bool(self.added or self.changed or self.removed)

    def __str__(self):
        if not self:
            return "nothing changed"
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"

    def upsert(self, row: models.Model, fields: Mapping) -> None:
        """Save the row with these fields if it is new or differs from them, and count it.

        Of a row that is there, what differs alone: the rest may have been edited meanwhile.
        """
        new = row.pk is None
        changed = [name for name, value in fields.items() if new or getattr(row, name) != value]
        if not changed:
            return
        for name in changed:
            setattr(row, name, fields[name])
        row.save(update_fields=None if new else changed)
        self.added += new
        self.changed += not new
