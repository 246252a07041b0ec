"""What there is before a question is sent: its draft, and the count of those that needed none."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Draft(models.Model):
    """What a person has filled in and not sent: kept as it is typed, one a person."""

    TIME_KEPT = timedelta(days=90)  # since it was last saved

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="question_draft"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, editable=False)
    fields = models.JSONField(_("what was filled in"), default=dict)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("draft of a question")
        verbose_name_plural = _("drafts of questions")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def window(self) -> str:
        """The window in which it was typed last; empty where that is not known."""
        return self.fields.get("window", "")


class Deflection(models.Model):
    """Somebody who was about to ask found the answer instead. Who it was is not kept."""

    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("what answered"), max_length=255)
    url = models.CharField(_("address"), max_length=500)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("question that was not needed")
        verbose_name_plural = _("questions that were not needed")

    def __str__(self):
        return self.title
