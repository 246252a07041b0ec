"""What events ask of somebody: to answer an offered place; of organisers, to answer requests."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.inbox import Inbox, Task

from . import links
from .models import Registration, Request
from .permissions import may_organise


def tasks(user) -> Iterator[Task]:
    """Offers to the person, and for who organises what participants ask: two queries."""
    offered = Registration.objects.of(user).filter(state=Registration.State.OFFERED)
    for row in offered.select_related("event").order_by("answer_by"):
        yield Task(
            what=_("Take the place that is kept for you, or leave it to the next"),
            title=row.event.name,
            url=links.own_path(row),
            due=timezone.localdate(row.answer_by),
        )
    if not may_organise(user):
        return
    asked = Request.objects.filter(state=Request.State.OPEN)
    for row in asked.select_related("registration__event"):
        yield Task(
            what=_("Answer what a participant asks"),
            title=row.registration.event.name,
            url=reverse("event_requests:inspect", args=[row.pk]),
            due=timezone.localdate(row.registration.event.starts_at),
        )


INBOX = Inbox(_("Events"), tasks)
