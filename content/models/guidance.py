"""Guidance: its index, the themes, and the articles."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import BasePage, SubjectPage
from .panels import SUBJECT, tabs


class GuidanceIndexPage(BasePage):
    """All guidance of a language, by theme and by audience."""

    edit_handler = tabs([])
    page_description = _("The list of all guidance.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.ThemePage", "content.GuidanceArticlePage"]

    class Meta:
        verbose_name = _("guidance index")
        verbose_name_plural = _("guidance indexes")


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
