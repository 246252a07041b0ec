"""What the worker does for the law: looks at Finlex, and tells of days and of stale bills."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("law_watch", timedelta(hours=1), "law.finlex.watching.look"),
    Entry("changes_in_force", timedelta(hours=1), "law.following.tell_of_the_day"),
    Entry("unchecked_bills", timedelta(days=1), "law.bill_reminders.remind"),
]
