"""What the worker does for feedback."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("old_feedback", timedelta(days=1), "portal.feedback.services.clear"),
]
