"""What an organisation's people have to do: for each other, and for their directory entry."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.days import months_after
from portal.inbox import Inbox, Task

from .answering import without_people
from .confirmation_rule import ASKED, confirmed_by
from .models import JoinRequest, Membership, Organisation, Renewal, Representative
from .permissions import may_review


def tasks(user) -> Iterator[Task]:
    """Requests that wait for an owner, a second person to be found, and for the programme team the
    requests to organisations without people: three queries.
    """
    owned = Representative.objects.owners().filter(user=user).values("organisation")
    waiting = JoinRequest.objects.waiting().filter(organisation__in=owned)
    for row in waiting.select_related("organisation", "user"):
        yield Task(
            what=_("Answer a request to act for the organisation"),
            title=str(row.user),
            url=reverse("organisations:join_request", args=[row.organisation.slug, row.pk]),
            due=timezone.localdate(row.asked_at),
            on_behalf=row.organisation.name,
        )
    alone = Representative.objects.filter(organisation=OuterRef("pk")).exclude(user=user)
    members = Organisation.objects.members().filter(pk__in=owned)
    for organisation in members.exclude(Exists(alone)):
        yield Task(
            what=_("Ask a second person to act for the organisation"),
            title=organisation.name,
            url=reverse("organisations:people", args=[organisation.slug]),
        )
    if may_review(user):
        yield from _without_people()


def _without_people() -> Iterator[Task]:
    waiting = JoinRequest.objects.waiting().filter(organisation__in=without_people())
    for row in waiting.select_related("organisation", "user"):
        yield Task(
            what=_("Answer a request to act for an organisation without people"),
            title=str(row.user),
            url=reverse("unattended:inspect", args=[row.organisation_id]),
            due=timezone.localdate(row.asked_at),
            on_behalf=row.organisation.name,
        )


def entries(user) -> Iterator[Task]:
    """Entries that wait to be confirmed by the person: one query."""
    last = confirmed_by(timezone.localdate(), ASKED)
    kept = Representative.objects.editors().filter(user=user)
    rows = Organisation.objects.members().filter(
        pk__in=kept.values("organisation"), confirmed_at__date__lte=last
    )
    for row in rows:
        yield Task(
            what=_("Confirm the entry in the directory"),
            title=row.name,
            url=reverse("organisations:confirm_own", args=[row.slug]),
            due=months_after(timezone.localdate(row.confirmed_at), ASKED),
            on_behalf=row.name,
        )


def going_on(user) -> Iterator[Task]:
    """Memberships of which the person says whether they go on in the next period: one query."""
    kept = Representative.objects.editors().filter(user=user)
    rows = Renewal.objects.unanswered().filter(
        membership__organisation__in=kept.values("organisation"),
        membership__status__in=[Membership.Status.ACTIVE, Membership.Status.LAPSED],
        period__ends__gte=timezone.localdate(),
    )
    for row in rows.select_related("membership__organisation", "period"):
        organisation = row.membership.organisation
        yield Task(
            what=_("Say whether the membership goes on"),
            title=row.period.name,
            url=reverse("organisations:own_renewal", args=[organisation.slug]),
            due=row.period.grace_until,
            on_behalf=organisation.name,
        )


INBOX = Inbox(_("People of organisations"), tasks)
ENTRIES = Inbox(_("Entries in the directory"), entries)
GOING_ON = Inbox(_("Memberships"), going_on)
