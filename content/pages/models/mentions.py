"""Which plain mentions of sections the keepers of pages have been told of."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ToldMention(models.Model):
    """That the keepers of a page were told that it names a section without a reference."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    section = models.ForeignKey("law.Section", on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(_("told"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["page", "section"]
        verbose_name = _("mention that was told of")
        verbose_name_plural = _("mentions that were told of")
        constraints = [
            models.UniqueConstraint(fields=["page", "section"], name="told_once_a_mention")
        ]

    def __str__(self):
        return f"{self.page_id}: {self.section_id}"
