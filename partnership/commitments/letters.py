"""Letters about commitments, to an organisation's people in its language of correspondence."""

from django.urls import reverse

from law.models import PendingBill
from partnership.organisations.models import Organisation
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import Ask, Commitment, Confirmation, Share


def to_people(
    organisation: Organisation,
    template: str,
    commitment: Commitment,
    *,
    share: Share | None = None,
) -> None:
    """Write one letter to each owner that has an account in use, in the event's transaction.

    `share` is the partner's that the letter is about.
    """
    owners = User.objects.filter(
        is_active=True,
        representations__organisation=organisation,
        representations__role=Role.OWNER,
    )
    with in_language(organisation.language):
        own = _own(organisation, commitment, share)
        public = commitment.get_absolute_url()
    for owner in owners.order_by("pk"):
        write(
            f"commitments/{template}",
            to=owner.email,
            language=organisation.language,
            context={
                "commitment": commitment,
                "organisation": organisation,
                "share": share,
                "own": own,
                "public": public,
                "comments": list(commitment.comments.filter(answered_at=None)),
            },
        )


def _own(organisation: Organisation, commitment: Commitment, share: Share | None) -> str:
    """Where its people look after it: a partner at its share, who leads at the whole."""
    if organisation.pk == commitment.organisation_id or share is None:
        return reverse("commitments:own", kwargs={"pk": commitment.pk})
    return reverse("commitments:share", kwargs={"share": share.pk})


def ask(row: Ask) -> None:
    """Ask a person how it goes: the link opens the form, and nothing is told by opening it."""
    _with_key(row, "ask")


def archived(row: Ask) -> None:
    """Say that a commitment was archived: the link opens the form that takes it up again."""
    _with_key(row, "archived")


def _with_key(row: Ask, template: str) -> None:
    share = row.share
    language = share.organisation.language
    with in_language(language):
        address = reverse("commitments:tell", kwargs={"key": row.key})
    write(
        f"commitments/{template}",
        to=row.to.email,
        language=language,
        context={
            "ask": row,
            "commitment": share.commitment,
            "organisation": share.organisation,
            "address": address,
        },
        holds_key=True,
    )


def confirm(row: Confirmation, organisation: Organisation, to: User) -> None:
    """Ask a partner's person whether they can confirm a result: the page's choice says so."""
    report = row.report
    with in_language(organisation.language):
        address = reverse("commitments:confirm", kwargs={"key": row.key})
        progress = str(report.get_progress_display())
    write(
        "commitments/confirm",
        to=to.email,
        language=organisation.language,
        context={
            "commitment": report.share.commitment,
            "teller": report.share.organisation,
            "organisation": organisation,
            "report": report,
            "progress": progress,
            "address": address,
        },
        holds_key=True,
        plain=True,
    )


def differs(row: Confirmation, to: User) -> None:
    """Tell an organisation that its result is seen differently, and where it can reply."""
    commitment, organisation = row.report.share.commitment, row.report.share.organisation
    with in_language(organisation.language):
        address = reverse("commitments:reply", kwargs={"pk": row.pk})
    write(
        "commitments/differs",
        to=to.email,
        language=organisation.language,
        context={"commitment": commitment, "row": row, "address": address},
        plain=True,
    )


def of_bill(commitment: Commitment, bill: PendingBill, to: User) -> None:
    """Tell who looks after a commitment that a bill would change what it rests on."""
    language = commitment.organisation.language
    with in_language(language):
        context = {
            "commitment": commitment,
            "bill": bill.title,
            "bill_url": bill.get_absolute_url(),
            "planned": bill.planned,
            "public": commitment.get_absolute_url(),
        }
    write("commitments/bill", to=to.email, language=language, context=context)
