"""What the worker does for memberships."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry(
        "renewals_of_memberships",
        timedelta(days=1),
        "partnership.organisations.services.renewals.run",
    ),
]
