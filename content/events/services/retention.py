"""What is forgotten after an event: what people said of themselves to take part."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from content.events.models import Event, Needs, Registration, Request
from portal.mail.models import Letter

KEPT = timedelta(days=30)  # as the form promises


@transaction.atomic
def forget_needs() -> int:
    """Erase what people needed for events that ended more than thirty days ago; how many people's.

    With it go answers to own questions and the words of requests and of their answers, in which
    needs are told too, also from letters that the server refused for good. Who took part, and how,
    stays. Nothing of it stands in a log; what a backup still has goes with the backup
    (docs/personal-data.md).
    """
    before = timezone.now() - KEPT
    over = Event.objects.filter(ends_at__lt=before)
    number, _models = Needs.objects.filter(registration__event__in=over).delete()
    Registration.objects.filter(event__in=over).exclude(answers={}).update(answers={})
    said = Request.objects.filter(registration__event__in=over)
    said.exclude(words="", answer="").update(words="", answer="")
    refused = Letter.objects.given_up().filter(template__startswith="events/")
    refused.filter(created_at__lt=before).update(text="", html="", calendar="")
    return number
