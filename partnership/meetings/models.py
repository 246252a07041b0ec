"""Worksheets that are frozen at one month for all areas, and what was decided over them."""

import json
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monitoring.datasets.models import FrozenFigure
from partnership.authorities.officers import areas_of, keeps_all
from partnership.commitments.models import Commitment
from portal.places.models import Area

KINDS = (Area.Kind.EMPLOYMENT_AREA, Area.Kind.MUNICIPALITY)  # whose meetings have a worksheet


class WorksheetMonth(models.Model):
    """A month whose figures are frozen, for every area from the same releases."""

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day."))
    frozen_at = models.DateTimeField(_("frozen"), default=timezone.now)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("month of worksheets")
        verbose_name_plural = _("months of worksheets")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """“November 2026” in the active language."""
        return date_format(self.month, "YEAR_MONTH_FORMAT")

    @property
    def word(self) -> str:
        """The month as addresses have it: 2026-11."""
        return f"{self.month:%Y-%m}"


class MonthFigure(models.Model):
    """One of the figures of a month for a kind of area: which value, and the one before it.

    `time` and `before` are running numbers of periods of the dataset, `number` that of its other
    codes, `named` the codes that are no totals, by language.
    """

    month = models.ForeignKey(WorksheetMonth, on_delete=models.CASCADE, related_name="figures")
    kind = models.CharField(max_length=20, choices=Area.Kind)
    position = models.PositiveSmallIntegerField()
    figure = models.ForeignKey(FrozenFigure, on_delete=models.PROTECT, related_name="+")
    time = models.IntegerField()
    before = models.IntegerField(null=True)
    number = models.IntegerField()
    named = models.JSONField(default=dict)

    class Meta:
        ordering = ["position"]
        verbose_name = _("figure of a month")
        verbose_name_plural = _("figures of a month")
        constraints = [
            models.UniqueConstraint(
                fields=["month", "kind", "position"], name="one_figure_a_place_of_a_worksheet"
            )
        ]

    def __str__(self):
        return f"{self.month} {self.kind} {self.position}"


class DecisionQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not been taken back."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user):
        """What stands for all; what was taken back for those who record for the area."""
        if keeps_all(user):
            return self
        return self.filter(Q(withdrawn_at=None) | Q(area__in=areas_of(user).values("pk")))

    def followed_up(self):
        return self.exclude(outcome="")

    def waiting(self, day):
        """Those whose day to follow up has come, and of which nothing has been told yet."""
        return self.standing().filter(follow_up_on__lte=day, outcome="")


class Decision(models.Model):
    """An area has read its worksheet: on which day, in which body, and what came of it.

    Recorded by the area's officer and public at once; changed and taken back by them, and each of
    these stands in the history.
    """

    WORDS = (
        "read_on",
        "body",
        "decided",
        "language",
        "follow_up_on",
        "outcome",
        "commitment_id",
        "withdrawn_at",
    )

    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="decisions"
    )
    month = models.ForeignKey(
        WorksheetMonth,
        verbose_name=_("worksheet"),
        on_delete=models.PROTECT,
        related_name="decisions",
        null=True,
    )
    read_on = models.DateField(_("read on"), default=timezone.localdate)
    body = models.CharField(
        _("in which body"),
        max_length=120,
        help_text=_("Such as “Integration group of the employment area”. No names of persons."),
    )
    decided = models.TextField(
        _("what was decided"),
        max_length=2000,
        help_text=_("In a few sentences. Also that nothing is to be done is a decision."),
    )
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    outcome = models.TextField(
        _("what came of it"),
        max_length=2000,
        blank=True,
        help_text=_("Written when it has been followed up."),
    )
    commitment = models.ForeignKey(
        Commitment,
        verbose_name=_("commitment"),
        on_delete=models.SET_NULL,
        related_name="decisions",
        null=True,
        blank=True,
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), default=timezone.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    key = models.UUIDField(_("key of the form"), unique=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-read_on", "-pk"]
        default_permissions = ()
        verbose_name = _("decision of a meeting")
        verbose_name_plural = _("decisions of meetings")
        indexes = [models.Index(fields=["area", "-read_on"], name="decisions_of_an_area")]
        constraints = [
            models.CheckConstraint(
                condition=Q(follow_up_on=None) | Q(follow_up_on__gte=F("read_on")),
                name="a_decision_is_followed_up_later",
                violation_error_message=_("The day to follow up is before the meeting."),
            )
        ]

    def __str__(self):
        return f"{self.area} {self.read_on}: {self.body}"

    @property
    def version_token(self) -> str:
        """Which words a reader has before them."""
        values = [str(getattr(self, name) or "") for name in self.WORDS]
        return sha256(json.dumps(values).encode()).hexdigest()[:24]

    @property
    def is_overdue(self) -> bool:
        """Whether its day to follow up has come and nothing has been told."""
        return (
            self.follow_up_on is not None
            and not self.outcome
            and self.follow_up_on <= timezone.localdate()
        )

    def get_absolute_url(self):
        return reverse("meetings:decision", args=[self.pk])
