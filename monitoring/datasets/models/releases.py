"""Releases, and two kinds of values: as they were received, and as they are published.

A value is kept by dataset, period (its running number), area, and `cell`, one number for its codes
in all other dimensions (monitoring.datasets.cubes). So a row is narrow, a million of them are
loaded in bulk, and one index answers a period over areas and an area over periods.
"""

from collections.abc import Collection, Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.places.models import Area
from portal.workflow import Stateful

from .structure import Dataset


class Status(models.TextChoices):
    """What is said of a value; the last five are the reasons why there is none."""

    FINAL = "", _("Final")
    PROVISIONAL = "provisional", _("Provisional")
    NOT_YET_PUBLISHED = "not-yet-published", _("Not yet published")
    NOT_COLLECTED = "not-collected", _("Not collected")
    NOT_APPLICABLE = "not-applicable", _("Not applicable")
    SUPPRESSED = "suppressed", _("Suppressed: too few people")
    UNRELIABLE = "unreliable", _("Too unreliable to show")


WITH_VALUE = (Status.FINAL, Status.PROVISIONAL)
MISSING = tuple(status for status in Status if status not in WITH_VALUE)
VALUE_OR_REASON = Q(value__isnull=False, status__in=["", "provisional"]) | Q(
    value__isnull=True,
    status__in=[
        "not-yet-published",
        "not-collected",
        "not-applicable",
        "suppressed",
        "unreliable",
    ],
)


class Release(Stateful):
    """A file on its way to the public: checked, proposed by one person, approved by another."""

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked")
        PROPOSED = "proposed", _("Waits for a second person")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved, waits for its minute")
        RELEASED = "released", _("Released")
        DROPPED = "dropped", _("Dropped")

    class Kind(models.TextChoices):
        PROVISIONAL = "provisional", _("Provisional")
        PUBLISHED = "published", _("Published")
        CORRECTED = "corrected", _("Correction")

    class Choice(models.TextChoices):
        WITHDRAW = "withdraw", _("Take back what was wrong, and leave hidden what is small")
        PUBLISH = "publish", _("Publish the true values of all that has been published")

    MOVES: ClassVar[Mapping[Any, Collection[Any]]] = {
        State.CHECKED: {State.PROPOSED, State.DROPPED},
        State.PROPOSED: {State.APPROVED, State.RETURNED},
        State.RETURNED: {State.PROPOSED, State.DROPPED},
        State.APPROVED: {State.RELEASED, State.RETURNED},
        State.RELEASED: set(),
        State.DROPPED: set(),
    }
    OPEN = (State.CHECKED, State.PROPOSED, State.RETURNED, State.APPROVED)

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="releases")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.CHECKED)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.PUBLISHED)
    file_name = models.CharField(_("file"), max_length=255)
    checksum = models.CharField(_("checksum"), max_length=64)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    small = models.PositiveIntegerField(_("hidden for their size"), default=0)
    others = models.PositiveIntegerField(_("hidden with them"), default=0)
    withdrawn = models.PositiveIntegerField(_("withdrawn"), default=0)
    linked = models.PositiveIntegerField(_("linked cells of a period"), default=0)
    seconds = models.FloatField(_("seconds of disclosure control"), default=0)
    changes = models.JSONField(_("what changes"), default=list, blank=True)
    warnings = models.JSONField(_("what is unusual"), default=list, blank=True)
    exposed = models.JSONField(_("what is given away"), default=list, blank=True)
    choice = models.CharField(_("what two people chose"), max_length=10, choices=Choice, blank=True)
    reason = models.TextField(_("why"), max_length=1000, blank=True)
    answer = models.TextField(_("what the second person said"), max_length=1000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("brought"), default=timezone.now)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("proposed by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    release_at = models.DateTimeField(_("to be released"), null=True, blank=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    class Meta:
        ordering = ["-checked_at", "-pk"]
        verbose_name = _("release of a dataset")
        verbose_name_plural = _("releases of datasets")
        permissions = [("approve_release", _("Can approve releases of datasets"))]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(state__in=["checked", "proposed", "returned", "approved"]),
                name="one_open_release_a_dataset",
            ),
            models.CheckConstraint(
                name="approved_by_another_than_who_proposed",
                condition=Q(proposed_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["release_at"], condition=Q(state="approved"), name="releases_to_come"
            )
        ]

    def __str__(self):
        return f"{self.dataset}: {self.file_name}"

    @property
    def must_choose(self) -> bool:
        """Whether published values are taken back, or small ones given away."""
        return bool(self.withdrawn or self.exposed)

    @property
    def version_token(self) -> str:
        return f"{self.state}:{self.kind}:{self.release_at}:{self.choice}:{self.reason}"


class SourceValue(models.Model):
    """A value as it was received, before disclosure control: never shown to the public.

    Until its release it stands beside the one in force; then it takes that one's place (`held`),
    which is deleted. `hidden` says that the public does not get it: for its own size or for others.
    """

    class Hidden(models.TextChoices):
        NO = "", _("Shown")
        PRIMARY = "primary", _("Hidden for its size")
        SECONDARY = "secondary", _("Hidden because others could be worked out from it")

    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="+", db_index=False)
    release = models.ForeignKey(
        Release, on_delete=models.CASCADE, related_name="values", db_index=False
    )
    time = models.PositiveIntegerField(_("running number of the period"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    cell = models.BigIntegerField(_("codes in the other dimensions"), default=0)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4, null=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    hidden = models.CharField(_("hidden"), max_length=10, choices=Hidden, blank=True)
    held = models.BooleanField(_("in force"), default=False)
    row = models.PositiveIntegerField(_("row of the file"), default=0)

    class Meta:
        default_permissions = ()
        verbose_name = _("received value")
        verbose_name_plural = _("received values")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "time", "area", "cell"],
                condition=Q(held=True),
                name="one_value_in_force_a_cell",
            ),
            models.UniqueConstraint(
                fields=["release", "time", "area", "cell"],
                condition=Q(held=False),
                name="one_value_to_come_a_cell",
            ),
            models.CheckConstraint(
                name="received_value_or_reason_for_none", condition=VALUE_OR_REASON
            ),
        ]

    def __str__(self):
        return f"{self.dataset_id} {self.time} {self.area_id} {self.cell}"


class ObservationQuerySet(models.QuerySet):
    def current(self):
        """Those that no later release has replaced."""
        return self.filter(until__isnull=True)


class Observation(models.Model):
    """A value as it is published, or the reason why there is none; never changed, only replaced.

    `until` is the release that replaced it: what was published once stays known. `revised` says
    that a correction changed it.
    """

    dataset = models.ForeignKey(
        Dataset, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="observations")
    until = models.ForeignKey(
        Release,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced",
        db_index=False,
    )
    time = models.PositiveIntegerField(_("running number of the period"))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)
    cell = models.BigIntegerField(_("codes in the other dimensions"), default=0)
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4, null=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    revised = models.BooleanField(_("revised"), default=False)

    objects = ObservationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "time", "area", "cell"],
                condition=Q(until__isnull=True),
                name="one_observation_a_cell",
            ),
            models.CheckConstraint(
                name="observation_or_reason_for_none", condition=VALUE_OR_REASON
            ),
        ]
        indexes = [
            models.Index(
                fields=["dataset", "time", "area", "cell"],
                condition=Q(until__isnull=False),
                name="observations_of_before",
            )
        ]

    def __str__(self):
        return f"{self.dataset_id} {self.time} {self.area_id} {self.cell}"
