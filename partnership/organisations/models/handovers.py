"""When an organisation is left by its people, and whose addresses count as its own."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class HandOver(models.Model):
    """An organisation needs somebody new to act for it: its people and its mailbox got a letter.

    `nobody` is true when nobody answered any more as it began. It ends when there are people
    again, and makes way for another one after a year.
    """

    class Cause(models.TextChoices):
        LEFT = "left", _("A person left")
        BOUNCING = "bouncing", _("A person's letters come back")
        SILENT = "silent", _("Nothing was heard of a person for a year")

    AGAIN_AFTER = timedelta(days=365)
    SALT = "organisations.hand-over"

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="hand_overs"
    )
    cause = models.CharField(_("cause"), max_length=10, choices=Cause)
    nobody = models.BooleanField(_("nobody answers"), default=False)
    started_at = models.DateTimeField(_("begun"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")

    def __str__(self):
        return f"{self.organisation}: {self.get_cause_display()}"

    @property
    def token(self) -> str:
        """What the link of its letter carries."""
        return signing.dumps(self.pk, salt=self.SALT)

    @classmethod
    def of_token(cls, token: str) -> "HandOver":
        """The hand-over that a link carries; DoesNotExist for one that we did not write."""
        try:
            pk = signing.loads(token, salt=cls.SALT)
        except signing.BadSignature as error:
            raise cls.DoesNotExist from error
        return cls.objects.select_related("organisation").get(pk=pk)


class EmailDomain(models.Model):
    """Whoever has a confirmed address at the domain may join the organisation's people.

    It was entered by an owner with a confirmed address at it.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="email_domains"
    )
    domain = models.CharField(_("e-mail domain"), max_length=253)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("entered"), default=timezone.now)

    class Meta:
        ordering = ["domain"]
        verbose_name = _("e-mail domain of an organisation")
        verbose_name_plural = _("e-mail domains of organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "domain"], name="one_row_a_domain_and_organisation"
            )
        ]

    def __str__(self):
        return self.domain
