"""Practices in /cms/: the queue of those sent in, and each read against the criteria."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn

from portal.casework import CasePolicy, CaseView, CaseViewSet, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from . import services
from .errors import NotComplete
from .forms import LinesForm, WordsForm
from .models import Practice
from .permissions import may_decide, may_review
from .views import parts

State = Practice.State


class PracticeView(CaseView):
    """One practice as it was sent in. Nobody decides on one of an organisation of theirs."""

    page_title = _("Practice")
    moves = {
        "publish": Move(
            to=State.PUBLISHED,
            make=services.publish,
            expects=True,
            form=LinesForm,
            heading=_("Publish, with a line on each criterion"),
            icon="check",
            button=_("Publish"),
            done=_("The practice is public now."),
        ),
        "return": Move(
            to=State.RETURNED,
            make=services.send_back,
            expects=True,
            form=WordsForm,
            heading=_("Return with words"),
            icon="comment",
            button=_("Return with words"),
            secondary=True,
            done=_("The practice has been returned."),
        ),
    }
    refusals = {
        TransitionNotAllowed: _("Somebody was first: it is in another state now."),
        Stale: _("It changed after you opened it. Read it again."),
        NotComplete: _("A criterion has no line."),
    }

    def get_queryset(self):
        return Practice.objects.exclude(state=State.DRAFT).select_related("organisation")

    @property
    def possible(self):
        return super().possible if may_decide(self.request.user, self.object) else []

    def may_make(self, name):
        return super().may_make(name) and may_decide(self.request.user, self.object)

    def get_context_data(self, **kwargs):
        texts = [(text, parts(text)) for text in self.object.texts.all()]
        return super().get_context_data(practice=self.object, texts=texts, **kwargs)


class PracticeViewSet(CaseViewSet):
    """Practices that were sent in: a list and a page of each."""

    model = Practice
    name = "practices_review"
    url_prefix = "practices"
    icon = "pick"
    menu_label = _("Practices")
    menu_order = 263
    inspect_view_class = PracticeView
    inspect_template_name = "practices/cms/review.html"
    list_filter = ["state", "evidence"]
    ordering = ["-submitted_at", "-pk"]
    list_display = [
        TitleColumn("slug", label=_("Practice"), url_name="practices_review:inspect"),
        Column("organisation", label=_("The organisation")),
        StatusTagColumn("state", label=_("State"), accessor="get_state_display"),
        DateColumn("submitted_at", label=_("Sent in"), sort_key="submitted_at"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Practice, may_review)

    def waiting(self, user):
        return Practice.objects.waiting().count()
