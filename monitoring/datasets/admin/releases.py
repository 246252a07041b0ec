"""Releases of datasets in /cms/: a file is sent, looked at, proposed, and approved by another."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from monitoring.datasets import inbox, incoming, preview, reports, services, uses
from monitoring.datasets.models import Release, Upload
from monitoring.indicators.files import SHOWN
from portal.casework import CasePolicy, CaseView, CaseViewSet, Move
from portal.cms import trail
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from .forms import AnswerForm, FileForm, ProposalForm

State, Stage = Release.State, Upload.Stage


def may_handle(user) -> bool:
    return user.has_perm("datasets.view_release")


class SendView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """GET: the form for a file. POST: check it, and go on to what it would change."""

    form_class = FileForm
    template_name = "datasets/cms/send.html"
    page_title = gettext_lazy("Bring values")
    header_icon = "upload"
    model = Release
    permission_required = "view"
    index_url_name = None

    def get_breadcrumbs_items(self):
        index, title = "dataset_releases:index", gettext_lazy("Releases of datasets")
        return trail(self, index, title, self.get_page_title())

    def get_context_data(self, **kwargs):
        own = Upload.objects.filter(user=self.request.user, stage__in=Upload.UNDER_WAY)
        return super().get_context_data(under_way=own.order_by("pk"), **kwargs)

    def form_valid(self, form):
        file, dataset = form.cleaned_data["file"], form.cleaned_data["dataset"]
        upload = incoming.take(dataset, file, by=self.request.user)
        if upload.stage == Stage.REFUSED and not upload.release_id:
            context = self.get_context_data(form=form, upload=upload)
            return self.render_to_response(context, status=422)
        return answer(self.request, upload)


def answer(request, upload):
    """Where whoever sent a file is led: to its release, or to the page that shows how far it is."""
    if upload.stage == Stage.CHECKED:
        return redirect("dataset_releases:inspect", upload.release_id)
    if upload.stage == Stage.UNCHANGED:
        messages.success(request, _("Nothing changed: every value was there already."))
        return redirect("dataset_releases:index")
    if upload.release_id:
        messages.warning(
            request,
            _("This release of the dataset is on its way. Finish or drop it before the next."),
        )
        return redirect("dataset_releases:inspect", upload.release_id)
    return redirect("dataset_releases:file", upload.pk)


class OwnFile(PermissionCheckedMixin):
    """A sent file, for whoever sent it; for all others it does not exist."""

    model = Release
    permission_required = "view"

    @cached_property
    def upload(self):
        found = Upload.objects.select_related("dataset")
        return get_object_or_404(found, pk=self.kwargs["pk"], user=self.request.user)


class FileView(OwnFile, WagtailAdminTemplateMixin, TemplateView):
    """How far the check of a large file is, and then what is wrong with it, or its release."""

    template_name = "datasets/cms/file.html"
    page_title = gettext_lazy("File")
    header_icon = "upload"
    index_url_name = None

    def get_breadcrumbs_items(self):
        index, title = "dataset_releases:index", gettext_lazy("Releases of datasets")
        return trail(self, index, title, self.upload.file_name)

    def get(self, request, *args, **kwargs):
        if self.upload.is_under_way or self.upload.problems:
            return super().get(request, *args, upload=self.upload, **kwargs)
        return answer(request, self.upload)


class ReportView(OwnFile, View):
    """What is wrong with a sent file, as CSV: row, column, value, and what was expected."""

    index_url_name = None

    def get(self, request, *args, **kwargs):
        return reports.as_csv(f"{self.upload.file_name}.report", self.upload.problems)


class ReleaseReportView(PermissionCheckedMixin, View):
    """What is unusual in a release and what it changes, as CSV."""

    model = Release
    permission_required = "view"
    index_url_name = None

    def get(self, request, *args, **kwargs):
        release = get_object_or_404(Release, pk=self.kwargs["pk"])
        return reports.as_csv(f"{release.file_name}.report", reports.of_release(release))


class QueueView(IndexView):
    """What is on its way first, then what has been released."""

    def get_base_queryset(self):
        return Release.objects.select_related("dataset", "checked_by").defer("changes", "warnings")

    @property
    def header_more_buttons(self):
        send = reverse("dataset_releases:send")
        return [Button(_("Bring values"), send, icon_name="upload")]


class ReleaseView(CaseView):
    """One release: what it changes, what it hides, and the moves that the person may make."""

    page_title = gettext_lazy("Release")
    moves = {
        "propose": Move(
            make=services.propose,
            done=gettext_lazy("The release waits for a second person."),
            to=State.PROPOSED,
            expects=True,
            button=gettext_lazy("Propose"),
            form=ProposalForm,
            heading=gettext_lazy("Propose the release"),
            icon="calendar-alt",
        ),
        "approve": Move(
            make=services.approve,
            done=gettext_lazy("The release has been approved and goes out at its minute."),
            to=State.APPROVED,
            expects=True,
            button=gettext_lazy("Approve"),
        ),
        "return": Move(
            make=services.give_back,
            done=gettext_lazy("The release has been returned."),
            to=State.RETURNED,
            expects=True,
            button=gettext_lazy("Return"),
            form=AnswerForm,
            heading=gettext_lazy("Return the release"),
            icon="undo",
            secondary=True,
        ),
        "drop": Move(
            make=services.drop,
            done=gettext_lazy("The release has been dropped."),
            to=State.DROPPED,
            expects=True,
            button=gettext_lazy("Drop the release"),
            secondary=True,
        ),
    }
    refusals = {
        services.SamePerson: gettext_lazy(
            "You brought or proposed this release: another person approves it."
        ),
        services.ReasonMissing: gettext_lazy(
            "Values that have been published change, or small ones are given away: say why, for "
            "the public."
        ),
        services.ChoiceMissing: gettext_lazy(
            "Published values are taken back, or small ones given away: choose what is to be done."
        ),
        services.TrueValuesHidden: gettext_lazy(
            "The rules of this dataset do not let small values be published."
        ),
        TransitionNotAllowed: gettext_lazy("Somebody else has moved the release on meanwhile."),
        Stale: gettext_lazy("The release has changed since you opened it. Read it once more."),
    }

    @property
    def is_own(self) -> bool:
        """Whether the person brought or proposed it, and so does not approve it."""
        return self.request.user.pk in (self.object.checked_by_id, self.object.proposed_by_id)

    @property
    def possible(self):
        return [name for name in super().possible if name != "approve" or not self.is_own]

    def get_queryset(self):
        people = ("dataset", "checked_by", "proposed_by", "decided_by")
        return Release.objects.select_related(*people)

    def get_context_data(self, **kwargs):
        own = self.is_own and self.object.state == State.PROPOSED
        warnings = self.object.warnings
        return super().get_context_data(
            own=own,
            limit=SHOWN,
            notes=[one for one in warnings if not one["row"]],
            unusual=[one for one in warnings if one["row"]],
            preview=preview.of(self.object),
            uses=uses.uses_of(self.object),
            followers=uses.followers_of(self.object),
            **kwargs,
        )


class ReleasesDesk(CaseViewSet):
    """Releases of datasets: no way to write the rows but by their moves."""

    model = Release
    name = "dataset_releases"
    url_prefix = "dataset-releases"
    icon = "table"
    menu_label = gettext_lazy("Datasets")
    menu_order = 251
    index_view_class = QueueView
    inspect_view_class = ReleaseView
    inspect_template_name = "datasets/cms/release.html"
    list_display = ["dataset", "state", "kind", "checked_at", "release_at", "released_at"]
    list_filter = ["state", "dataset"]
    ordering = ["-checked_at"]
    list_per_page = 30

    @property
    def permission_policy(self):
        return CasePolicy(Release, may_handle)

    def waiting(self, user):
        return inbox.waiting_for(user).count()

    def more_urls(self):
        return [
            path("send/", self.construct_view(SendView), name="send"),
            path("files/<int:pk>/", self.construct_view(FileView), name="file"),
            path("files/<int:pk>/report.csv", self.construct_view(ReportView), name="file_report"),
            path("<int:pk>/report.csv", self.construct_view(ReleaseReportView), name="report"),
        ]


desk = ReleasesDesk()
