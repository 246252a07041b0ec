"""What the worker does for the law: looks at Finlex in the night."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [Entry("law_watch", timedelta(hours=1), "law.finlex.watching.look")]
