"""What the worker does for the portal itself, whatever the room."""

from datetime import timedelta

from portal.scheduling import Entry, Turn

EACH_TURN = [
    Turn(10, "portal.operations.starter.go_on"),
    Turn(60, "portal.operations.jobs.run_next"),
]
SCHEDULE = [
    Entry("publish", timedelta(minutes=1), "portal.operations.housekeeping.publish_scheduled"),
    Entry("editions", timedelta(minutes=1), "portal.caching.cache_version.clear"),
    Entry("stuck_jobs", timedelta(minutes=5), "portal.operations.jobs.recover"),
    Entry("old_jobs", timedelta(days=1), "portal.operations.jobs.clear_old"),
    Entry("old_counters", timedelta(hours=1), "portal.operations.housekeeping.clear_counters"),
    Entry("old_sessions", timedelta(days=1), "portal.operations.housekeeping.clear_sessions"),
]
