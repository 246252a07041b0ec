"""What the worker does for legal questions."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("old_questions", timedelta(days=1), "content.questions.services.retention.clear"),
]
