"""The letter to who has been named an officer, in their own language."""

from django.urls import reverse

from portal.languages import in_language
from portal.mail.outbox import write

from .models import AreaOfficer


def named(officer: AreaOfficer) -> None:
    """What they keep from now on, who named them, and where."""
    with in_language(officer.user.language):
        page = reverse("authorities:area", args=[officer.area.key])
        context = {
            "area": officer.area.name,
            "organisation": officer.organisation.name,
            "page": page,
        }
    write(
        "authorities/named", to=officer.user.email, language=officer.user.language, context=context
    )
