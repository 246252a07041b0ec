"""What commitments tell of the people of organisations: for whom they acted, and who answered."""

from datetime import datetime

from django.db.models import QuerySet

from partnership.organisations.acts import OnBehalf
from partnership.organisations.answering import SignsOfLife

from .models import Commitment, Report, Share


def of_commitment(pk: int) -> list[int]:
    """The organisations that take part in a commitment, its leader first."""
    leader = Commitment.objects.filter(pk=pk).values_list("organisation", flat=True)
    partners = Share.objects.filter(commitment=pk).order_by("pk")
    return [*leader, *partners.values_list("organisation", flat=True)]


def told_since(moment: datetime) -> QuerySet:
    """Who told how it goes, through a letter's link too."""
    return Report.objects.filter(at__gt=moment, by__isnull=False).values("by")


ON_BEHALF = OnBehalf({Commitment: of_commitment})
SIGNS_OF_LIFE = SignsOfLife(told_since)
