"""What calls and offers ask of the people of organisations, and of the programme team."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.inbox import Inbox, Task

from .models import Call, Offer
from .models.offers import WARNED_BEFORE
from .permissions import may_manage

READ_FOR = timedelta(days=30)  # after the deadline


def offers(user) -> Iterator[Task]:
    """What ends within two weeks: one press renews it. Two queries."""
    rows = Offer.objects.running().of(user)
    last = timezone.localdate() + WARNED_BEFORE
    for row in rows.filter(expires_on__lte=last).select_related("organisation"):
        yield Task(
            what=_("Renew it, or let it end"),
            title=row.title,
            url=reverse("programme:own_offer", args=[row.pk]),
            due=row.expires_on,
            on_behalf=row.organisation.name,
            language=row.language,
        )


def calls(user) -> Iterator[Task]:
    """For the team: calls with interest to read. For people: open calls not answered yet.

    Three queries.
    """
    today = timezone.localdate()
    if may_manage(user):
        standing = Count("interests", filter=Q(interests__withdrawn_at=None))
        recent = Call.objects.filter(closes_on__gte=today - READ_FOR)
        for row in recent.annotate(interested=standing).filter(interested__gt=0):
            yield Task(
                what=_("Read the expressions of interest"),
                title=row.name,
                url=f"{reverse('interests:index')}?call={row.pk}",
                due=row.closes_on,
            )
    acting = Organisation.objects.of(user)
    if not acting.exists():
        return
    answered = Q(interests__withdrawn_at=None, interests__organisation__in=acting.values("pk"))
    for row in Call.objects.open_now().exclude(pk__in=Call.objects.filter(answered).values("pk")):
        yield Task(
            what=_("A call is open"),
            title=row.name,
            url=reverse("programme:call", args=[row.slug]),
            due=row.closes_on,
        )


OF_OFFERS = Inbox(_("We seek, we offer"), offers)
OF_CALLS = Inbox(_("Calls"), calls)
