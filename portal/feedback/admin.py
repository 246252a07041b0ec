"""Feedback in /cms/: the list with its clock, and the page on which one is answered or closed."""

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from portal.casework import CaseView, CaseViewSet, Move
from portal.cms import trail
from portal.workflow import TransitionNotAllowed

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
            TitleColumn("excerpt", label=_("Feedback"), get_url=self.get_inspect_url),
            Column("get_kind_display", label=_("What it is about")),
            Column("get_language_display", label=_("Language")),
            DateColumn("received_at", label=_("Received")),
            Column("due_on", label=_("Answer by")),
            Column("clock", label=_("Time left"), accessor=clock),
            Column("get_status_display", label=_("Status")),
        ]


def in_which_language(feedback: Feedback) -> str:
    """What somebody who answers has to know."""
    return _(
        "Write in the sender's language: %(language)s. Your answer goes to the sender with a"
        " greeting and the feedback under it."
    ) % {"language": feedback.get_language_display()}


class FeedbackPage(CaseView):
    """One piece of feedback with its log; `event` of a POST answers, closes or reopens it."""

    template_name = "feedback/desk.html"
    move_field = "event"
    invalid_status = 200
    moves = {
        "answer": Move(
            to=Feedback.Status.ANSWERED,
            make=services.answer,
            form=AnswerForm,
            heading=gettext_lazy("Answer by e-mail"),
            icon="mail",
            hint=in_which_language,
            button=gettext_lazy("Send the answer"),
            done=gettext_lazy("The answer has been sent."),
        ),
        "close": Move(
            to=Feedback.Status.CLOSED,
            make=services.close,
            form=CloseForm,
            heading=gettext_lazy("Close without an answer"),
            icon="check",
            button=gettext_lazy("Close"),
            done=gettext_lazy("The feedback is closed."),
            secondary=True,
        ),
        "reopen": Move(
            to=Feedback.Status.OPEN,
            make=services.reopen,
            button=gettext_lazy("Open again"),
            done=gettext_lazy("The feedback is open again."),
        ),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy("Somebody else has already dealt with this feedback."),
        services.NoAddressError: gettext_lazy(
            "The sender left no address, so no answer can be sent."
        ),
    }

    def get_queryset(self):
        return Feedback.objects.visible_to(self.request.user).select_related("closed_by")

    @property
    def possible(self):
        without = set() if self.object.email else {"answer"}
        return [name for name in super().possible if name not in without]

    def get_page_title(self):
        return str(self.object).capitalize()

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return trail(self, "feedback_desk:index", _("Feedback"), self.get_page_title())

    def get_context_data(self, **kwargs):
        is_open = self.object.status == Feedback.Status.OPEN
        return super().get_context_data(
            feedback=self.object,
            clock=clock(self.object),
            lacks_address=is_open and not self.object.email,
            **kwargs,
        )


class FeedbackDesk(CaseViewSet):
    """The list and the page, for those who may change feedback: who answers it."""

    model = Feedback
    name = "feedback_desk"
    url_prefix = "feedback"
    icon = "mail"
    menu_label = gettext_lazy("Feedback")
    menu_name = "feedback"
    menu_order = 850
    permission = "change"
    inspect_view_enabled = False
    index_view_class = FeedbackList
    inspect_view_class = FeedbackPage

    def waiting(self, user):
        return Feedback.objects.visible_to(user).open().count()
