"""Values, and the releases that brought them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring.indicators import periods
from portal.places.models import Area

KEPT_FOR = timedelta(hours=24)
LONGEST_ADDRESS, LONGEST_NOTE = 500, 500


class Release(models.Model):
    """One file that was imported: who brought which values, when, and what they changed."""

    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("imported by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    file_name = models.CharField(_("file"), max_length=255)
    checksum = models.CharField(
        _("checksum"), max_length=64, db_index=True, help_text=_("SHA-256 of the file's bytes.")
    )
    rows = models.PositiveIntegerField(_("rows"))
    new = models.PositiveIntegerField(_("new"))
    changed = models.PositiveIntegerField(_("changed"))
    unchanged = models.PositiveIntegerField(_("unchanged"))
    note = models.TextField(_("note"), max_length=2000, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=LONGEST_ADDRESS, blank=True)
    changes = models.JSONField(_("what changed"), default=list, blank=True)
    warnings = models.JSONField(_("what was unusual"), default=list, blank=True)

    class Meta:
        ordering = ["-imported_at", "-pk"]
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self):
        return f"{self.file_name} ({timezone.localtime(self.imported_at):%Y-%m-%d %H:%M})"


class Observation(models.Model):
    """One value of an indicator for an area and a period, or the reason why there is none."""

    class Status(models.TextChoices):
        FINAL = "", _("Final")
        PROVISIONAL = "provisional", _("Provisional")
        NOT_YET_PUBLISHED = "not-yet-published", _("Not yet published")
        NOT_COLLECTED = "not-collected", _("Not collected")
        NOT_APPLICABLE = "not-applicable", _("Not applicable")
        SUPPRESSED = "suppressed", _("Suppressed: too few people")
        UNRELIABLE = "unreliable", _("Too unreliable to show")

    MISSING = (
        Status.NOT_YET_PUBLISHED,
        Status.NOT_COLLECTED,
        Status.NOT_APPLICABLE,
        Status.SUPPRESSED,
        Status.UNRELIABLE,
    )

    indicator = models.ForeignKey(
        "monitoring.Indicator",
        on_delete=models.PROTECT,
        related_name="observations",
        db_index=False,
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, related_name="observations", db_index=False
    )
    period = models.CharField(_("period"), max_length=10, choices=periods.Kind)
    start = models.DateField(_("first day of the period"))
    value = models.DecimalField(_("value"), max_digits=15, decimal_places=4, null=True)
    status = models.CharField(_("status"), max_length=20, choices=Status, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=LONGEST_ADDRESS, blank=True)
    note = models.CharField(_("note"), max_length=LONGEST_NOTE, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="observations")

    class Meta:
        ordering = ["indicator", "area", "start"]
        verbose_name = _("value")
        verbose_name_plural = _("values")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "area", "start"], name="one_value_an_indicator_area_period"
            ),
            models.CheckConstraint(
                name="a_value_or_the_reason_for_none",
                condition=Q(value__isnull=False, status__in=["", "provisional"])
                | Q(
                    value__isnull=True,
                    status__in=[
                        "not-yet-published",
                        "not-collected",
                        "not-applicable",
                        "suppressed",
                        "unreliable",
                    ],
                ),
            ),
        ]
        indexes = [  # these two answer an indicator over areas, and an area over indicators
            models.Index(
                fields=["indicator", "start", "area", "value", "status"],
                name="values_of_an_indicator",
            ),
            models.Index(
                fields=["area", "indicator", "start", "value", "status"], name="values_of_an_area"
            ),
        ]

    def __str__(self):
        return f"{self.indicator_id} {self.area_id} {self.time}"

    @property
    def time(self) -> periods.Period:
        return periods.Period(self.start, self.period)


class Upload(models.Model):
    """A file between its check and its import: the server's own copy, for the one who sent it.

    It is forgotten after a day. `release` says that it has been imported.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)
    file_name = models.CharField(max_length=255)
    content = models.BinaryField()
    release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")

    def __str__(self):
        return self.file_name
