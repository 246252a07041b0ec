"""The release calendar in /cms/: releases are announced, confirmed, moved and called off."""

from django import forms
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from monitoring.datasets import calendar
from monitoring.datasets.models import Dataset, PlanChange, PlannedRelease
from portal.casework import CasePolicy, CaseView, CaseViewSet, Move
from portal.cms import trail
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from .forms import MomentInput
from .releases import may_handle

State = PlannedRelease.State
REASON = PlanChange._meta.get_field("reason").max_length


def _moment() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=gettext_lazy("To be released"),
        input_formats=["%Y-%m-%dT%H:%M"],
        widget=MomentInput,
        help_text=gettext_lazy("Day and minute in Finland. Everybody sees them in the calendar."),
    )


def _reason() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Why"),
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Shown in the calendar for good, with the day that was planned."),
    )


class PlanForm(forms.Form):
    dataset = forms.ModelChoiceField(
        Dataset.objects.all(),
        label=gettext_lazy("Dataset"),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose"),
    )
    period = forms.CharField(
        label=gettext_lazy("Period of the figures"),
        max_length=10,
        help_text=gettext_lazy("As the dataset has it: 2025, 2025Q1 or 2025M01."),
    )
    planned_at = _moment()


class MoveForm(forms.Form):
    planned_at = _moment()
    reason = _reason()


class CancelForm(forms.Form):
    reason = _reason()


class PlanView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """GET: the form. POST: announce a release."""

    form_class = PlanForm
    template_name = "datasets/cms/plan_new.html"
    page_title = gettext_lazy("Announce a release")
    header_icon = "calendar-alt"
    model = PlannedRelease
    permission_required = "view"
    index_url_name = None

    def get_breadcrumbs_items(self):
        index = "planned_releases:index"
        return trail(self, index, gettext_lazy("Release calendar"), self.get_page_title())

    def form_valid(self, form):
        try:
            plan = calendar.plan(**form.cleaned_data, by=self.request.user)
        except calendar.PeriodWrong:
            form.add_error("period", _("A period of the dataset: 2025, 2025Q1 or 2025M01."))
        except calendar.AlreadyPlanned:
            form.add_error("period", _("The figures of this period are planned already."))
        else:
            messages.success(self.request, _("The release has been announced."))
            return redirect("planned_releases:inspect", plan.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PlansView(IndexView):
    def get_base_queryset(self):
        return PlannedRelease.objects.select_related("dataset")

    @property
    def header_more_buttons(self):
        new = reverse("planned_releases:new")
        return [Button(_("Announce a release"), new, icon_name="plus")]


class PlannedView(CaseView):
    """A planned release with all its changes, and what can be done to it."""

    page_title = gettext_lazy("Planned release")
    moves = {
        "confirm": Move(
            make=calendar.confirm,
            done=gettext_lazy("The day has been confirmed."),
            to=State.CONFIRMED,
            expects=True,
            button=gettext_lazy("Confirm the day"),
        ),
        "move": Move(
            make=calendar.move,
            done=gettext_lazy("The release has been put to another minute."),
            to=State.PUBLISHED,
            expects=True,
            button=gettext_lazy("Change the day"),
            form=MoveForm,
            heading=gettext_lazy("Change the day"),
            icon="calendar-alt",
        ),
        "cancel": Move(
            make=calendar.cancel,
            done=gettext_lazy("The release has been called off."),
            to=State.CANCELLED,
            expects=True,
            button=gettext_lazy("Call the release off"),
            form=CancelForm,
            heading=gettext_lazy("Call the release off"),
            icon="cross",
            secondary=True,
        ),
    }
    refusals = {
        calendar.ReasonMissing: gettext_lazy("Say why: readers have planned by the day."),
        calendar.SameMinute: gettext_lazy("The release is planned for that minute already."),
        TransitionNotAllowed: gettext_lazy("The figures are out, or the release was called off."),
        Stale: gettext_lazy("The plan has changed since you opened it. Read it once more."),
    }

    def get_queryset(self):
        return PlannedRelease.objects.select_related("dataset").prefetch_related("changes")


class PlansDesk(CaseViewSet):
    """Planned releases: changed by their moves only, so that each change stays."""

    model = PlannedRelease
    name = "planned_releases"
    url_prefix = "planned-releases"
    icon = "calendar-alt"
    menu_label = gettext_lazy("Release calendar")
    menu_order = 252
    index_view_class = PlansView
    inspect_view_class = PlannedView
    inspect_template_name = "datasets/cms/plan.html"
    list_display = ["dataset", "period", "planned_at", "state"]
    list_filter = ["state", "dataset"]
    ordering = ["-planned_at"]
    list_per_page = 30

    @property
    def permission_policy(self):
        return CasePolicy(PlannedRelease, may_handle)

    def more_urls(self):
        return [path("new/", self.construct_view(PlanView), name="new")]


plans_desk = PlansDesk()
