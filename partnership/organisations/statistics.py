"""How applications are handled, in figures for the programme team."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from portal import working_days
from portal.cms import trail

from .models import Confirmation, ConfirmationAsk, Membership, Organisation, Period, Renewal

A_YEAR = timedelta(days=365)


class StatisticsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Counts by state and kind, times to a decision, and who goes on into the period at hand.

    A handful of queries, however many applications there are.
    """

    permission_policy = None
    permission_required = "view"
    page_title = gettext_lazy("Figures of applications")
    template_name = "organisations/cms/figures.html"
    header_icon = "group"

    def get_breadcrumbs_items(self):
        return trail(self, "memberships:index", _("Applications"), self.get_page_title())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **_by_state(), **_times(), **_going_on(), **_entries(), by_kind=_by_kind(), **kwargs
        )


def _by_state() -> dict:
    """How many there are in each state, and how many of the waiting ones are overdue."""
    rows = Membership.objects.order_by().values_list("status").annotate(Count("pk"))
    counts = Counter(dict(rows))
    late = Membership.objects.waiting().filter(due_on__lt=timezone.localdate())
    return {
        "states": [(state.label, counts[state.value]) for state in Membership.Status],
        "waiting": sum(counts[state] for state in Membership.WAITING),
        "overdue": late.count(),
    }


def _times() -> dict:
    """Decisions of a year: how many, the middle one's working days, how many within the target.

    Counted from the answer when the applicant was asked for more.
    """
    since = timezone.now() - A_YEAR
    decided = Membership.objects.filter(decided_at__gte=since).order_by()
    days = sorted(
        working_days.between(
            timezone.localdate(answered or applied), timezone.localdate(decided_at)
        )
        for applied, answered, decided_at in decided.values_list(
            "applied_at", "answered_at", "decided_at"
        )
    )
    return {
        "decided": len(days),
        "median_days": days[(len(days) - 1) // 2] if days else None,
        "in_time": sum(one <= Membership.TARGET for one in days),
        "target": Membership.TARGET,
    }


def _going_on() -> dict:
    """Of those asked to go on into the newest period: how many did, and how many lapsed."""
    period = Period.objects.joined()
    asked = Renewal.objects.filter(period=period) if period else Renewal.objects.none()
    lapsed = asked.filter(confirmed_at=None, membership__status=Membership.Status.LAPSED)
    return {
        "period": period,
        "asked": asked.count(),
        "reminded": asked.exclude(reminded_at=None).count(),
        "confirmed": asked.exclude(confirmed_at=None).count(),
        "taken_back": ModelLogEntry.objects.filter(
            action="organisations.undo_renewal", timestamp__gte=timezone.now() - A_YEAR
        ).count(),
        "lapsed": lapsed.count(),
    }


def _entries() -> dict:
    """Letters of a year that asked to confirm an entry, and what came of them."""
    since = timezone.now() - A_YEAR
    asks = ConfirmationAsk.objects.filter(asked_at__gte=since)
    made = Confirmation.objects.filter(ask__isnull=False, at__gte=since)
    return {
        "entries": [
            (_("Letters that asked to confirm the entry"), asks.count()),
            (_("of them reminders"), asks.filter(reminder=True).count()),
            (_("Confirmed through a letter"), made.filter(undone_at=None).count()),
            (_("Taken back"), made.exclude(undone_at=None).count()),
            (
                _("Hidden now as not confirmed"),
                Organisation.objects.members().count() - Organisation.objects.listed().count(),
            ),
        ]
    }


def _by_kind() -> list[tuple[str, int]]:
    """Members by the kind of their organisation."""
    rows = (
        Membership.objects.active()
        .order_by()
        .values_list("organisation__kind")
        .annotate(Count("pk"))
    )
    counts = Counter(dict(rows))
    return [(str(kind.label), counts[kind.value]) for kind in Organisation.Kind]
