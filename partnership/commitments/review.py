"""The programme team's side in /cms/: the queue of commitments, and a page of each."""

from functools import partial

import django_filters
from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from . import criteria
from .forms import CommentsForm, labels
from .models import Commitment
from .permissions import may_decide, may_review
from .services import decisions

State = Commitment.State


class QueueFilters(CountingFilters):
    counted = {"state": State}

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Commitment
        fields: tuple[str, ...] = ()


class QueueView(IndexView):
    """What waits for the team comes first, the longest waiting before the others."""

    def get_base_queryset(self):
        first = Case(When(state=State.SUBMITTED, then=Value(0)), default=Value(1))
        return (
            Commitment.objects.exclude(state=State.DRAFT)
            .select_related("organisation")
            .annotate(turn=first)
        )

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("turn", "submitted_at", "pk")


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
    refusals = {
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
        return names

    def may_make(self, name):
        return super().may_make(name) and may_decide(self.request.user, self.object)

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
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Commitment, may_review)

    def waiting(self, user):
        return Commitment.objects.waiting().count()
