"""What is the same for every reader, remembered by each process until what is shown changes.

Rows that many pages need, or that are dear to gather, are read once in a version
(portal.caching.cache_version) and not once a request. What is remembered is never changed by
those who are given it.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.http import HttpRequest

from portal.languages import current_language

from .cache_version import cache_version

Thing = TypeVar("Thing")


class Memory:
    """Of this process: what was made, by version, language and key; the least used leave first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.lock = threading.Lock()
        self.made: OrderedDict[Hashable, Any] = OrderedDict()

    def clear(self) -> None:
        with self.lock:
            self.made.clear()

    def recall(self, key: Hashable) -> tuple[Any, ...]:
        """What is kept under a key, alone in a tuple; an empty one when there is nothing."""
        with self.lock:
            made = self.made.get(key, self)
            if made is self:
                return ()
            self.made.move_to_end(key)
            return (made,)

    def keep(self, key: Hashable, thing: Any) -> None:
        with self.lock:
            self.made[key] = thing
            while len(self.made) > self.most:
                self.made.popitem(last=False)


rows = Memory(1000)  # a few rows each
fragments = Memory(400)  # some kilobytes each
views = Memory(64)  # all that a page shows
pages = Memory(64)  # a page with its body
papers = Memory(64)  # a page on paper, some fifty kilobytes each


def forget() -> None:
    """Forget everything, so that it is made anew."""
    for memory in (rows, fragments, views, pages, papers):
        memory.clear()


def remembered(make: Callable[[], Thing], *key: Hashable, memory: Memory = rows) -> Thing:
    """What `make` gives, made once in a version and language for a key.

    The key names all that it depends on besides the database: who may see it
    (content.pages.visibility.closed_to), and never a person. `make` reads to the end: lists, not
    querysets. None is not kept: anybody can ask for what is not there.
    """
    whole = (cache_version(), current_language(), *key)
    for thing in memory.recall(whole):
        return thing
    thing = make()
    if thing is not None:
        memory.keep(whole, thing)
    return thing


def shown_to_all(
    request: HttpRequest, make: Callable[[], dict[str, Any]], *key: Hashable
) -> dict[str, Any]:
    """What a view shows: made for whoever has signed in, remembered for all the others.

    `fragment` in it is the key by which the template's `{% remembered %}` knows its parts; None for
    whoever has signed in. The key names the view and every parameter that it reads.
    """
    if request.user.is_authenticated:
        return make() | {"fragment": None}
    return remembered(make, *key, memory=views) | {"fragment": key}
