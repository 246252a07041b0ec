"""What the worker does for commitments."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry(
        "ask_for_reports", timedelta(days=1), "partnership.commitments.services.follow_up.ask_due"
    ),
    Entry(
        "silent_commitments",
        timedelta(days=1),
        "partnership.commitments.services.follow_up.archive_silent",
    ),
    Entry(
        "bills_on_commitments",
        timedelta(days=1),
        "partnership.commitments.services.bills.tell_of_bills",
    ),
]
