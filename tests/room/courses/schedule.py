"""What the worker does for courses."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [Entry("courses", timedelta(days=1), "tests.room.courses.starter.load")]
