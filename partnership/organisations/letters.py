"""Letters about a membership, to the organisation's owners, in its language of correspondence."""

from portal.accounts.models import User
from portal.mail.outbox import write

from .models import Invitation, Membership
from .models.people import Role


def to_owners(template: str, membership: Membership, *, reason: str = "") -> None:
    """Write one letter to each owner that has an account in use, in the event's transaction."""
    organisation = membership.organisation
    owners = User.objects.filter(
        is_active=True,
        representations__organisation=organisation,
        representations__role=Role.OWNER,
    )
    for owner in owners.order_by("pk"):
        write(
            f"organisations/{template}",
            to=owner.email,
            language=organisation.language,
            context={"organisation": organisation, "reason": reason},
        )


def invitation(row: Invitation) -> None:
    """Ask a person to act for the organisation: in their own language if they have an account."""
    reader = User.objects.filter(email__iexact=row.email).first()
    write(
        "organisations/invitation",
        to=row.email,
        language=reader.language if reader else row.organisation.language,
        context={"invitation": row, "organisation": row.organisation, "inviter": row.invited_by},
        holds_key=True,
        plain=True,
    )
