"""What the worker does for events."""

from datetime import timedelta

from portal.scheduling import Entry

SCHEDULE = [
    Entry("event_offers", timedelta(minutes=1), "content.events.services.places.expire_due"),
    Entry(
        "unconfirmed_registrations",
        timedelta(days=1),
        "content.events.services.registering.forget_unconfirmed",
    ),
    Entry("event_needs", timedelta(days=1), "content.events.services.retention.forget_needs"),
    Entry("event_reminders", timedelta(minutes=10), "content.events.services.reminders.remind_due"),
]
