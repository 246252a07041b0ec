"""The letter on the day to follow up, to those who keep the area, each in their language."""

from django.urls import reverse

from partnership.authorities.models import AreaOfficer
from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import Decision


def follow_up(decision: Decision) -> None:
    """Ask what came of a decision: one letter to each officer, or to who recorded it."""
    officers = AreaOfficer.objects.standing().filter(area=decision.area)
    to = User.objects.filter(is_active=True, pk__in=officers.values("user"))
    if not to and decision.recorded_by_id:
        to = User.objects.filter(is_active=True, pk=decision.recorded_by_id)
    for user in to.order_by("pk"):
        with in_language(user.language):
            context = {
                "area": decision.area.name,
                "decision": decision,
                "page": reverse("meetings:change", args=[decision.pk]),
            }
        write("meetings/follow_up", to=user.email, language=user.language, context=context)
