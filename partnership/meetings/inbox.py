"""What decisions ask of those who keep areas: to tell what came of one when its day comes."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.authorities.officers import areas_of
from portal.inbox import Inbox, Task

from .models import Decision

BEFORE = timedelta(days=14)


def tasks(user) -> Iterator[Task]:
    """Decisions of the person's areas to be followed up within two weeks, or already: one query."""
    last = timezone.localdate() + BEFORE
    rows = Decision.objects.waiting(last).filter(area__in=areas_of(user).values("pk"))
    for row in rows.select_related("area"):
        yield Task(
            what=_("Tell what came of the decision"),
            title=f"{row.area.name}: {row.body}",
            url=reverse("meetings:change", args=[row.pk]),
            due=row.follow_up_on,
        )


INBOX = Inbox(_("Decisions of meetings"), tasks)
