"""What the worker does for letters."""

from datetime import timedelta

from portal.scheduling import Entry, Turn

EACH_TURN = [
    Turn(50, "portal.mail.sending.send_due"),
]
SCHEDULE = [
    Entry("old_letters", timedelta(days=1), "portal.mail.sending.clear_old"),
]
