"""What commitments ask of the people of organisations, and of the programme team."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.inbox import Inbox, Task

from .models import Commitment, Confirmation, Share
from .permissions import may_review

State = Commitment.State


def tasks(user) -> Iterator[Task]:
    """Reports that are due, commitments that came back or are unfinished, and what is asked of
    partners: a query each.
    """
    acting = list(Organisation.objects.editable_by(user).values_list("pk", flat=True))
    if acting:
        yield from _of_organisations(acting)
    if may_review(user):
        for row in Commitment.objects.waiting().select_related("organisation"):
            yield Task(
                what=_("Read a commitment"),
                title=row.title,
                url=reverse("commitments_review:inspect", args=[row.pk]),
                on_behalf=row.organisation.name,
                language=row.language,
            )


def _of_organisations(acting: list[int]) -> Iterator[Task]:
    due = Share.objects.taking_part().filter(
        organisation__in=acting,
        commitment__state=State.PUBLISHED,
        next_due__lte=timezone.localdate(),
    )
    for share in due.select_related("commitment", "organisation"):
        yield Task(
            what=_("Tell how it goes"),
            title=share.commitment.title,
            url=reverse("commitments:tell_own", args=[share.pk]),
            due=share.next_due,
            on_behalf=share.organisation.name,
            language=share.commitment.language,
        )
    yield from _of_partners(acting)
    own = Commitment.objects.filter(organisation__in=acting, state__in=Commitment.EDITABLE)
    for row in own.select_related("organisation"):
        returned = row.state == State.RETURNED
        yield Task(
            what=_("Answer the comments and send in again") if returned else _("Finish the draft"),
            title=row.title,
            url=reverse("commitments:edit", args=[row.pk]),
            on_behalf=row.organisation.name,
            language=row.language,
        )


def _of_partners(acting: list[int]) -> Iterator[Task]:
    """Invitations to take part, questions about others' results, and words to reply to."""
    ended = (State.COMPLETED, State.DISCONTINUED)
    invited = Share.objects.invited().filter(organisation__in=acting)
    invited = invited.exclude(commitment__state__in=ended)
    for share in invited.select_related("commitment", "organisation"):
        yield Task(
            what=_("Answer an invitation to a joint commitment"),
            title=share.commitment.title,
            url=reverse("commitments:share", args=[share.pk]),
            on_behalf=share.organisation.name,
            language=share.commitment.language,
        )
    asked = Confirmation.objects.open().filter(organisation__in=acting)
    asked = asked.exclude(report__share__organisation__in=acting)
    for row in asked.select_related("report__share__commitment", "organisation"):
        commitment = row.report.share.commitment
        yield Task(
            what=_("Say whether you can confirm a result"),
            title=commitment.title,
            url=reverse("commitments:confirm_own", args=[row.pk]),
            on_behalf=row.organisation.name,
            language=commitment.language,
        )
    said = Confirmation.objects.without_reply().filter(report__share__organisation__in=acting)
    for row in said.select_related("report__share__commitment", "report__share__organisation"):
        share = row.report.share
        yield Task(
            what=_("Reply to what was said of your report, if you like"),
            title=share.commitment.title,
            url=reverse("commitments:reply", args=[row.pk]),
            on_behalf=share.organisation.name,
            language=share.commitment.language,
        )


INBOX = Inbox(_("Commitments"), tasks)
