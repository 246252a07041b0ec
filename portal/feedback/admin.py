"""Feedback in /cms/: the list with its clock, and the page on which one is answered or closed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from portal.cms import FewerViews, counting, trail

from . import services
from .forms import AnswerForm, CloseForm
from .models import Feedback


def clock(feedback: Feedback) -> str:
    """How the time to answer stands, in words; nothing of what is closed."""
    if feedback.status != Feedback.Status.OPEN:
        return ""
    days = feedback.days_left
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("Last day today")
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


class FeedbackList(generic.IndexView):
    """Open feedback first, the most urgent on top; then what is closed, latest first."""

    any_permission_required = ["change"]
    list_filter = ["status", "kind", "language"]

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return super().no_results_message
        return _("No feedback is waiting. All feedback is answered within 14 days.")

    def get_base_queryset(self):
        return Feedback.objects.visible_to(self.request.user).by_urgency()

    def order_queryset(self, queryset):
        return queryset

    @cached_property
    def columns(self):
        return [
            TitleColumn("excerpt", label=_("Feedback"), get_url=self.get_edit_url),
            Column("get_kind_display", label=_("What it is about")),
            Column("get_language_display", label=_("Language")),
            DateColumn("received_at", label=_("Received")),
            Column("due_on", label=_("Answer by")),
            Column("clock", label=_("Time left"), accessor=clock),
            Column("get_status_display", label=_("Status")),
        ]


class FeedbackPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One piece of feedback with its log; POST answers, closes or reopens it (`event`)."""

    any_permission_required = ["change"]
    permission_policy = None
    template_name = "feedback/desk.html"
    header_icon = "mail"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.forms = {"answer": AnswerForm(), "close": CloseForm()}

    def dispatch(self, request, *args, **kwargs):
        self.feedback = get_object_or_404(
            Feedback.objects.visible_to(request.user).select_related("closed_by"), pk=kwargs["pk"]
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        event = request.POST.get("event", "")
        form = {"answer": AnswerForm, "close": CloseForm}.get(event)
        if form is not None:
            self.forms[event] = form = form(request.POST)
            if not form.is_valid():
                return self.get(request, *args, **kwargs)
        try:
            if event == "answer":
                services.answer(self.feedback, by=request.user, text=form.cleaned_data["text"])
                messages.success(request, _("The answer has been sent."))
            elif event == "close":
                services.close(self.feedback, by=request.user, note=form.cleaned_data["note"])
                messages.success(request, _("The feedback is closed."))
            elif event == "reopen":
                services.reopen(self.feedback, by=request.user)
                messages.success(request, _("The feedback is open again."))
        except services.MoveNotAllowedError:
            messages.error(request, _("Somebody else has already dealt with this feedback."))
        except services.NoAddressError:
            messages.error(request, _("The sender left no address, so no answer can be sent."))
        return redirect(request.path)

    def get_page_title(self):
        return str(self.feedback).capitalize()

    def get_breadcrumbs_items(self):
        return trail(self, "feedback_desk:index", _("Feedback"), self.get_page_title())

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **kwargs,
            feedback=self.feedback,
            clock=clock(self.feedback),
            is_open=self.feedback.status == Feedback.Status.OPEN,
            can_reopen=self.feedback.can_become(Feedback.Status.OPEN),
            forms=self.forms,
            log=ModelLogEntry.objects.for_instance(self.feedback).select_related("user"),
        )


class FeedbackDesk(FewerViews):
    """The list and the page; feedback is neither added, edited nor deleted by hand."""

    model = Feedback
    name = "feedback_desk"
    url_prefix = "feedback"
    icon = "mail"
    index_view_class = FeedbackList
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    WITHOUT = ("add", "delete", "history", "usage")

    def get_urlpatterns(self):
        page = FeedbackPage.as_view(permission_policy=self.permission_policy)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", page, name="edit"),
        ]


class FeedbackMenuItem(MenuItem):
    """Says how many are open, to those who answer them."""

    def is_shown(self, request):
        return request.user.has_perm("feedback.change_feedback")

    def render_component(self, request):
        waiting = Feedback.objects.visible_to(request.user).open().count()
        return counting(super().render_component(request), waiting)


desk = FeedbackDesk()


def menu_item() -> FeedbackMenuItem:
    return FeedbackMenuItem(
        gettext_lazy("Feedback"),
        reverse("feedback_desk:index"),
        name="feedback",
        icon_name="mail",
        order=850,
    )
