"""Three answers about an event, kept apart from who gave them."""

from django.db import transaction
from django.db.models import Avg, Count, Q

from content.events.errors import AskedAlready, NotNow
from content.events.models import Event, Feedback, Registration
from portal.workflow import lock


@transaction.atomic
def give(registration: Registration, *, useful: int, use: str, words: str) -> None:
    """Keep what somebody who had a place says after the event. NotNow, AskedAlready the second
    time: that they answered is known, but not what.
    """
    event = registration.event
    lock(registration)
    if not event.is_over or registration.state != Registration.State.REGISTERED:
        raise NotNow
    if registration.gave_feedback:
        raise AskedAlready
    registration.gave_feedback = True
    registration.save(update_fields=["gave_feedback"])
    Feedback.objects.create(event=event, useful=useful, use=use, words=words)


def summary(event: Event) -> dict | None:
    """Counts of the answers and their words in no order of time; None while there are too few."""
    rows = event.feedback.all()
    counts = rows.aggregate(
        number=Count("pk"),
        useful=Avg("useful"),
        **{use.value: Count("pk", filter=Q(use=use.value)) for use in Feedback.Use},
    )
    if counts["number"] < Feedback.FEWEST_SHOWN:
        return None
    words = rows.exclude(words="").order_by("words").values_list("words", flat=True)
    uses = [(use.label, counts[use.value]) for use in Feedback.Use]
    return {**counts, "uses": uses, "words": list(words)}
