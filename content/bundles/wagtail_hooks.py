"""Bundles in /cms/: the list, a new one, and the page of one."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from portal.cms import trail
from portal.concurrency import Stale
from portal.paging import page_of
from portal.workflow import TransitionNotAllowed

from . import services
from .models import Bundle

TITLE = gettext_lazy("Publishing together")
ON_A_PAGE = 25
DRAFTS = 100


class BundleForm(forms.ModelForm):
    """A title and a minute to come."""

    class Meta:
        model = Bundle
        fields = ("title", "go_at")
        widgets = {"go_at": forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M")}

    def clean_go_at(self):
        go_at = self.cleaned_data["go_at"]
        if go_at < timezone.now():
            raise forms.ValidationError(_("This moment has gone by."))
        return go_at


class OfBundles(WagtailAdminTemplateMixin, TemplateView):
    """For those who have a role with bundles; 302 with a message for others, as Wagtail does."""

    header_icon = "date"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("bundles.change_bundle"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class BundlesView(OfBundles):
    """The list, the newest minute first, and the form of a new one."""

    template_name = "bundles/index.html"
    page_title = TITLE

    def post(self, request, *args, **kwargs):
        form = BundleForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        form.instance.made_by = request.user
        bundle = form.save()
        return redirect("bundles:bundle", bundle.pk)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        tomorrow = timezone.localtime() + timedelta(days=1)
        initial = {"go_at": tomorrow.replace(hour=10, minute=0, second=0, microsecond=0)}
        return super().get_context_data(
            **{
                "bundles": page_of(Bundle.objects.all(), self.request, ON_A_PAGE),
                "form": BundleForm(initial=initial),
                **kwargs,
            }
        )


class BundleView(OfBundles):
    """One bundle: what is in it, what still stops it, and the acts of who may do them.

    POST `do` is put-in, take-out, move, approve or cancel. A refusal says why and changes nothing.
    """

    template_name = "bundles/bundle.html"

    def dispatch(self, request, *args, **kwargs):
        self.bundle = get_object_or_404(Bundle, pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        act = getattr(self, f"do_{request.POST.get('do', '').replace('-', '_')}", None)
        if act is None:
            raise PermissionDenied
        try:
            act(request)
        except services.BundleError as error:
            for reason in error.args:
                messages.error(request, reason)
        except Stale:
            messages.error(
                request, _("A page or the minute was changed after you opened this. Look again.")
            )
        except TransitionNotAllowed:
            messages.error(request, _("The bundle cannot be changed any more."))
        return redirect(request.path)

    def do_put_in(self, request):
        chosen = [pk for pk in request.POST.getlist("pages") if pk.isdecimal()]
        pages = [page for page in self.drafts() if str(page.pk) in chosen]
        if not pages:
            raise services.BundleError(_("Choose at least one draft."))
        services.put_in(self.bundle, pages, by=request.user)

    def do_take_out(self, request):
        pk = request.POST.get("page", "")
        page = get_object_or_404(Page, pk=pk if pk.isdecimal() else 0)
        services.take_out(self.bundle, page, by=request.user)

    def do_move(self, request):
        form = BundleForm({**request.POST.dict(), "title": self.bundle.title})
        if not form.is_valid():
            raise services.BundleError(*(str(each[0]) for each in form.errors.values()))
        services.move(self.bundle, form.cleaned_data["go_at"], by=request.user)

    def do_approve(self, request):
        if not request.user.has_perm("bundles.approve_bundle"):
            raise PermissionDenied
        services.approve(self.bundle, by=request.user, expect=request.POST.get("seen", ""))
        messages.success(request, _("Approved: it goes out at its minute."))

    def do_cancel(self, request):
        services.cancel(self.bundle, by=request.user)

    def drafts(self):
        """Drafts that the person may edit and that are not in it yet, the newest first."""
        inside = self.bundle.items.values("page")
        found = (
            Page.objects.filter(has_unpublished_changes=True, alias_of=None)
            .exclude(pk__in=inside)
            .select_related("locale")
            .order_by("-latest_revision_created_at")[:DRAFTS]
        )
        return [page for page in found if page.permissions_for_user(self.request.user).can_edit()]

    def get_page_title(self):
        return self.bundle.title

    def get_breadcrumbs_items(self):
        return trail(self, "bundles:index", TITLE, self.bundle.title)

    def get_context_data(self, **kwargs):
        user = self.request.user
        may_approve = user.has_perm("bundles.approve_bundle")
        draft = self.bundle.state == Bundle.State.DRAFT
        return super().get_context_data(
            bundle=self.bundle,
            items=self.bundle.items.select_related("page__locale", "approved"),
            drafts=self.drafts() if self.bundle.is_open else [],
            doubts=services.doubts(self.bundle, user if may_approve else None) if draft else [],
            may_approve=may_approve and draft,
            seen=self.bundle.version_token,
            form=BundleForm(instance=self.bundle),
            **kwargs,
        )


class BundlesItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("bundles.change_bundle")


class Bundles(ViewSet):
    name = "bundles"
    url_prefix = "bundles"

    def get_urlpatterns(self):
        return [
            path("", BundlesView.as_view(), name="index"),
            path("<int:pk>/", BundleView.as_view(), name="bundle"),
        ]


@hooks.register("register_admin_viewset")
def bundles():
    return Bundles()


@hooks.register("register_admin_menu_item")
def bundles_in_the_menu():
    return BundlesItem(TITLE, reverse("bundles:index"), name="bundles", icon_name="date", order=155)


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, label in (
        ("bundle.put_in", gettext_lazy("Pages put into a bundle")),
        ("bundle.taken_out", gettext_lazy("Page taken out of a bundle")),
        ("bundle.moved", gettext_lazy("Bundle moved")),
        ("bundle.approved", gettext_lazy("Bundle approved")),
        ("bundle.published", gettext_lazy("Bundle published")),
        ("bundle.stopped", gettext_lazy("Bundle stopped")),
        ("bundle.cancelled", gettext_lazy("Bundle cancelled")),
        ("content.in_a_bundle", gettext_lazy("Published in a bundle")),
    ):
        actions.register_action(action, label, label)
