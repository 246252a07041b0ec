"""What the worker does for memberships, the directory and organisations left by their people."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("hand_overs", timedelta(days=1), "partnership.organisations.services.handovers.run"),
    Entry(
        "renewals_of_memberships",
        timedelta(days=1),
        "partnership.organisations.services.renewals.run",
    ),
    Entry(
        "confirm_entries",
        timedelta(days=1),
        "partnership.organisations.services.confirmations.keep_confirmed",
    ),
]
