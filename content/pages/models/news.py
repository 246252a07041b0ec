"""News: the list with its feed, and the items."""

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from content.pages.related import related
from portal.paging import page_of

from .base import BasePage, SubjectPage
from .panels import NOTE, SUBJECT, tabs


class NewsIndexPage(BasePage):
    """All news of a language, the newest first."""

    PER_PAGE = 10

    edit_handler = tabs([])
    page_description = _("The list of news, with its feed.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.NewsPage"]

    class Meta:
        verbose_name = _("news index")
        verbose_name_plural = _("news indexes")

    def get_context(self, request, *args, **kwargs):
        news = newest_news(self.language, request.user)
        return super().get_context(request, *args, **kwargs) | {
            "news": page_of(news, request, self.PER_PAGE)
        }


class NewsPage(SubjectPage):
    """What has happened, or will."""

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        db_index=True,
        help_text=_("Shown with the item; the list is in this order."),
    )

    referrer_key = "news"

    edit_handler = tabs([FieldPanel("date"), FieldPanel("body")], about=SUBJECT, note=NOTE)
    page_description = _("One piece of news, told in the order of what matters to the reader.")
    parent_page_types = ["content.NewsIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    @property
    def reference_note(self) -> str:
        """Its date."""
        return date_format(self.date)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "related_news": related(self, NewsPage.objects.all(), request.user, limit=3)
        }


def newest_news(language: str, user):
    """Published news of a language that `user` may see, the newest first."""
    return (
        NewsPage.objects.visible_to(user)
        .in_language(language)
        .with_review_state()
        .defer_streamfields()
        .order_by("-date", "-pk")
    )
