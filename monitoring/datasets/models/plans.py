"""The release calendar: when a dataset's next figures come out, and every change of that day."""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.workflow import Stateful

from .releases import Release
from .structure import Dataset


class PlanQuerySet(models.QuerySet):
    def to_come(self):
        """What has not come out and was not called off, the nearest first."""
        return self.filter(state__in=PlannedRelease.OPEN).order_by("planned_at", "pk")


class PlannedRelease(Stateful):
    """A release that is announced for a minute in Finland, with the period that it is about.

    The minute is changed by a service only, with a reason, and each change stays (PlanChange).
    """

    class State(models.TextChoices):
        PROVISIONAL = "provisional", _("Tentative")
        CONFIRMED = "confirmed", _("Confirmed")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES: ClassVar[Mapping[Any, Collection[Any]]] = {
        State.PROVISIONAL: {State.CONFIRMED, State.PUBLISHED, State.CANCELLED},
        State.CONFIRMED: {State.PUBLISHED, State.CANCELLED},
        State.PUBLISHED: set(),
        State.CANCELLED: set(),
    }
    OPEN = (State.PROVISIONAL, State.CONFIRMED)

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="plans")
    period = models.CharField(_("period of the figures"), max_length=10)
    planned_at = models.DateTimeField(_("to be released"), db_index=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.PROVISIONAL)
    release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans"
    )
    made_at = models.DateTimeField(_("announced"), default=timezone.now, editable=False)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["planned_at", "pk"]
        verbose_name = _("planned release")
        verbose_name_plural = _("planned releases")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "period"],
                condition=models.Q(state__in=["provisional", "confirmed"]),
                name="one_plan_a_period",
            )
        ]

    def __str__(self):
        return f"{self.dataset} {self.period}"

    @property
    def version_token(self) -> str:
        return f"{self.state}:{self.planned_at.isoformat()}"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_late(self) -> bool:
        """Whether its minute has passed without the figures."""
        return self.is_open and self.planned_at < timezone.now()


class PlanChange(models.Model):
    """A change of a planned minute, or its calling off: written once, and shown for good."""

    plan = models.ForeignKey(PlannedRelease, on_delete=models.PROTECT, related_name="changes")
    before = models.DateTimeField(_("before"))
    after = models.DateTimeField(_("after"), null=True)
    reason = models.CharField(_("why"), max_length=500)
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        ordering = ["changed_at", "pk"]
        default_permissions = ()
        verbose_name = _("change of a planned release")
        verbose_name_plural = _("changes of planned releases")

    def __str__(self):
        return f"{self.plan}: {timezone.localtime(self.before):%Y-%m-%d %H:%M}"
