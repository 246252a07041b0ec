"""Which edition of the site's content is on show: a new one with every publication.

What is kept of pages in the cache is kept under its edition, so that a change shows at once where
it is made, and within the minute that fragments are kept in other processes.
"""

from uuid import uuid4

from portal.fragments import cache

KEY, SECONDS = "content:edition", 24 * 3600


def edition() -> str:
    return cache.get_or_set(KEY, lambda: uuid4().hex, SECONDS)


def next_edition(**signal) -> None:
    """Receiver: a page was published, withdrawn, moved or removed."""
    cache.set(KEY, uuid4().hex, SECONDS)
