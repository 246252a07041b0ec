"""When each piece of the schedule ran last, and what of the starter content is still to come."""

import time
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
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


class PendingStep(models.Model):
    """A step of the starter content that is left to the worker; the row goes when it is done.

    The worker that does it has claimed it until a minute after it last told how far it is.
    """

    CLAIM = timedelta(minutes=1)
    SECONDS_BETWEEN_WORDS = 1

    function = models.CharField(_("function"), max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(_("position"))
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    told_at = 0.0

    class Meta:
        ordering = ["position"]
        verbose_name = _("pending step")
        verbose_name_plural = _("pending steps")

    def __str__(self):
        return self.function

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    def claim(self) -> bool:
        """Whether it is ours to do: of several workers at most one gets it."""
        now = timezone.now()
        free = Q(claimed_until=None) | Q(claimed_until__lt=now)
        ours = PendingStep.objects.filter(free, pk=self.pk)
        return bool(ours.update(claimed_until=now + self.CLAIM))

    def tell(self, done: int, total: int) -> None:
        """The step's progress: written once a second, with the claim made longer."""
        if time.monotonic() - self.told_at >= self.SECONDS_BETWEEN_WORDS:
            self.told_at = time.monotonic()
            PendingStep.objects.filter(pk=self.pk).update(
                done=done, total=total, claimed_until=timezone.now() + self.CLAIM
            )
