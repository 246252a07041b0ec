"""Letters that the programme team has written to many at once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TeamLetter(models.Model):
    """One letter to many: `key` is that of its form, so that a second press sends nothing."""

    key = models.UUIDField(_("key"), unique=True)
    subject = models.CharField(_("subject"), max_length=140)
    number = models.PositiveIntegerField(_("number of letters"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("letter of the programme team")
        verbose_name_plural = _("letters of the programme team")

    def __str__(self):
        return self.subject
