"""What the worker does for datasets: releases at their minute, and forgets what was left."""

from datetime import timedelta

from portal.scheduling import Entry

SERVICES = "monitoring.datasets.services"
SCHEDULE = [
    Entry("releases_due", timedelta(seconds=20), f"{SERVICES}.release_due"),
    Entry("sent_files", timedelta(hours=1), "monitoring.datasets.incoming.forget_old"),
    Entry("unproposed_releases", timedelta(days=1), f"{SERVICES}.forget_unproposed"),
]
