"""Letters that ask an organisation's people to confirm its entry, and what they confirmed."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_key() -> str:
    return secrets.token_urlsafe(24)


class ConfirmationAsk(models.Model):
    """A letter to one person; its key opens the entry with a button, without signing in."""

    VALID_FOR = timedelta(days=365)

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="confirmation_asks"
    )
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("to")
    )
    reminder = models.BooleanField(_("a reminder"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request to confirm an entry")
        verbose_name_plural = _("requests to confirm entries")

    def __str__(self):
        return f"{self.organisation} ({timezone.localtime(self.asked_at):%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        return self.asked_at > timezone.now() - self.VALID_FOR


class ConfirmationQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken back."""
        return self.filter(undone_at=None)


class Confirmation(models.Model):
    """That an entry is right, said by its people; `before` and `hidden_before` are what it was.

    One that was taken back stays, and counts for nothing.
    """

    UNDO_WITHIN = timedelta(days=14)

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="confirmations"
    )
    ask = models.ForeignKey(
        ConfirmationAsk, on_delete=models.SET_NULL, null=True, related_name="confirmations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("confirmed"), default=timezone.now)
    before = models.DateTimeField(_("confirmed before"))
    hidden_before = models.DateTimeField(_("hidden before"), null=True)
    undone_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("confirmation of an entry")
        verbose_name_plural = _("confirmations of entries")

    def __str__(self):
        return f"{self.organisation} ({timezone.localtime(self.at):%Y-%m-%d})"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.at > timezone.now() - self.UNDO_WITHIN
