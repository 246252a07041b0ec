"""Deadlines: days by which somebody has to have done something, kept with the guidance on them."""

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Orderable, TranslatableMixin


class Deadline(TranslatableMixin, Orderable):
    """The last day of something (what), and whom it binds, in the language of its article."""

    page = ParentalKey(
        "content.GuidanceArticlePage", on_delete=models.CASCADE, related_name="deadlines"
    )
    day = models.DateField(_("last day"))
    what = models.CharField(_("what is to be done"), max_length=200)
    whom = models.CharField(_("who has to do it"), max_length=120)

    panels = [FieldRowPanel([FieldPanel("day"), FieldPanel("whom")]), FieldPanel("what")]

    class Meta(TranslatableMixin.Meta):
        ordering = ["day", "sort_order"]
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")

    def __str__(self):
        return f"{self.day}: {self.what}"

    @property
    def is_past(self) -> bool:
        return self.day < timezone.localdate()

    @property
    def left(self) -> str:
        """31 days left; today on the day itself, and nothing after it."""
        days = (self.day - timezone.localdate()).days
        if days < 0:
            return ""
        if days == 0:
            return str(_("Today"))
        return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


def upcoming_deadlines(language: str, user):
    """Deadlines that are not past, in published guidance that `user` may see, the next one first.

    Each with its `page`.
    """
    articles = apps.get_model("content", "GuidanceArticlePage").objects
    pages = articles.visible_to(user).in_language(language).not_past()
    return (
        Deadline.objects.filter(page__in=pages.values("pk"), day__gte=timezone.localdate())
        .select_related("page")
        .order_by("day", "sort_order", "pk")
    )
