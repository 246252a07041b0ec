"""Guidance: its index, the themes, and the articles."""

from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.listing import GuidanceFilterForm, page_of
from content.reading import related

from .base import BasePage, SubjectPage
from .changes import ChangeKind, PageChange
from .news import NewsPage
from .panels import SUBJECT, tabs

NEWEST_FIRST = F("changed_at").desc(nulls_last=True)


class GuidanceIndexPage(BasePage):
    """All guidance of a language, by theme and by audience."""

    PER_PAGE = 20

    edit_handler = tabs([])
    page_description = _("The list of all guidance.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ThemePage", "content.GuidanceArticlePage"]

    class Meta:
        verbose_name = _("guidance index")
        verbose_name_plural = _("guidance indexes")

    def get_context(self, request, *args, **kwargs):
        form = GuidanceFilterForm(request.GET)
        articles = form.narrow(
            GuidanceArticlePage.objects.visible_to(request.user)
            .filter(locale_id=self.locale_id)
            .defer_streamfields()
            .order_by(NEWEST_FIRST, "title")
        )
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "articles": page_of(articles, request, self.PER_PAGE),
            "themes": themes_in(self.language, request.user),
        }


class ThemePage(BasePage):
    """One topic: what the portal has on it."""

    topic = models.ForeignKey(
        "topics.Topic", verbose_name=_("topic"), on_delete=models.PROTECT, related_name="+"
    )

    edit_handler = tabs([FieldPanel("topic")])
    page_description = _("Gathers the guidance and the news of one topic.")
    parent_page_types = ["content.GuidanceIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("theme page")
        verbose_name_plural = _("theme pages")

    def get_context(self, request, *args, **kwargs):
        def about_the_topic(model):
            return (
                model.objects.visible_to(request.user)
                .filter(locale_id=self.locale_id, topics=self.topic_id)
                .defer_streamfields()
            )

        return super().get_context(request, *args, **kwargs) | {
            "articles": about_the_topic(GuidanceArticlePage).order_by(NEWEST_FIRST, "title"),
            "news": about_the_topic(NewsPage).order_by("-date", "-pk")[:5],
            "themes": themes_in(self.language, request.user),
        }


class GuidanceArticlePage(SubjectPage):
    """Guidance that professionals act on; it rests on the law and says when it was last true."""

    REVIEW_MONTHS = 12

    applies_from = models.DateField(
        _("applies from"),
        null=True,
        blank=True,
        help_text=_("When guidance follows a change of the law: the day from which it holds."),
    )

    edit_handler = tabs([FieldPanel("body")], about=[*SUBJECT, FieldPanel("applies_from")])
    page_description = _("Guidance on one question: what to do, who does it and on what ground.")
    parent_page_types = ["content.GuidanceIndexPage"]
    subpage_types = []

    class Meta:
        verbose_name = _("guidance article")
        verbose_name_plural = _("guidance articles")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "related": related(self, GuidanceArticlePage, request.user),
            "related_news": related(self, NewsPage, request.user, limit=2),
        }


def themes_in(language: str, user):
    """The theme pages of a language in their topics' order, each with its `number` of articles."""
    number = (
        GuidanceArticlePage.objects.visible_to(user)
        .in_language(language)
        .filter(topics=OuterRef("topic"))
        .order_by()
        .values("topics")
        .annotate(number=Count("pk"))
        .values("number")
    )
    return (
        ThemePage.objects.visible_to(user)
        .in_language(language)
        .select_related("topic")
        .annotate(number=Coalesce(Subquery(number, output_field=IntegerField()), 0))
        .order_by("topic__position", "topic__key")
    )


def newest_changes(language: str, user):
    """What changed in guidance after it was first published: substantive changes with a note.

    Of pages that `user` may see, the newest first, with their `page`.
    """
    pages = GuidanceArticlePage.objects.visible_to(user).in_language(language)
    earlier = PageChange.objects.filter(page=OuterRef("page"), pk__lt=OuterRef("pk"))
    return (
        PageChange.objects.filter(
            Exists(earlier), kind=ChangeKind.SUBSTANTIVE, page__in=pages.values("pk")
        )
        .exclude(note="")
        .select_related("page")
        .order_by("-at", "-pk")
    )
