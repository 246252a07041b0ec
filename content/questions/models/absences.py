"""Until which day a lawyer is away."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def now(self, today: date):
        """Who is away today; after their last day they are back by themselves."""
        return self.filter(until__gte=today)


class Absence(models.Model):
    """A lawyer is away through the day `until`; one row a lawyer."""

    lawyer = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lawyer"),
        on_delete=models.CASCADE,
        related_name="absence",
    )
    until = models.DateField(_("away until"))

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["until", "pk"]
        verbose_name = _("absence of a lawyer")
        verbose_name_plural = _("absences of lawyers")

    def __str__(self):
        # The log keeps this after the row is gone, so it names nobody.
        return f"{self._meta.verbose_name} {self.until}"
