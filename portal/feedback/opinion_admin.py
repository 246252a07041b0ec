"""What readers said of pages, in /cms/: each team's list, and the page that deals with one."""

from django.contrib import messages
from django.db.models import Case, Count, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from portal.cms import FewerViews, trail

from . import services
from .forms import DealForm
from .models import Opinion

NEW_FIRST = Case(When(state=Opinion.State.NEW, then=0), default=1)


class OpinionList(generic.IndexView):
    """Pages that did not help, the new first; with how many said so, and how many the opposite."""

    any_permission_required = ["change"]
    list_filter = ["owner", "state", "reason", "language"]
    search_fields = ["address", "text"]
    is_searchable = True
    search_backend_name = None

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return super().no_results_message
        return _("No reader has said that a page of yours did not help.")

    def get_base_queryset(self):
        return (
            Opinion.objects.visible_to(self.request.user)
            .to_deal_with()
            .with_figures()
            .select_related("dealt_by")
        )

    def order_queryset(self, queryset):
        return queryset.order_by(NEW_FIRST, "-at", "-pk")

    @cached_property
    def columns(self):
        return [
            TitleColumn("address", label=_("Page"), get_url=self.get_edit_url),
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


class OpinionPage(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """One opinion, with what others said of the page; POST deals with it or takes it up again."""

    any_permission_required = ["change"]
    permission_policy = None
    template_name = "feedback/opinion_desk.html"
    header_icon = "comment"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.form = DealForm()

    def dispatch(self, request, *args, **kwargs):
        self.opinion = get_object_or_404(
            Opinion.objects.visible_to(request.user)
            .to_deal_with()
            .with_figures()
            .select_related("dealt_by"),
            pk=kwargs["pk"],
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        event = request.POST.get("event", "")
        try:
            if event == "deal_with":
                self.form = DealForm(request.POST)
                if not self.form.is_valid():
                    return self.get(request, *args, **kwargs)
                services.deal_with(
                    self.opinion, by=request.user, note=self.form.cleaned_data["note"]
                )
                messages.success(request, _("Marked as dealt with."))
            elif event == "take_up_again":
                services.take_up_again(self.opinion, by=request.user)
                messages.success(request, _("It is among the new ones again."))
        except services.MoveNotAllowedError:
            messages.error(request, _("Somebody else was first. This is how it stands now."))
        return redirect(request.path)

    def get_page_title(self):
        return _("Did not help: %(page)s") % {"page": self.opinion.address}

    def get_breadcrumbs_items(self):
        return trail(
            self, "opinion_desk:index", _("Reader feedback on pages"), self.opinion.address
        )

    def get_context_data(self, **kwargs):
        labels = dict(Opinion.Reason.choices)
        of_the_page = Opinion.objects.filter(address=self.opinion.address, helped=False)
        counts = of_the_page.order_by().values_list("reason").annotate(number=Count("pk"))
        return super().get_context_data(
            **kwargs,
            opinion=self.opinion,
            reasons=[(labels[reason], number) for reason, number in counts.order_by("-number")],
            is_new=self.opinion.state == Opinion.State.NEW,
            form=self.form,
            log=ModelLogEntry.objects.for_instance(self.opinion).select_related("user"),
        )


class OpinionDesk(FewerViews):
    """The list and the page; opinions are neither added, edited nor deleted by hand."""

    model = Opinion
    name = "opinion_desk"
    url_prefix = "page-feedback"
    icon = "comment"
    index_view_class = OpinionList
    inspect_view_enabled = False
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields: list[str] = []
    WITHOUT = ("add", "delete", "history", "usage")
    search_fields = ["address", "text"]
    search_backend_name = None

    def get_urlpatterns(self):
        page = OpinionPage.as_view(permission_policy=self.permission_policy)
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<int:pk>/", page, name="edit"),
        ]


class OpinionMenuItem(MenuItem):
    """Shown to those who keep pages true."""

    def is_shown(self, request):
        return request.user.has_perm("feedback.change_opinion")


desk = OpinionDesk()


def menu_item() -> OpinionMenuItem:
    return OpinionMenuItem(
        gettext_lazy("Reader feedback on pages"),
        reverse("opinion_desk:index"),
        name="opinions",
        icon_name="comment",
        order=860,
    )
