"""When each piece of the schedule ran last."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScheduledRun(models.Model):
    """One name of the schedule; `started_at` is moved by the one worker that runs it."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("scheduled run")
        verbose_name_plural = _("scheduled runs")

    def __str__(self):
        return self.name


class Counter(models.Model):
    """One count or mark of the cache that counts (portal/running/counters.py); times as Unix's."""

    key = models.CharField(max_length=40, primary_key=True)
    number = models.BigIntegerField()
    value = models.TextField(blank=True)
    started = models.FloatField()
    ends = models.FloatField(db_index=True)

    class Meta:
        db_table = "running_counter"

    def __str__(self):
        return self.key
