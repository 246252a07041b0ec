"""What waits for a person, from all rooms: a resource says what of its things waits for whom.

/en/desk/ shows it; a room is asked for its own and none is imported here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.functional import Promise

from portal.links import Link
from portal.resources import having


@dataclass(frozen=True, kw_only=True)
class Task(Link):
    """One thing to be done: what, about which thing, where, and by when.

    `on_behalf` names the organisation for which it is done, empty for one's own matters.
    """

    what: str | Promise
    due: date | None = None
    on_behalf: str = ""

    @property
    def is_late(self) -> bool:
        """Whether its day has come."""
        return self.due is not None and self.due <= timezone.localdate()


@dataclass(frozen=True)
class Inbox:
    """What a resource has that waits for somebody; `title` names it, as a heading does.

    `tasks(user)` gives what waits for a signed-in person, in the active language, with a constant
    number of queries.
    """

    title: str | Promise
    tasks: Callable[[AbstractBaseUser], Iterable[Task]]


def waiting_for(user: AbstractBaseUser) -> list[Task]:
    """All that waits for the person: what has a day first, the earliest before the others."""
    tasks = [task for inbox in having(Inbox).values() for task in inbox.tasks(user)]
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max, task.title))
