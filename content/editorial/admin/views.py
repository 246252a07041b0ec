"""The page to confirm on, and the panel on the first page of /cms/."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.editorial import reviews
from content.pages.models import PageChange, PageReview
from content.pages.models.translation_lag import with_translation_lag
from law.impact_reviews import open_reviews
from portal.cms import trail

from .due import WHEN, of_teams
from .report import TITLE, DueReport

REVIEWS_SHOWN = 10


class ConfirmForm(forms.Form):
    """`seen` is the last publication that the form was shown after."""

    note = forms.CharField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("What you looked at, for those who review it next. Not public."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class ConfirmView(WagtailAdminTemplateMixin, TemplateView):
    """A page in all its languages, with what is open about it; POST confirms that it is right."""

    template_name = "content/cms/confirm.html"
    header_icon = "calendar-check"
    page_title = gettext_lazy("Still right?")

    def dispatch(self, request, *args, **kwargs):
        met = page_permission_policy.explorable_instances(request.user).filter(live=True)
        self.page = get_object_or_404(met, pk=kwargs["pk"])
        self.versions = reviews.versions_of(self.page)
        if not any(reviews.is_reviewed(version) for version in self.versions):
            raise PermissionDenied
        self.may_confirm = reviews.may_confirm(request.user, self.versions)
        return super().dispatch(request, *args, **kwargs)

    @transaction.atomic
    def post(self, request, *args, **kwargs):
        if not self.may_confirm:
            raise PermissionDenied
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        self.versions = reviews.versions_of(self.page, lock=True)
        if form.cleaned_data["seen"] != self.last_publication:
            messages.error(
                request, _("The page was published again after you opened this. Look at it again.")
            )
            return redirect(request.path)
        fresh = reviews.confirm(self.page, by=request.user, note=form.cleaned_data["note"])
        if fresh:
            done = {review.page_id for review in fresh}
            languages = [
                each.locale.get_display_name() for each in self.versions if each.pk in done
            ]
            messages.success(
                request,
                _("“%(title)s” is confirmed as still right (%(languages)s).")
                % {"title": self.page.title, "languages": ", ".join(languages)},
            )
        else:
            messages.info(request, _("The page was confirmed today already."))
        return redirect("content_reviews:index")

    @cached_property
    def last_publication(self) -> int | None:
        rows = PageChange.objects.filter(page__in=[each.pk for each in self.versions])
        return rows.aggregate(last=Max("pk"))["last"]

    def get_breadcrumbs_items(self):
        return trail(self, "content_reviews:index", TITLE, self.page.title)

    def get_page_subtitle(self):
        return self.page.title

    def get_context_data(self, **kwargs):
        keys = [each.pk for each in self.versions]
        reviews = open_reviews(self.versions[0].referrer_key, list(map(str, keys)))
        acts = PageReview.objects.filter(page__in=keys)
        originals = with_translation_lag(Page.objects.filter(pk__in=keys))
        lacks_since = dict(originals.values_list("pk", "lacks_since"))
        return super().get_context_data(
            **{
                "form": ConfirmForm(initial={"seen": self.last_publication}),
                "page": self.page,
                "versions": [
                    (each, reviews.get(str(each.pk), []), lacks_since[each.pk])
                    for each in self.versions
                ],
                "may_confirm": self.may_confirm,
                "acts": acts.select_related("by", "page__locale")[:REVIEWS_SHOWN],
                **kwargs,
            }
        )


class ReviewsMenuItem(MenuItem):
    """Stands among the reports, for those who work with pages."""

    def is_shown(self, request):
        return page_permission_policy.user_has_any_permission(
            request.user, ["add", "change", "publish"]
        )


class Reviews(ViewSet):
    name = "content_reviews"
    url_prefix = "reviews"
    icon = "calendar-check"

    def get_urlpatterns(self):
        return [
            path("", DueReport.as_view(), name="index"),
            path("results/", DueReport.as_view(results_only=True), name="index_results"),
            path("<int:pk>/", ConfirmView.as_view(), name="confirm"),
        ]


def menu_item() -> MenuItem:
    return ReviewsMenuItem(
        TITLE,
        reverse("content_reviews:index"),
        name="reviews",
        icon_name="calendar-check",
        order=100,
    )


class HomePanel(Component):
    """On the first page of /cms/: what each team has to review."""

    order = 60
    template_name = "content/cms/panel.html"

    def get_context_data(self, parent_context):
        return {"when": WHEN, "teams": of_teams(parent_context["request"].user)}
