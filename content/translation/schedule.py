"""What the worker does for translations."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("translation_drafts", timedelta(minutes=1), "content.translation.sources.take_drafts"),
]
