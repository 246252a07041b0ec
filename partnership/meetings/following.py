"""Recorded decisions for those who follow the area."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy

from portal.languages import in_language
from portal.notifications import activity
from portal.notifications.following import Target, User, Verb

from .models import Decision

DECISION = "decision"
RECORDED = Verb("recorded", gettext_lazy("Read and decided"), is_new=True)


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The decisions by number that the person may see: one query."""
    wanted = [int(one) for one in subjects if one.isdecimal() and len(one) < 10]
    rows = Decision.objects.visible_to(user).filter(pk__in=wanted).select_related("area")
    with in_language(language):
        return {
            str(row.pk): Target(f"{row.area.name}: {row.body}", row.get_absolute_url())
            for row in rows
        }


def recorded(decision: Decision) -> None:
    """Tell those who follow the area."""
    thing = (DECISION, str(decision.pk))
    activity.record_activity(
        f"decision:{decision.pk}",
        thing=thing,
        targets=[thing, ("area", decision.area.key)],
        verb=RECORDED,
    )
