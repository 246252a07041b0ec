"""What the worker does besides jobs: by dotted name, so that nothing is imported from the right.

EACH_TURN runs in order in every turn of the worker; a function there returns how many things it
did, and the worker rests when all returned nothing. SCHEDULE runs a function when at least `every`
has passed since it was last started, also when the worker was away for longer: once, not once for
each time it missed.
"""

from datetime import timedelta
from typing import NamedTuple


class Entry(NamedTuple):
    name: str
    every: timedelta
    function: str


EACH_TURN = [
    "portal.operations.starter.go_on",
    "search.queue.drain",
    "portal.notifications.activity.spread",
    "portal.notifications.digests.write_due",
    "portal.mail.sending.send_due",
    "portal.operations.jobs.run_next",
]

SCHEDULE = [
    Entry("publish", timedelta(minutes=1), "portal.operations.housekeeping.publish_scheduled"),
    Entry("editions", timedelta(minutes=1), "portal.caching.cache_version.clear"),
    Entry("stuck_jobs", timedelta(minutes=5), "portal.operations.jobs.recover"),
    Entry("search_index", timedelta(days=1), "search.queue.everything"),
    Entry("old_jobs", timedelta(days=1), "portal.operations.jobs.clear_old"),
    Entry("old_letters", timedelta(days=1), "portal.mail.sending.clear_old"),
    Entry("old_followers", timedelta(days=1), "portal.notifications.services.clear"),
    Entry("old_events", timedelta(days=1), "portal.notifications.activity.clear_old"),
    Entry("old_feedback", timedelta(days=1), "portal.feedback.services.clear"),
    Entry("old_questions", timedelta(days=1), "content.questions.services.retention.clear"),
    Entry("old_uploads", timedelta(hours=1), "monitoring.indicators.services.forget_old_uploads"),
    Entry("review_lists", timedelta(hours=1), "content.editorial.review_digest.write_lists"),
    Entry("old_counters", timedelta(hours=1), "portal.operations.housekeeping.clear_counters"),
    Entry("old_sessions", timedelta(days=1), "portal.operations.housekeeping.clear_sessions"),
]
