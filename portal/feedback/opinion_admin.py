"""What readers said of pages, in /cms/: each team's list, and the page that deals with one."""

from django.db.models import Case, Count, When
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic

from portal.casework import CaseView, CaseViewSet, Move
from portal.cms import trail
from portal.workflow import TransitionNotAllowed

from . import services
from .forms import DealForm
from .models import Opinion

NEW_FIRST = Case(When(state=Opinion.State.NEW, then=0), default=1)


def to_deal_with(user):
    """What readers found amiss on the person's pages, each with the figures of its page."""
    opinions = Opinion.objects.visible_to(user).to_deal_with()
    return opinions.with_figures().select_related("dealt_by")


class OpinionList(generic.IndexView):
    """Pages that did not help, the new first; with how many said so, and how many the opposite."""

    list_filter = ["owner", "state", "reason", "language"]
    search_fields = ["address", "text"]
    is_searchable = True

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return super().no_results_message
        return _("No reader has said that a page of yours did not help.")

    def get_base_queryset(self):
        return to_deal_with(self.request.user)

    def order_queryset(self, queryset):
        return queryset.order_by(NEW_FIRST, "-at", "-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn("address", label=_("Page"), get_url=self.get_inspect_url),
            Column("figures", label=_("Helped / did not"), accessor=figures),
            Column("get_reason_display", label=_("Why not")),
            Column("excerpt", label=_("In the reader's words")),
            DateColumn("at", label=_("Received")),
            Column("get_owner_display", label=_("Kept up to date by")),
            Column("get_state_display", label=_("State")),
            Column("dealt_by", label=_("Dealt with by")),
        ]


def figures(opinion: Opinion) -> str:
    """How many the page helped, and how many it did not."""
    return f"{opinion.did_help} / {opinion.did_not}"


class OpinionPage(CaseView):
    """One opinion, with what others said of the page; `event` of a POST deals with it or takes it
    up again.
    """

    template_name = "feedback/opinion_desk.html"
    move_field = "event"
    invalid_status = 200
    moves = {
        "deal_with": Move(
            to=Opinion.State.DEALT_WITH,
            make=services.deal_with,
            form=DealForm,
            heading=gettext_lazy("Deal with it"),
            icon="check",
            button=gettext_lazy("Mark as dealt with"),
            done=gettext_lazy("Marked as dealt with."),
        ),
        "take_up_again": Move(
            to=Opinion.State.NEW,
            make=services.take_up_again,
            button=gettext_lazy("Take up again"),
            done=gettext_lazy("It is among the new ones again."),
            secondary=True,
        ),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy("Somebody else was first. This is how it stands now."),
    }

    def get_queryset(self):
        return to_deal_with(self.request.user)

    def get_page_title(self):
        return _("Did not help: %(page)s") % {"page": self.object.address}

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        title = _("Reader feedback on pages")
        return trail(self, "opinion_desk:index", title, self.object.address)

    def get_context_data(self, **kwargs):
        labels = dict(Opinion.Reason.choices)
        of_the_page = Opinion.objects.filter(address=self.object.address, helped=False)
        counts = of_the_page.order_by().values_list("reason").annotate(number=Count("pk"))
        return super().get_context_data(
            opinion=self.object,
            reasons=[(labels[reason], number) for reason, number in counts.order_by("-number")],
            **kwargs,
        )


class OpinionDesk(CaseViewSet):
    """The list and the page, for those who keep pages true."""

    model = Opinion
    name = "opinion_desk"
    url_prefix = "page-feedback"
    icon = "comment"
    menu_label = gettext_lazy("Reader feedback on pages")
    menu_name = "opinions"
    menu_order = 860
    permission = "change"
    inspect_view_enabled = False
    index_view_class = OpinionList
    inspect_view_class = OpinionPage
    search_fields = ["address", "text"]
