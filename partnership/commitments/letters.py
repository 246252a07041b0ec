"""Letters about commitments, to an organisation's people in its language of correspondence."""

from django.urls import reverse

from partnership.organisations.models import Organisation
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import Ask, Commitment


def to_people(organisation: Organisation, template: str, commitment: Commitment) -> None:
    """Write one letter to each owner that has an account in use, in the event's transaction."""
    owners = User.objects.filter(
        is_active=True,
        representations__organisation=organisation,
        representations__role=Role.OWNER,
    )
    with in_language(organisation.language):
        own = reverse("commitments:own", kwargs={"pk": commitment.pk})
        public = commitment.get_absolute_url()
    for owner in owners.order_by("pk"):
        write(
            f"commitments/{template}",
            to=owner.email,
            language=organisation.language,
            context={
                "commitment": commitment,
                "organisation": organisation,
                "own": own,
                "public": public,
                "comments": list(commitment.comments.filter(answered_at=None)),
            },
        )


def ask(row: Ask) -> None:
    """Ask a person how it goes: the link opens the form, and nothing is told by opening it."""
    share = row.share
    language = share.organisation.language
    with in_language(language):
        address = reverse("commitments:tell", kwargs={"key": row.key})
    write(
        "commitments/ask",
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
