"""The programme team's side in /cms/: the queue of applications, and a page of each."""

from functools import partial

import django_filters
from django import forms
from django.db.models import Case, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.log_actions import registry

from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from .forms import WordsForm
from .models import Membership, Organisation
from .permissions import may_decide, may_review
from .services import memberships

Status = Membership.Status
TO_APPLICANT = gettext_lazy("These words go into the e-mail to the applicant.")


class QueueFilters(CountingFilters):
    """State and kind, each choice with its number of applications."""

    counted = {"status": Status, "kind": Organisation.Kind}

    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        field_name="organisation__kind",
        label=gettext_lazy("Kind of organisation"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()


class QueueView(IndexView):
    """What waits for a decision comes first, the longest waiting before the others."""

    def get_base_queryset(self):
        first = Case(When(status=Status.APPLIED, then=Value(0)), default=Value(1))
        return Membership.objects.select_related("organisation").annotate(
            turn=first, came_at=Coalesce("answered_at", "applied_at")
        )

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("turn", "came_at", "pk")


def with_reason(service):
    """The service, called with the words of the form as its reason."""
    return lambda membership, *, text, **given: service(membership, reason=text, **given)


class ReviewView(CaseView):
    """One application with all that was sent, its history and notes.

    A second decision is told that somebody was first; nobody decides on an organisation of their
    own.
    """

    page_title = gettext_lazy("Application for membership")
    moves = {
        "approve": Move(
            to=Status.ACTIVE,
            make=memberships.approve,
            expects=True,
            done=gettext_lazy("The organisation is now a member."),
        ),
        "return": Move(
            to=Status.RETURNED,
            make=with_reason(memberships.return_for_more),
            expects=True,
            form=partial(
                WordsForm,
                label=gettext_lazy("What should the applicant add or change?"),
                help_text=TO_APPLICANT,
                auto_id="return-%s",
            ),
            done=gettext_lazy("The application has been returned to the applicant."),
        ),
        "decline": Move(
            to=Status.DECLINED,
            make=with_reason(memberships.decline),
            expects=True,
            form=partial(
                WordsForm,
                label=gettext_lazy("Why is the application declined?"),
                help_text=TO_APPLICANT,
                auto_id="decline-%s",
            ),
            done=gettext_lazy("The application has been declined."),
        ),
        "end": Move(
            to=Status.ENDED,
            make=with_reason(memberships.end),
            form=partial(
                WordsForm,
                label=gettext_lazy("Why does the membership end?"),
                help_text=TO_APPLICANT,
                auto_id="end-%s",
            ),
            done=gettext_lazy("The membership has been ended."),
        ),
        "note": Move(
            make=memberships.note,
            form=partial(
                WordsForm,
                label=gettext_lazy("Internal note"),
                help_text=gettext_lazy("Only the programme team sees notes."),
                auto_id="note-%s",
            ),
            done=gettext_lazy("The note has been kept."),
        ),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy(
            "Somebody was first: the application is now in the state “%(state)s”."
        ),
        Stale: gettext_lazy(
            "The application or the profile changed after you opened it. Read it again."
        ),
    }

    def get_queryset(self):
        return Membership.objects.select_related("organisation__logo", "applicant")

    def may_make(self, name):
        return super().may_make(name) and (
            name == "note" or may_decide(self.request.user, self.object)
        )

    def in_words(self, refusal):
        return str(super().in_words(refusal)) % {"state": self.object.get_status_display()}

    def get_history(self):
        """What is in the log of the application and of its organisation, the newest first."""
        entries = [
            entry
            for instance in (self.object, self.object.organisation)
            for entry in registry.get_logs_for_instance(instance).select_related("user")
        ]
        return sorted(entries, key=lambda entry: (entry.timestamp, entry.pk), reverse=True)

    def get_context_data(self, **kwargs):
        membership = self.object
        organisation = membership.organisation
        return super().get_context_data(
            membership=membership,
            organisation=organisation,
            areas=organisation.areas.all(),
            topics=organisation.topics.all(),
            people=organisation.representatives.select_related("user"),
            earlier=organisation.memberships.exclude(pk=membership.pk),
            notes=membership.notes.select_related("author"),
            may_decide=may_decide(self.request.user, membership),
            waits=membership.status == Status.APPLIED,
            is_member=membership.status == Status.ACTIVE,
            **kwargs,
        )


class MembershipViewSet(CaseViewSet):
    """Applications and memberships: a list and a page of each, and no way to write the rows."""

    model = Membership
    name = url_prefix = "memberships"
    icon = "group"
    menu_label = gettext_lazy("Applications")
    menu_order = 260
    add_to_reference_index = True
    index_view_class = QueueView
    inspect_view_class = ReviewView
    inspect_template_name = "organisations/cms/review.html"
    filterset_class = QueueFilters
    search_fields = ["organisation__name_fi", "organisation__business_id"]
    list_display = [
        TitleColumn(
            "organisation", label=gettext_lazy("The organisation"), url_name="memberships:inspect"
        ),
        Column(
            "kind",
            label=gettext_lazy("Kind of organisation"),
            accessor="organisation.get_kind_display",
        ),
        StatusTagColumn(
            "status",
            label=gettext_lazy("State"),
            accessor="get_status_display",
            primary=lambda membership: membership.status == Status.APPLIED,
        ),
        DateColumn("came_at", label=gettext_lazy("Came in"), sort_key="came_at"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Membership, may_review)

    def waiting(self, user):
        return Membership.objects.waiting().count()
