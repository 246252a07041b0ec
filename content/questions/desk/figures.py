"""How the legal service does: what waits, how long answers take, what needed no question."""

from datetime import timedelta

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from content.questions.figures import PERIOD, figures
from content.questions.models import Deflection, Question


class FiguresView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Counts by state, month, theme and lawyer; a handful of queries, however many questions."""

    permission_policy = None
    permission_required = "view"
    page_title = gettext_lazy("Figures of legal questions")
    template_name = "questions/cms/figures.html"
    header_icon = "help"

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("legal_questions:index"), "label": _("Legal questions")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs):
        now = timezone.now()
        questions = Question.objects.order_by()
        by_state = dict(questions.values_list("state").annotate(Count("pk")))
        received = _by_month(questions.filter(received_at__gte=now - PERIOD), "received_at")
        answered = _by_month(questions.filter(answered_at__gte=now - PERIOD), "answered_at")
        found = Deflection.objects.filter(at__gte=now - PERIOD)
        return super().get_context_data(
            figures=figures(Question.objects.all(), now),
            overdue=Question.objects.overdue(timezone.localdate()).count(),
            states=[(state.label, by_state.get(state.value, 0)) for state in Question.State],
            months=[
                (month, received.get(month, 0), answered.get(month, 0))
                for month in sorted({*received, *answered}, reverse=True)
            ],
            lawyers=questions.open()
            .filter(handler__isnull=False)
            .values("handler__first_name", "handler__last_name")
            .annotate(
                number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=timezone.localdate()))
            )
            .order_by("-number"),
            deflected=found.count(),
            answered_by=found.order_by()
            .values("title", "url")
            .annotate(number=Count("pk"))
            .order_by("-number", "title")[:10],
            since=now - PERIOD + timedelta(days=1),
            **kwargs,
        )


def _by_month(questions, field):
    return dict(
        questions.annotate(month=TruncMonth(field)).values_list("month").annotate(Count("pk"))
    )
