"""The programme team's side in /cms/: the queue of commitments, and a page of each."""

from functools import partial

import django_filters
from django import forms
from django.db.models import Case, Exists, OuterRef, Value, When
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button

from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from . import criteria
from .errors import AlreadyAnswered, TooLate
from .forms import AnswerForm, CommentsForm, labels
from .models import Commitment, Confirmation, Report
from .models.shares import Level
from .permissions import may_decide, may_review
from .services import confirmations, decisions
from .services import team as team_services
from .team import AssignForm, FiguresView, LetterView

State = Commitment.State


class QueueFilters(CountingFilters):
    counted = {"state": State}

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )

    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Who reads it"),
        choices=[("me", gettext_lazy("I do")), ("nobody", gettext_lazy("Nobody yet"))],
        empty_label=gettext_lazy("All"),
        method="of",
    )

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ()

    def of(self, rows, name, value):
        return rows.filter(assignee=self.request.user if value == "me" else None)


class QueueView(IndexView):
    """What waits for the team comes first, the longest waiting before the others."""

    def get_base_queryset(self):
        first = Case(When(state=State.SUBMITTED, then=Value(0)), default=Value(1))
        return (
            Commitment.objects.exclude(state=State.DRAFT)
            .select_related("organisation", "assignee")
            .annotate(turn=first)
        )

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("turn", "submitted_at", "pk")

    @property
    def header_more_buttons(self):
        figures, letter = (
            reverse("commitments_review:figures"),
            reverse("commitments_review:letter"),
        )
        return [
            Button(gettext("Figures"), figures, icon_name="table"),
            Button(gettext("A letter to many"), letter, icon_name="mail"),
        ]


class AssessForm(AnswerForm):
    """The programme's word on one report; always with words."""

    report: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Which report"), queryset=Report.objects.none()
    )
    field_order = ("report", "answer", "words")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].required = True
        self.fields["answer"].label = gettext_lazy("What does the programme say?")


class ReviewView(CaseView):
    """One commitment as it was sent in; comments go back beside the fields that they are about.

    Nobody decides on a commitment in which an organisation of their own takes part.
    """

    page_title = gettext_lazy("Commitment")
    moves = {
        "publish": Move(
            to=State.PUBLISHED,
            make=decisions.publish,
            expects=True,
            done=gettext_lazy("The commitment is public now."),
        ),
        "return": Move(
            to=State.RETURNED,
            make=decisions.return_with_comments,
            expects=True,
            form=partial(CommentsForm, auto_id="return-%s"),
            done=gettext_lazy("The commitment has been returned with your comments."),
        ),
    }
    moves |= {
        "assign": Move(
            make=team_services.assign,
            form=AssignForm,
            heading=gettext_lazy("Who reads it"),
            icon="user",
            button=gettext_lazy("Save"),
            done=gettext_lazy("Saved."),
        ),
        "assess": Move(
            make=lambda commitment, *, report, **typed: confirmations.assess(report, **typed),
            form=AssessForm,
            heading=gettext_lazy("Assess a result"),
            icon="tick",
            button=gettext_lazy("Assess"),
            hint=lambda commitment: gettext(
                "Everybody can read your words beside the report, and the organisation may reply."
            ),
            done=gettext_lazy("The assessment stands beside the report."),
        ),
    }
    refusals = {
        AlreadyAnswered: gettext_lazy("This report has been assessed already."),
        TooLate: gettext_lazy("The report has been taken back."),
        TransitionNotAllowed: gettext_lazy("Somebody was first: it is in another state now."),
        Stale: gettext_lazy("It changed after you opened it. Read it again."),
    }

    def get_queryset(self):
        rows = Commitment.objects.exclude(state=State.DRAFT)
        return rows.select_related("organisation", "indicator").prefetch_related(
            "areas", "milestones", "section_links__section__act"
        )

    @property
    def possible(self):
        names = super().possible
        if self.object.state != State.SUBMITTED:
            names = [name for name in names if name != "publish"]
        if not self.forms["assess"].fields["report"].queryset.exists():
            names.remove("assess")
        return names

    @cached_property
    def forms(self):
        """The reports that can be assessed are those of this commitment that stand without it."""
        found = super().forms
        reports = Report.objects.standing().filter(share__commitment=self.object)
        words = Confirmation.objects.answered().filter(source=Level.PROGRAMME)
        found["assess"].fields["report"].queryset = reports.exclude(
            Exists(words.filter(report=OuterRef("pk")))
        ).select_related("share__organisation", "share__commitment")
        return found

    def may_make(self, name):
        decides = name == "assign" or may_decide(self.request.user, self.object)
        return super().may_make(name) and decides

    def get_context_data(self, **kwargs):
        words = {name: getattr(self.object, name) for name in Commitment.WORDS}
        names = labels()
        return super().get_context_data(
            commitment=self.object,
            parts=[(names[name], text) for name, text in words.items()],
            hints=[
                (names[hint.field], hint) for hint in criteria.hints(words, self.object.language)
            ],
            missing=[names[name] for name in criteria.missing(self.object)],
            may_decide=may_decide(self.request.user, self.object),
            waits=self.object.state == State.SUBMITTED,
            comments=[
                (names[one.field], one) for one in self.object.comments.select_related("author")
            ],
            **kwargs,
        )


class CommitmentViewSet(CaseViewSet):
    """Commitments that were sent in: a list and a page of each, moved by their moves alone."""

    model = Commitment
    name = "commitments_review"
    url_prefix = "commitments"
    icon = "tick-inverse"
    menu_label = gettext_lazy("Commitments")
    menu_order = 261
    index_view_class = QueueView
    inspect_view_class = ReviewView
    inspect_template_name = "commitments/cms/review.html"
    filterset_class = QueueFilters
    search_fields = ["title", "organisation__name_fi"]
    list_display = [
        TitleColumn(
            "title",
            label=gettext_lazy("The commitment"),
            url_name="commitments_review:inspect",
        ),
        Column("organisation", label=gettext_lazy("The organisation")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == State.SUBMITTED,
        ),
        DateColumn("submitted_at", label=gettext_lazy("Sent in"), sort_key="submitted_at"),
        Column("assignee", label=gettext_lazy("Who reads it"), sort_key="assignee"),
        DateColumn("read_by", label=gettext_lazy("To be read by"), sort_key="read_by"),
    ]
    list_export = [
        "title",
        "organisation",
        "state",
        "submitted_at",
        "assignee",
        "read_by",
        "published_at",
        "told_at",
        "progress",
    ]
    export_filename = "commitments"

    def more_urls(self):
        policy = self.permission_policy
        return [
            path("figures/", FiguresView.as_view(permission_policy=policy), name="figures"),
            path("letter/", LetterView.as_view(permission_policy=policy), name="letter"),
        ]

    @property
    def permission_policy(self):
        return CasePolicy(Commitment, may_review)

    def waiting(self, user):
        return Commitment.objects.waiting().count()
