"""Mail that came in, and what it has taught about the addresses that we write to."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .letters import Letter


class ReceivedMail(models.Model):
    """One message, taken in once; kept for as long as letters are.

    What a person wrote is kept for who may read it; of bounces and automatic answers nothing but
    what they are about.
    """

    class Kind(models.TextChoices):
        BOUNCE = "bounce", _("Not delivered")
        DELAY = "delay", _("Delivery report")
        AUTOMATIC = "automatic", _("Automatic answer")
        MESSAGE = "message", _("Message")

    fingerprint = models.CharField(_("fingerprint"), max_length=64, unique=True, editable=False)
    message_id = models.CharField(_("Message-ID"), max_length=255, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    sender = models.CharField(_("from"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    letter = models.ForeignKey(
        Letter,
        verbose_name=_("about the letter"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="received",
    )
    received_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)

    class Meta:
        app_label = "notices"  # whose tables and migrations these rows have
        ordering = ["-received_at", "-pk"]
        verbose_name = _("received message")
        verbose_name_plural = _("received messages")

    def __str__(self):
        return f"{self.sender}: {self.subject}"


class ReaderMailboxQuerySet(models.QuerySet):
    def bouncing(self):
        """Addresses that have taken no letter since one came back for good."""
        return self.exclude(bounced_at=None)


class ReaderMailbox(models.Model):
    """What is known of one reader's address: made when something has come back from it."""

    address = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    bounced_at = models.DateTimeField(_("letters come back since"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=20, blank=True)
    answered_at = models.DateTimeField(_("last automatic answer"), null=True, blank=True)

    objects = ReaderMailboxQuerySet.as_manager()

    class Meta:
        app_label = "notices"  # whose tables and migrations these rows have
        ordering = ["address"]
        verbose_name = _("reader's mailbox")
        verbose_name_plural = _("readers' mailboxes")

    def __str__(self):
        return self.address
