"""What the worker does for the programme."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("calls_open", timedelta(hours=1), "partnership.programme.services.calls.announce_due"),
    Entry("offers_end", timedelta(hours=1), "partnership.programme.services.offers.expire_due"),
    Entry("offers_warn", timedelta(days=1), "partnership.programme.services.offers.warn_due"),
    Entry("barometer", timedelta(hours=1), "partnership.programme.services.barometer.close_due"),
    Entry("who_takes_part", timedelta(hours=1), "partnership.programme.figures.count_all"),
]
