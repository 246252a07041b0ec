"""What is forgotten after an event: what people needed to take part."""

from datetime import timedelta

from django.utils import timezone

from content.events.models import Needs

KEPT = timedelta(days=30)  # as the form promises


def forget_needs() -> int:
    """Erase the needs of events that ended more than thirty days ago; how many people's.

    They stand in no letter and in no log, so with their rows they are gone; what a backup still has
    of them goes with the backup (docs/personal-data.md).
    """
    gone, _models = Needs.objects.filter(
        registration__event__ends_at__lt=timezone.now() - KEPT
    ).delete()
    return gone
