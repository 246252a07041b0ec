"""What commitments ask of the people of organisations, and of the programme team."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.inbox import Inbox, Task

from .models import Commitment, Share
from .permissions import may_review

State = Commitment.State


def tasks(user) -> Iterator[Task]:
    """Reports that are due and commitments that came back or are unfinished: three queries."""
    acting = list(Organisation.objects.editable_by(user).values_list("pk", flat=True))
    if acting:
        yield from _of_organisations(acting)
    if may_review(user):
        for row in Commitment.objects.waiting().select_related("organisation"):
            yield Task(
                _("Read a commitment"),
                row.title,
                reverse("commitments_review:inspect", args=[row.pk]),
                on_behalf=row.organisation.name,
                language=row.language,
            )


def _of_organisations(acting: list[int]) -> Iterator[Task]:
    due = Share.objects.filter(
        organisation__in=acting,
        commitment__state=State.PUBLISHED,
        next_due__lte=timezone.localdate(),
    )
    for share in due.select_related("commitment", "organisation"):
        yield Task(
            _("Tell how it goes"),
            share.commitment.title,
            reverse("commitments:tell_own", args=[share.pk]),
            due=share.next_due,
            on_behalf=share.organisation.name,
            language=share.commitment.language,
        )
    own = Commitment.objects.filter(organisation__in=acting, state__in=Commitment.EDITABLE)
    for row in own.select_related("organisation"):
        returned = row.state == State.RETURNED
        yield Task(
            _("Answer the comments and send in again") if returned else _("Finish the draft"),
            row.title,
            reverse("commitments:edit", args=[row.pk]),
            on_behalf=row.organisation.name,
            language=row.language,
        )


INBOX = Inbox(_("Commitments"), tasks)
