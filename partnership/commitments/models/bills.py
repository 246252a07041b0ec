"""Which bill an organisation has been told of for a commitment."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from law.models import PendingBill


class BillNotice(models.Model):
    """A letter that a bill would change what a commitment rests on: one a bill and commitment."""

    commitment = models.ForeignKey(
        "commitments.Commitment", on_delete=models.CASCADE, related_name="bill_notices"
    )
    bill = models.ForeignKey(PendingBill, on_delete=models.CASCADE, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("to"),
    )
    at = models.DateTimeField(_("told"), default=timezone.now)

    class Meta:
        verbose_name = _("notice of a bill")
        verbose_name_plural = _("notices of bills")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "bill"], name="one_notice_a_bill_and_commitment"
            )
        ]

    def __str__(self):
        return f"{self.commitment}: {self.bill}"
