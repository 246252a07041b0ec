"""What an organisation's people have to do for each other."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.inbox import Inbox, Task

from .answering import without_people
from .models import JoinRequest, Organisation, Representative
from .permissions import may_review


def tasks(user) -> Iterator[Task]:
    """Requests that wait for an owner, a second person to be found, and for the programme team the
    requests to organisations without people: three queries.
    """
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
    alone = Representative.objects.filter(organisation=OuterRef("pk")).exclude(user=user)
    members = Organisation.objects.members().filter(pk__in=owned)
    for organisation in members.exclude(Exists(alone)):
        yield Task(
            _("Ask a second person to act for the organisation"),
            organisation.name,
            reverse("organisations:people", args=[organisation.slug]),
        )
    if may_review(user):
        yield from _without_people()


def _without_people() -> Iterator[Task]:
    waiting = JoinRequest.objects.waiting().filter(organisation__in=without_people())
    for row in waiting.select_related("organisation", "user"):
        yield Task(
            _("Answer a request to act for an organisation without people"),
            str(row.user),
            reverse("unattended:inspect", args=[row.organisation_id]),
            due=timezone.localdate(row.asked_at),
            on_behalf=row.organisation.name,
        )


INBOX = Inbox(_("People of organisations"), tasks)
