"""The queue: what is most urgent first, and what narrows it."""

import django_filters
from django import forms
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from content.questions.inbox import waiting_for
from content.questions.models import Question
from content.questions.permissions import may_handle
from content.questions.services.absences import cases_of_the_away, checks_of_the_away
from law.models import Section
from portal.casework import CasePolicy, CaseViewSet
from portal.places.models import Area
from portal.topics.models import Audience, Topic

from .absences import AbsencesView
from .case import QuestionView
from .columns import COLUMNS
from .figures import FiguresView

State = Question.State


class QueueFilters(WagtailFilterSet):
    """What is open is shown unless a state is asked for."""

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), choices=State.choices, widget=forms.CheckboxSelectMultiple
    )
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Whose"),
        method="of",
        choices=[
            ("me", gettext_lazy("Waiting for me")),
            ("mine", gettext_lazy("Mine to answer")),
            ("check", gettext_lazy("Mine to check")),
            ("nobody", gettext_lazy("Nobody’s yet")),
        ],
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    overdue = django_filters.ChoiceFilter(
        label=gettext_lazy("Overdue"),
        method="late",
        choices=[("1", gettext_lazy("Yes"))],
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )
    topic = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Theme"), queryset=Topic.objects.all(), to_field_name="key"
    )
    section = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Section of the law"),
        field_name="sections",
        queryset=Section.objects.in_force().select_related("act"),
    )
    area = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Area"),
        queryset=Area.objects.exclude(kind=Area.Kind.MUNICIPALITY).choosable(),
        to_field_name="key",
    )
    audience = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Who asks"), queryset=Audience.objects.all(), to_field_name="key"
    )

    class Meta:
        model = Question
        fields: tuple[str, ...] = ()

    def of(self, questions, name, value):
        user = self.request.user
        if value == "me":
            return questions.filter(pk__in=waiting_for(user, timezone.localdate()).values("pk"))
        if value == "mine":
            return questions.filter(handler=user)
        if value == "check":
            return questions.filter(checker=user, state=State.CHECKED)
        return questions.filter(handler=None, state__in=Question.OPEN)

    def late(self, questions, name, value):
        return questions.overdue(timezone.localdate())


class QueueView(IndexView):
    """Open questions, unless the filters ask for others; those whose time runs out first on top."""

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return super().no_results_message
        return _("No questions are waiting.")

    def get_base_queryset(self):
        return (
            Question.objects.visible_to(self.request.user)
            .select_related("topic", "audience", "area", "handler", "checker")
            .defer("text", "reason")
        )

    def filter_queryset(self, queryset):
        asked = self.request.GET
        if not (asked.get("state") or self.is_searching):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def order_queryset(self, queryset):
        return super().order_queryset(queryset) if self.ordering else queryset.by_urgency()

    @property
    def header_more_buttons(self):
        figures, absences = reverse("legal_questions:figures"), reverse("legal_questions:absences")
        return [
            Button(_("Figures"), figures, icon_name="table"),
            Button(_("Absences"), absences, icon_name="calendar-alt"),
        ]

    def get_context_data(self, *args, **kwargs):
        today = timezone.localdate()
        waiting = cases_of_the_away(today).count() + checks_of_the_away(today).count()
        return super().get_context_data(*args, **kwargs) | {"cases_of_the_away": waiting}


class QuestionsDesk(CaseViewSet):
    """A list and a page of each question, and no way to write the rows but by their moves."""

    model = Question
    name = "legal_questions"
    url_prefix = "legal-questions"
    icon = "help"
    menu_label = gettext_lazy("Legal questions")
    menu_order = 240
    index_view_class = QueueView
    index_template_name = "questions/cms/queue.html"
    inspect_view_class = QuestionView
    inspect_template_name = "questions/cms/case.html"
    filterset_class = QueueFilters
    search_fields = ["number", "title", "text"]
    list_per_page = 30
    list_display = COLUMNS

    @property
    def permission_policy(self):
        return CasePolicy(Question, may_handle)

    def waiting(self, user):
        return waiting_for(user, timezone.localdate()).count()

    def more_urls(self):
        policy = self.permission_policy
        return [
            path("figures/", FiguresView.as_view(permission_policy=policy), name="figures"),
            path("absences/", AbsencesView.as_view(permission_policy=policy), name="absences"),
        ]


desk = QuestionsDesk()
