"""What the worker does for the law: looks at Finlex in the night, and tells of days that come."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("law_watch", timedelta(hours=1), "law.finlex.watching.look"),
    Entry("changes_in_force", timedelta(hours=1), "law.following.tell_of_the_day"),
]
