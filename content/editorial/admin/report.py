"""The report “To be reviewed”: one row a page, with its languages in the row."""

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import LocaleFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView
from wagtail.models import Page

from content.editorial import reviews
from content.pages.models import Keeper
from content.pages.models.translation_lag import with_translation_lag
from portal.languages import LANGUAGES

from .due import WHEN, of_teams, one_a_page, pages_for, tell_languages, within

TITLE = gettext_lazy("To be reviewed")


def kinds() -> list[tuple[str, str]]:
    every = reviews.reviewed_kinds()
    return [(model._meta.model_name, capfirst(model._meta.verbose_name)) for model in every]


class DueFilterSet(WagtailFilterSet):
    """By when it is due, who keeps it, its kind, its language, and what its original has."""

    when = django_filters.ChoiceFilter(
        label=gettext_lazy("Due"), choices=list(WHEN.items()), method="of_rows"
    )
    keeper = django_filters.ChoiceFilter(
        label=gettext_lazy("Kept up to date by"), field_name="kept_by", choices=Keeper.choices
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Type"), field_name="content_type__model", choices=kinds
    )
    language = LocaleFilter(
        label=gettext_lazy("Language"), choices=[(code, code) for code in LANGUAGES]
    )
    original = django_filters.ChoiceFilter(
        label=gettext_lazy("Translation"),
        choices=[("newer", gettext_lazy("The original has changed since"))],
        method="behind_the_original",
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_queryset(self, queryset):
        """One row a page, of the languages that were asked for; the row's day decides when."""
        rows = one_a_page(super().filter_queryset(queryset))
        when = self.form.cleaned_data["when"]
        return rows.filter(within(when)) if when else rows

    def behind_the_original(self, pages, name, value):
        return with_translation_lag(pages).exclude(lacks_since=None)

    def of_rows(self, pages, name, value):
        """The day is that of the row, which is not known before the other choices are."""
        return pages


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


class LanguagesColumn(Column):
    """The languages of a page, each with a link to what readers see and what is its own."""

    cell_template_name = "content/cms/languages.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"all_overdue": instance.all_overdue}


class NextReviewColumn(Column):
    """The day of the next review, and in words how near it is."""

    cell_template_name = "content/cms/next_review.html"

    def get_cell_context_data(self, instance, parent_context):
        return super().get_cell_context_data(instance, parent_context) | {
            "day": instance.due,
            "overdue": instance.due < timezone.localdate(),
        }


class DueReport(PageReportView):
    """Pages with the day of their next review: one's own roles first, the most overdue on top.

    The row of a page tells its first day, and by language which of them are overdue.
    """

    page_title = TITLE
    header_icon = "calendar-check"
    template_name = "content/cms/reviews.html"
    results_template_name = "wagtailadmin/reports/base_report_results.html"
    index_url_name = "content_reviews:index"
    index_results_url_name = "content_reviews:index_results"
    filterset_class = DueFilterSet
    any_permission_required = ["add", "change", "publish"]
    default_ordering = None
    list_export = ["name", "in_languages", "team", "last_reviewed", "due"]
    export_headings = {
        "name": gettext_lazy("Title"),
        "in_languages": gettext_lazy("Languages"),
        "team": gettext_lazy("Kept up to date by"),
        "last_reviewed": gettext_lazy("Reviewed"),
        "due": gettext_lazy("Next review"),
    }
    columns = [
        TitleColumn(
            "name",
            label=gettext_lazy("Title"),
            get_url=lambda page: reverse("content_reviews:confirm", args=[page.pk]),
        ),
        LanguagesColumn("versions", label=gettext_lazy("Languages")),
        Column("team", label=gettext_lazy("Team")),
        Column("last_reviewed", label=gettext_lazy("Reviewed"), accessor=reviewed),
        NextReviewColumn("due", label=gettext_lazy("Next review"), accessor=state_of),
    ]

    @property
    def no_results_message(self):
        if self.is_filtering:
            return _("Nothing is due by these choices.")
        return _("No page has a day of review yet. It gets one when it is published.")

    def get_queryset(self):
        return pages_for(self.request.user)

    def decorate_paginated_queryset(self, object_list):
        tell_languages(object_list, self.request.user)
        return object_list

    def get_context_data(self, **kwargs):
        return super().get_context_data(when=WHEN, teams=of_teams(self.request.user), **kwargs)
