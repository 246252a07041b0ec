"""What has happened in the programme: new members, calls, measures that moved, new offers."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.organisations.models import Membership

from .happening import Event
from .models import Call, Measure, Offer


def of_programme(number: int) -> list[Event]:
    """The newest of each kind: four queries."""
    members = Membership.objects.active().filter(decided_at__isnull=False)
    joined = [
        Event(
            at=row.decided_at,
            what=_("New partner"),
            title=row.organisation.name,
            url=row.organisation.get_absolute_url(),
            example=row.organisation.example,
        )
        for row in members.select_related("organisation").order_by("-decided_at")[:number]
    ]
    calls = [
        Event(
            at=_morning(row.opens_on),
            what=_("New call"),
            title=row.name,
            url=row.get_absolute_url(),
            example=row.example,
        )
        for row in Call.objects.opened().order_by("-opens_on", "-pk")[:number]
    ]
    measures = [
        Event(
            at=_morning(row.told_on),
            what=_("Measure: %(state)s") % {"state": row.get_state_display().lower()},
            title=row.name,
            url=row.get_absolute_url(),
            example=row.example,
        )
        for row in Measure.objects.exclude(state=Measure.State.PLANNED).order_by("-told_on")[
            :number
        ]
    ]
    offers = [
        Event(
            at=row.published_at,
            what=row.get_kind_display(),
            title=row.title,
            url=row.get_absolute_url(),
            language=row.language,
            example=row.example,
        )
        for row in Offer.objects.running()[:number]
    ]
    return [*joined, *calls, *measures, *offers]


def _morning(day) -> datetime:
    """A day among moments: its first."""
    return timezone.make_aware(datetime.combine(day, time.min))
