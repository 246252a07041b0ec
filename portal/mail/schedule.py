"""What the worker does for letters."""

from datetime import timedelta

from portal.scheduling import Entry, Turn

EACH_TURN = [
    Turn(50, "portal.mail.sending.send_due"),
]
SCHEDULE = [
    Entry("inbox", timedelta(minutes=1), "portal.mail.receiving.fetch_inbox"),
    Entry("old_mail", timedelta(days=1), "portal.mail.receiving.clear_old"),
    Entry("old_letters", timedelta(days=1), "portal.mail.sending.clear_old"),
]
