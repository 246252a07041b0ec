"""What the worker does for indicators."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("old_uploads", timedelta(hours=1), "monitoring.indicators.services.forget_old_uploads"),
]
