"""The report “To be reviewed”, the page to confirm on, and the panel on the first page of /cms/."""

import django_filters
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.filters import LocaleFilter, WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, LocaleColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import PageReportView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content import reviews
from content.models import Keeper, PageChange, PageReview
from portal.accounts.roles import roles_of
from portal.languages import LANGUAGES
from portal.law.impact import open_checks

from .due import WHEN, of_teams, pages_for, within

TITLE = gettext_lazy("To be reviewed")
REVIEWS_SHOWN = 10


def kinds() -> list[tuple[str, str]]:
    every = reviews.reviewed_kinds()
    return [(model._meta.model_name, capfirst(model._meta.verbose_name)) for model in every]


class DueFilterSet(WagtailFilterSet):
    """By when it is due, who keeps it, of what kind it is and in which language."""

    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"),
        choices=list(WHEN.items()),
        method="due_by",
    )
    keeper = django_filters.ChoiceFilter(
        label=gettext_lazy("Kept true by"), field_name="kept_by", choices=Keeper.choices
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"), field_name="content_type__model", choices=kinds
    )
    language = LocaleFilter(
        label=gettext_lazy("Language"), choices=[(code, code) for code in LANGUAGES]
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def due_by(self, pages, name, value):
        return pages.filter(within(value))


def state_of(page) -> str:
    today = timezone.localdate()
    if page.due < today:
        return _("Overdue")
    return _("Due in 30 days") if (page.due - today).days <= 30 else _("In time")


def reviewed(page) -> str:
    if not page.last_reviewed:
        return "–"
    role = dict(Keeper.choices).get(page.last_role, "")
    return f"{date_format(page.last_reviewed)}, {role}" if role else date_format(page.last_reviewed)


class DueReport(PageReportView):
    """Pages with the day of their next review: one's own roles first, the most overdue on top."""

    page_title = TITLE
    header_icon = "calendar-check"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "content_reviews:index"
    index_results_url_name = "content_reviews:index_results"
    filterset_class = DueFilterSet
    any_permission_required = ["add", "change", "publish"]
    default_ordering = None
    list_export = ["title", "locale", "kept_by", "last_reviewed", "due"]
    export_headings = {
        "kept_by": gettext_lazy("Kept true by"),
        "last_reviewed": gettext_lazy("Reviewed"),
        "due": gettext_lazy("Next review"),
    }
    columns = [
        TitleColumn(
            "title",
            label=gettext_lazy("Title"),
            get_url=lambda page: reverse("content_reviews:confirm", args=[page.pk]),
        ),
        LocaleColumn(label=gettext_lazy("Language")),
        Column(
            "kind", label=gettext_lazy("Type"), accessor=lambda page: page.page_type_display_name
        ),
        Column(
            "kept_by",
            label=gettext_lazy("Kept true by"),
            accessor=lambda page: dict(Keeper.choices).get(page.kept_by, ""),
        ),
        Column("last_reviewed", label=gettext_lazy("Reviewed"), accessor=reviewed),
        Column(
            "due", label=gettext_lazy("Next review"), accessor=lambda page: date_format(page.due)
        ),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor=state_of,
            primary=lambda page: page.due < timezone.localdate(),
        ),
    ]

    @property
    def no_results_message(self):
        if self.is_filtering:
            return _("Nothing is due by these choices.")
        return _("No page has a day of review yet. It gets one when it is published.")

    def get_queryset(self):
        return pages_for(self.request.user)


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

    def post(self, request, *args, **kwargs):
        if not self.may_confirm:
            raise PermissionDenied
        form = ConfirmForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        if form.cleaned_data["seen"] != self.last_publication:
            messages.error(
                request, _("The page was published anew after you opened this. Look at it again.")
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
        return [
            *self.breadcrumbs_items,
            {"url": reverse("content_reviews:index"), "label": TITLE},
            {"url": "", "label": self.page.title},
        ]

    def get_page_subtitle(self):
        return self.page.title

    def get_context_data(self, **kwargs):
        kind = self.versions[0].resting_kind
        checks = open_checks([kind], [str(each.pk) for each in self.versions])
        acts = PageReview.objects.filter(page__in=[each.pk for each in self.versions])
        return super().get_context_data(
            **{
                "form": ConfirmForm(initial={"seen": self.last_publication}),
                "page": self.page,
                "versions": [(each, checks.get(str(each.pk), [])) for each in self.versions],
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
        user = parent_context["request"].user
        return {"teams": of_teams(user), "mine": roles_of(user)}
