"""Letters about practices, to the owners and editors of their organisation."""

from django.urls import reverse

from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import Practice


def to_people(practice: Practice, template: str) -> None:
    """One letter to each owner that has an account in use, in the event's transaction."""
    organisation = practice.organisation
    owners = User.objects.filter(
        is_active=True,
        representations__organisation=organisation,
        representations__role=Role.OWNER,
    )
    with in_language(organisation.language):
        context = {
            "practice": practice,
            "title": str(practice),
            "own": reverse("practices:own", args=[practice.pk]),
            "public": practice.get_absolute_url(),
        }
    for owner in owners.order_by("pk"):
        write(
            f"practices/{template}",
            to=owner.email,
            language=organisation.language,
            context=context,
        )
