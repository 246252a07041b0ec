"""What the worker does for followers."""

from datetime import timedelta

from portal.scheduling import Entry, Turn

EACH_TURN = [
    Turn(30, "portal.notifications.activity.fan_out"),
    Turn(40, "portal.notifications.digests.write_due"),
]
SCHEDULE = [
    Entry("old_followers", timedelta(days=1), "portal.notifications.services.clear"),
    Entry("old_events", timedelta(days=1), "portal.notifications.activity.clear_old"),
]
