"""Figures as they stood at a moment: what a published report or a worksheet keeps."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .releases import Release
from .structure import Dataset


class FrozenFigure(models.Model):
    """Cells of a dataset as they were published when a release had come out; never changed.

    `cells` has for each its period, area and number of codes, and its value with the status, or
    the reason for none. `selection` is what was asked for, by codes, and `about` the words of the
    dataset in each language, as they were: a definition that changes later does not reach back.
    `areas` and `periods` are those of the cells. What is shown of it is
    `monitoring.datasets.frozen.shown`: what a correction took back is told without a number.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="frozen")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="frozen")
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now)
    selection = models.JSONField(_("selection"), default=dict, blank=True)
    cells = models.JSONField(_("values"), default=list)
    areas = models.JSONField(_("areas"), default=list)
    periods = models.JSONField(_("periods"), default=list)
    about = models.JSONField(_("words of the dataset"), default=dict)

    class Meta:
        ordering = ["pk"]
        default_permissions = ()
        verbose_name = _("frozen figure")
        verbose_name_plural = _("frozen figures")

    def __str__(self):
        return f"{self.dataset} {timezone.localtime(self.frozen_at):%Y-%m-%d %H:%M}"

    @property
    def keys(self) -> list[tuple[int, int, int]]:
        """The period, the area and the number of the other codes of each cell."""
        return [(time, area, cell) for time, area, cell, _value, _status in self.cells]
