"""What the worker does for workshops."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [Entry("workshops", timedelta(days=1), "tests.room.workshops.starter.load")]
