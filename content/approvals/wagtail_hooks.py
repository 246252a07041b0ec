"""Asking for approval in /cms/: a button on the page, and the page of its requests."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.models import Page

from content.pages.models import SubjectPage

from . import services
from .models import ApprovalRequest


class AskForm(forms.ModelForm):
    """Who is asked, and in which languages the drafts are shown."""

    pages = forms.ModelMultipleChoiceField(
        Page.objects.none(),
        label=gettext_lazy("Drafts"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one draft.")},
    )

    class Meta:
        model = ApprovalRequest
        fields = ("name", "organisation", "email", "language", "message")
        help_texts = {
            "email": gettext_lazy("The code that opens the draft is mailed to this address alone."),
            "message": gettext_lazy("Stands in the letter."),
        }

    def __init__(self, *args, drafts, **kwargs):
        super().__init__(*args, **kwargs)
        pages = Page.objects.filter(pk__in=[one.pk for one in drafts]).select_related("locale")
        self.fields["pages"].queryset = pages
        self.fields["pages"].initial = pages
        self.fields["pages"].label_from_instance = lambda page: (
            f"{page.locale.language_name_localized}: {page.get_admin_display_title()}"
        )


class RequestsView(WagtailAdminTemplateMixin, TemplateView):
    """The requests of a page with their answers, and the form that asks. For who may edit it."""

    template_name = "approvals/cms/requests.html"
    page_title = gettext_lazy("Approval from outside")
    header_icon = "mail"

    def dispatch(self, request, *args, **kwargs):
        self.page = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not isinstance(self.page, SubjectPage):
            raise PermissionDenied
        if not self.page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        self.drafts = [
            one
            for one in Page.objects.filter(
                translation_key=self.page.translation_key, alias_of=None
            ).order_by("locale")
            if services.has_draft(one) and one.permissions_for_user(request.user).can_edit()
        ]
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if request.POST.get("do") == "withdraw":
            return self.withdraw(request.POST.get("request", ""))
        form = AskForm(request.POST, drafts=self.drafts)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = {name: form.cleaned_data[name] for name in AskForm.Meta.fields}
        try:
            services.ask(form.cleaned_data["pages"], by=request.user, **said)
        except services.NothingToApproveError:
            messages.error(request, _("There is no draft that readers do not see yet."))
        else:
            messages.success(request, _("The request is on its way."))
        return redirect(request.path)

    def withdraw(self, pk):
        found = get_object_or_404(
            ApprovalRequest.objects.open(),
            pk=pk if pk.isdecimal() else 0,
            page__translation_key=self.page.translation_key,
        )
        services.withdraw(found, by=self.request.user)
        messages.success(self.request, _("The request is withdrawn."))
        return redirect(self.request.path)

    def get_page_subtitle(self):
        return self.page.title

    def get_breadcrumbs_items(self):
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        here = {"url": "", "label": self.page_title}
        return [*self.breadcrumbs_items, {"url": edit, "label": self.page.title}, here]

    def get_context_data(self, **kwargs):
        found = (
            ApprovalRequest.objects.filter(page__translation_key=self.page.translation_key)
            .select_related("asked_by")
            .prefetch_related("items__page__locale", "items__comments")
        )
        return super().get_context_data(
            **{
                "page": self.page,
                "drafts": self.drafts,
                "requests": found,
                "form": AskForm(drafts=self.drafts),
                **kwargs,
            }
        )


class Approvals(ViewSet):
    name = "approvals"
    url_prefix = "approvals"

    def get_urlpatterns(self):
        return [path("<int:pk>/", RequestsView.as_view(), name="requests")]


@hooks.register("register_admin_viewset")
def approvals():
    return Approvals()


@hooks.register("register_page_header_buttons")
def ask_from_the_page(page, user, view_name, next_url=None):
    if isinstance(page, SubjectPage) and page.permissions_for_user(user).can_edit():
        yield Button(
            gettext_lazy("Approval from outside"),
            reverse("approvals:requests", args=[page.pk]),
            icon_name="mail",
            priority=40,
        )


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, label in (
        ("content.approval_asked", gettext_lazy("Approval asked from outside")),
        ("content.approval_given", gettext_lazy("Approved from outside")),
        ("content.approval_returned", gettext_lazy("Returned from outside")),
        ("content.approval_answered", gettext_lazy("Request for approval answered")),
        ("content.approval_withdrawn", gettext_lazy("Request for approval withdrawn")),
    ):
        actions.register_action(action, label, label)
