"""What the worker does for meetings."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("worksheets", timedelta(hours=1), "partnership.meetings.worksheets.freeze_due"),
    Entry("decisions_due", timedelta(days=1), "partnership.meetings.services.remind_due"),
]
