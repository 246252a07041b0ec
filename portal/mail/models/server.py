"""Whether the mail server takes letters: kept in the database, so that every process knows."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailTrouble(models.Model):
    """The mail server's own trouble: one row while it lasts, none while letters go out."""

    SHORTEST_PAUSE = timedelta(seconds=30)
    LONGEST_PAUSE = timedelta(minutes=15)

    number = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("last seen"), default=timezone.now)
    error = models.CharField(_("last error"), max_length=255)

    class Meta:
        app_label = "notices"  # whose tables and migrations these rows have
        verbose_name = _("trouble with the mail server")
        verbose_name_plural = _("troubles with the mail server")
        constraints = [
            models.CheckConstraint(condition=models.Q(number=1), name="one_mail_server_in_trouble")
        ]

    def __str__(self):
        return f"{timezone.localtime(self.since):%Y-%m-%d %H:%M}: {self.error}"

    @classmethod
    def now(cls) -> "MailTrouble | None":
        """The trouble that lasts, or None."""
        return cls.objects.first()

    @classmethod
    def note(cls, error: str) -> "MailTrouble":
        """The server was tried and is in trouble; since when stays as it was."""
        said = {"error": error[:255], "seen_at": timezone.now()}
        return cls.objects.update_or_create(number=1, defaults=said)[0]

    @classmethod
    def over(cls) -> None:
        """The server has answered about a letter."""
        cls.objects.all().delete()

    @classmethod
    def in_a_word(cls) -> str:
        """What `/readyz` says of the mail server."""
        trouble = cls.now()
        return f"in trouble since {trouble.since:%Y-%m-%dT%H:%M:%SZ}" if trouble else "ok"

    @property
    def next_try(self):
        """When the server is asked again: a pause that grows to a quarter of an hour."""
        lasted = self.seen_at - self.since
        return self.seen_at + min(max(lasted, self.SHORTEST_PAUSE), self.LONGEST_PAUSE)
