"""What an organisation's people have to do for each other."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.inbox import Inbox, Task

from .models import JoinRequest, Representative


def tasks(user) -> Iterator[Task]:
    """Requests to act for an organisation that wait for one of its owners: one query."""
    owned = Representative.objects.owners().filter(user=user).values("organisation")
    waiting = JoinRequest.objects.waiting().filter(organisation__in=owned)
    for row in waiting.select_related("organisation", "user"):
        yield Task(
            _("Answer a request to act for the organisation"),
            str(row.user),
            reverse("organisations:join_request", args=[row.organisation.slug, row.pk]),
            due=timezone.localdate(row.asked_at),
            on_behalf=row.organisation.name,
        )


INBOX = Inbox(_("People of organisations"), tasks)
