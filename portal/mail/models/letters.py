"""The outbox: a letter is a row, written in the transaction of the event that it tells of."""

import re
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

METHOD = re.compile(r"^METHOD:([A-Z]+)\r?$", re.MULTILINE)


class LetterQuerySet(models.QuerySet):
    def due(self, now=None):
        """Letters to be sent: not sent yet, and not claimed by a worker that is still at it."""
        now = now or timezone.now()
        return self.filter(sent_at=None, given_up_at=None, not_before__lte=now).exclude(
            claimed_until__gt=now
        )

    def given_up(self):
        """Letters that the server refused for good, or too often."""
        return self.exclude(given_up_at=None).filter(sent_at=None)


class Letter(models.Model):
    """One letter to one reader; its Message-ID is made of its key, so it never changes."""

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    template = models.CharField(_("template"), max_length=60)
    to = models.EmailField(_("to"), max_length=254)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    holds_key = models.BooleanField(
        _("holds a key"),
        default=False,
        help_text=_("Its words open an account or a follower: they are shown to nobody here."),
    )
    plain = models.BooleanField(
        _("text alone"),
        default=False,
        help_text=_("It goes without HTML, so that nobody's words become a link."),
    )
    calendar = models.TextField(
        _("calendar entry"),
        blank=True,
        help_text=_("iCalendar with a METHOD, for calendars to take in, change or take out."),
    )
    headers = models.JSONField(_("further headers"), default=dict, blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    bounced_at = models.DateTimeField(_("came back"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=255, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        app_label = "notices"  # whose tables and migrations these rows have
        ordering = ["-created_at"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        indexes = [
            models.Index(fields=["sent_at", "given_up_at", "not_before"], name="letters_due")
        ]

    def __str__(self):
        return f"{self.to}: {self.subject}"

    @property
    def calendar_method(self) -> str:
        """What the calendar of the reader is to do with the entry (RFC 5546): REQUEST, CANCEL."""
        found = METHOD.search(self.calendar)
        return found[1] if found else ""

    @property
    def state(self) -> str:
        """What has become of it, in words."""
        if self.bounced_at:
            return gettext("Came back")
        if self.sent_at:
            return gettext("Sent")
        if self.given_up_at:
            return gettext("Given up")
        return gettext("Failed, will be tried again") if self.error else gettext("Waiting")
