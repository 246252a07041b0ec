"""How many take part where: counted by the worker, so that no page counts anew."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.places.models import Area


class Figure(models.Model):
    """How many things of one kind belong to an area; those of the whole country to the country."""

    key = models.CharField(_("what is counted"), max_length=20)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField(_("number"))
    counted_at = models.DateTimeField(_("counted"), default=timezone.now)

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        constraints = [
            models.UniqueConstraint(fields=["key", "area"], name="one_figure_a_key_and_area")
        ]

    def __str__(self):
        return f"{self.key} {self.area}: {self.number}"
