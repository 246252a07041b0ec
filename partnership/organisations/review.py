"""The programme team's side in /cms/: the queue of applications, and a page of each."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, Value, When
from django.db.models.functions import Coalesce
from django.http import HttpResponseRedirect
from django.urls import path
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.log_actions import registry
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.cms import FewerViews, counting
from portal.concurrency import Stale

from .errors import MoveNotAllowed
from .forms import WordsForm
from .models import Membership, Organisation
from .permissions import may_decide, may_review
from .services import memberships

Status = Membership.Status


class ReviewPolicy(BasePermissionPolicy):
    """The programme team sees applications; they are made and changed elsewhere."""

    def user_has_permission(self, user, action):
        return action == "view" and may_review(user)


class WaitingMenuItem(MenuItem):
    """The menu's way to the queue, with how many applications wait."""

    def is_shown(self, request):
        return may_review(request.user)

    def render_component(self, request):
        return counting(super().render_component(request), Membership.objects.waiting().count())


class QueueFilters(WagtailFilterSet):
    """State and kind, each choice with its number of applications."""

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in (("status", Status), ("kind", Organisation.Kind)):
            column = self.filters[name].field_name
            rows = Membership.objects.order_by().values_list(column)
            counts = dict(rows.annotate(number=Count("pk")))
            self.filters[name].extra["choices"] = [
                (word.value, f"{word.label} ({counts.get(word.value, 0)})") for word in words
            ]


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


class ReviewView(InspectView):
    """One application with all that was sent, its history and notes; POST makes one of `MOVES`.

    `move` names what is done and `text` carries the words that go with it. A second decision is
    told that somebody was first; nobody decides on an organisation of their own.
    """

    MOVES = {
        "approve": gettext_lazy("The organisation is now a member."),
        "return": gettext_lazy("The application has been returned to the applicant."),
        "decline": gettext_lazy("The application has been declined."),
        "end": gettext_lazy("The membership has been ended."),
        "note": gettext_lazy("The note has been kept."),
    }
    page_title = gettext_lazy("Application for membership")

    def get_object(self, queryset=None):
        self.model = Membership
        return super().get_object(
            Membership.objects.select_related("organisation__logo", "applicant")
        )

    def get_fields(self):
        return []

    @cached_property
    def words(self):
        """The forms of the moves that need words, by the name of the move."""
        reason = gettext_lazy("These words go into the e-mail to the applicant.")
        labels = {
            "return": (gettext_lazy("What should the applicant add or change?"), reason),
            "decline": (gettext_lazy("Why is the application declined?"), reason),
            "end": (gettext_lazy("Why does the membership end?"), reason),
            "note": (
                gettext_lazy("Internal note"),
                gettext_lazy("Only the programme team sees notes."),
            ),
        }
        sent = self.request.POST.get("move")
        return {
            name: WordsForm(
                self.request.POST if name == sent else None,
                label=label,
                help_text=help_text,
                auto_id=f"{name}-%s",
            )
            for name, (label, help_text) in labels.items()
        }

    def post(self, request, *args, **kwargs):
        move = request.POST.get("move", "")
        if move not in self.MOVES:
            raise PermissionDenied
        if move != "note" and not may_decide(request.user, self.object):
            raise PermissionDenied
        form = self.words.get(move)
        if form and not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        try:
            self._make(move, form.cleaned_data["text"] if form else "")
        except MoveNotAllowed:
            messages.error(
                request,
                _("Somebody was first: the application is now in the state “%(state)s”.")
                % {"state": self.object.get_status_display()},
            )
        except Stale:
            messages.error(
                request,
                _("The application or the profile changed after you opened it. Read it again."),
            )
        else:
            messages.success(request, self.MOVES[move])
        return HttpResponseRedirect(request.path)

    def _make(self, move, text):
        by, seen = self.request.user, self.request.POST.get("seen", "")
        if move == "approve":
            memberships.approve(self.object, by=by, seen=seen)
        elif move == "return":
            memberships.return_for_more(self.object, by=by, reason=text, seen=seen)
        elif move == "decline":
            memberships.decline(self.object, by=by, reason=text, seen=seen)
        elif move == "end":
            memberships.end(self.object, by=by, reason=text)
        else:
            memberships.note(self.object, by=by, text=text)

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
            history=_history(membership),
            may_decide=may_decide(self.request.user, membership),
            waits=membership.status == Status.APPLIED,
            is_member=membership.status == Status.ACTIVE,
            words=self.words,
            **kwargs,
        )


def _history(membership):
    """What is in the log of the application and of its organisation, the newest first."""
    entries = [
        entry
        for instance in (membership, membership.organisation)
        for entry in registry.get_logs_for_instance(instance).select_related("user")
    ]
    return sorted(entries, key=lambda entry: (entry.timestamp, entry.pk), reverse=True)


class MembershipViewSet(FewerViews):
    """Applications and memberships: a list and a page of each, and no way to write the rows."""

    model = Membership
    name = url_prefix = "memberships"
    icon = "group"
    menu_label = gettext_lazy("Applications")
    menu_item_class = WaitingMenuItem
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = QueueView
    inspect_view_class = ReviewView
    inspect_template_name = "organisations/cms/review.html"
    filterset_class = QueueFilters
    search_fields = ["organisation__name_fi", "organisation__business_id"]
    search_backend_name = None
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
    WITHOUT = ("add", "edit", "delete", "usage", "history")

    @property
    def permission_policy(self):
        return ReviewPolicy(Membership)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
