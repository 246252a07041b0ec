"""How the legal service does: what waits, how long answers take, what needed no question."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Value
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.questions.figures import PERIOD, figures
from content.questions.models import Deflection, Question
from content.questions.models.cases import late
from portal.cms import trail


@dataclass
class Lawyer:
    """How many open questions a lawyer has, and how many of these are overdue."""

    name: str
    number: int = 0
    late: int = 0


class FiguresView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Counts by state, month, theme and lawyer; a handful of queries, however many questions."""

    permission_policy = None
    permission_required = "view"
    page_title = gettext_lazy("Figures of legal questions")
    template_name = "questions/cms/figures.html"
    header_icon = "help"

    def get_breadcrumbs_items(self):
        return trail(self, "legal_questions:index", _("Legal questions"), self.get_page_title())

    def get_context_data(self, **kwargs):
        now = timezone.now()
        found = Deflection.objects.filter(at__gte=now - PERIOD)
        return super().get_context_data(
            figures=figures(Question.objects.all(), now),
            deflected=found.count(),
            answered_by=found.order_by()
            .values("title", "url")
            .annotate(number=Count("pk"))
            .order_by("-number", "title")[:10],
            months=_months(now - PERIOD),
            **_work(timezone.localdate(now)),
            **kwargs,
        )


def _work(today: date) -> dict:
    """Questions by state, the open ones by lawyer, and how many are overdue: one query."""
    rows = (
        Question.objects.order_by()
        .values_list("state", "handler_id", "handler__first_name", "handler__last_name")
        .annotate(number=Count("pk"), late=Count("pk", filter=late(today)))
    )
    states: Counter[str] = Counter()
    lawyers: dict[int, Lawyer] = {}
    overdue = 0
    for state, handler, first_name, last_name, number, number_late in rows:
        states[state] += number
        overdue += number_late
        if handler is not None and state in Question.OPEN:
            lawyer = lawyers.setdefault(handler, Lawyer(f"{first_name} {last_name}"))
            lawyer.number += number
            lawyer.late += number_late
    return {
        "overdue": overdue,
        "states": [(state.label, states[state.value]) for state in Question.State],
        "lawyers": sorted(lawyers.values(), key=lambda one: (-one.number, one.name)),
    }


def _months(since: datetime) -> list[tuple[datetime, int, int]]:
    """Each month with how many were received and answered in it, the latest first: one query."""
    rows = _by_month("received_at", since).union(_by_month("answered_at", since), all=True)
    months: dict[datetime, Counter[str]] = defaultdict(Counter)
    for what, month, number in rows:
        months[month][what] = number
    return [
        (month, counts["received_at"], counts["answered_at"])
        for month, counts in sorted(months.items(), reverse=True)
    ]


def _by_month(field: str, since: datetime):
    return (
        Question.objects.order_by()
        .filter(**{f"{field}__gte": since})
        .annotate(what=Value(field), month=TruncMonth(field))
        .values_list("what", "month")
        .annotate(number=Count("pk"))
    )
