"""An import in /cms/: send a file, read its review, agree to it; and the report of a release."""

from django.db import transaction
from django.db.models import ProtectedError
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from law import impact_reviews
from monitoring.indicators import services, validation
from monitoring.indicators.models import Upload
from monitoring.indicators.models.observations import KEPT_FOR
from portal.cms import trail

from .forms import ConsentForm, FileForm


class ImportStep(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A step of an import: for those who may add releases."""

    model = None
    permission_required = "add"
    index_url_name = None
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        return trail(self, self.index_url_name, gettext_lazy("Releases"), self.get_page_title())


class SendView(ImportStep):
    """GET: the form for a file. POST: keep the file and go on to its review."""

    form_class = FileForm
    template_name = "monitoring/cms/send.html"
    page_title = gettext_lazy("Import values")

    def form_valid(self, form):
        file = form.cleaned_data["file"]
        upload = services.keep(file.read(), file.name, self.request.user)
        return redirect("releases:check", upload.pk)


class CheckView(ImportStep):
    """GET: what is wrong with a sent file and what it would change. POST: import it.

    A file is shown to the one who sent it, for a day; for all others it does not exist.
    """

    form_class = ConsentForm
    template_name = "monitoring/cms/check.html"
    page_title = gettext_lazy("Check before import")

    @cached_property
    def upload(self):
        kept = Upload.objects.filter(uploaded_at__gte=timezone.now() - KEPT_FOR)
        return get_object_or_404(
            kept.select_related("release"), pk=self.kwargs["pk"], user=self.request.user
        )

    @cached_property
    def report(self):
        return validation.check(bytes(self.upload.content))

    def dispatch(self, request, *args, **kwargs):
        if not self.user_has_permission(self.permission_required):
            return super().dispatch(request, *args, **kwargs)
        if self.upload.release_id:
            messages.success(request, _("This file has been imported."))
            return redirect("releases:inspect", self.upload.release_id)
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self):
        return {"seen": self.report.fingerprint}

    def form_valid(self, form):
        try:
            release = services.import_upload(self.upload, **form.cleaned_data)
        except services.FileRefusedError as refusal:
            return self.once_more(form, refusal.report)
        except services.CheckOutdatedError as outdated:
            messages.warning(
                self.request,
                _("The values have changed since the check. Look at what the file changes now."),
            )
            return self.once_more(form, outdated.report)
        if release is None:
            messages.success(self.request, _("Nothing changed: every value was there already."))
            return redirect(self.index_url_name)
        count = release.new + release.changed
        messages.success(
            self.request,
            ngettext("%(count)s value was imported.", "%(count)s values were imported.", count)
            % {"count": count},
        )
        return redirect("releases:inspect", release.pk)

    def once_more(self, form, report):
        """The check as it is now, with what was typed."""
        self.report = report
        typed = form.cleaned_data | {"seen": report.fingerprint}
        return self.render_to_response(self.get_context_data(form=ConsentForm(initial=typed)))

    def get_page_subtitle(self):
        return self.upload.file_name

    def get_context_data(self, **kwargs):
        report = self.report
        return super().get_context_data(
            report=report,
            changed=validation.shown(report.changed),
            new=validation.shown(report.new),
            limit=validation.SHOWN,
            warnings=report.warnings,
            earlier=services.earlier_release(report.checksum),
            upload=self.upload,
            **kwargs,
        )


class ReleasesView(generic.IndexView):
    """The list of releases: who imported what, and how much of it was new."""

    def get_base_queryset(self):
        return (
            super().get_base_queryset().select_related("imported_by").defer("changes", "warnings")
        )


class ReleaseView(generic.InspectView):
    """What one release brought, and what it changed."""

    template_name = "monitoring/cms/release.html"
    page_title = gettext_lazy("Release")

    def get_context_data(self, **kwargs):
        changes = self.object.changes
        return super().get_context_data(
            changed=[change for change in changes if change["old"]],
            new=[change for change in changes if not change["old"]],
            limit=validation.SHOWN,
            **kwargs,
        )


class EditIndicatorView(generic.EditView):
    """What an edit settles of the reviews after changes of the law is settled with it."""

    def save_instance(self):
        indicator = super().save_instance()
        services.settle_reviews(indicator, self.request.user)
        return indicator


class DeleteIndicatorView(generic.DeleteView):
    """An indicator without values can be deleted; one with values can be unpublished."""

    def delete_action(self):
        with transaction.atomic():
            impact_reviews.dereferenced(services.KEY, str(self.object.pk), by=self.request.user)
            super().delete_action()

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ProtectedError:
            messages.error(
                self.request,
                _("The indicator has values, so it cannot be deleted. Unpublish it instead."),
            )
            return redirect(self.edit_url_name, self.object.pk)
