"""Which figures stand on the page of an area, by the kind of area: KEHA's choice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from monitoring.datasets.models import Dataset
from portal.places.models import Area


class HeadlineFigure(models.Model):
    """A dataset that stands among the headline figures of areas of a kind.

    A kind without rows has the usual ones (monitoring.areas.choosing).
    """

    kind = models.CharField(_("kind of area"), max_length=20, choices=Area.Kind)
    dataset = models.ForeignKey(
        Dataset, on_delete=models.CASCADE, related_name="+", verbose_name=_("dataset")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        ordering = ["kind", "position", "pk"]
        verbose_name = _("headline figure of areas")
        verbose_name_plural = _("headline figures of areas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "dataset"], name="one_headline_a_kind"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.dataset}"
