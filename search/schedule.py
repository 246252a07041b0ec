"""What the worker does for the search."""

from datetime import timedelta

from portal.scheduling import Entry, Turn

EACH_TURN = [
    Turn(20, "search.queue.drain"),
]
SCHEDULE = [
    Entry("search_index", timedelta(days=1), "search.queue.everything"),
    Entry("empty_searches", timedelta(days=1), "search.empty_searches.clear"),
]
