"""The structure of a dataset: its dimensions, their codes in order, and which add up to which."""

from datetime import date

from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
    URLValidator,
)
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monitoring.indicators import periods
from monitoring.indicators.models import Indicator
from portal.languages import ThreeNames, current_language, in_words
from portal.places.models import Area

AREA, TIME, VALUE, STATUS = "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS"
CODE_LENGTH = 40
MOST_DIMENSIONS, MOST_CODES = 6, 1000
KEY = RegexValidator(r"^[A-Z][A-Z0-9_]*\Z")
CODE = RegexValidator(r"^[A-Za-z0-9_-]+\Z")


class DatasetQuerySet(models.QuerySet):
    def published(self):
        """Those of which something has been released."""
        return self.filter(released_at__isnull=False)

    def visible_to(self, user):
        """Published ones for all; those that are being prepared for those who work on releases."""
        return self if user.has_perm("datasets.view_release") else self.published()


class Dataset(ThreeNames):
    """Values of one measure by area, period and further dimensions: one row in all languages."""

    class Track(models.TextChoices):
        """Whether integration is followed as a phenomenon or by what services do."""

        PHENOMENON = "phenomenon", _("Integration as a phenomenon")
        SERVICE = "service", _("Integration services")

    class Clients(models.TextChoices):
        JOBSEEKERS = "jobseekers", _("Jobseekers")
        OUTSIDE = "outside", _("People outside the workforce")

    class Direction(models.TextChoices):
        UP = "up", _("Higher is better")
        DOWN = "down", _("Lower is better")

    class Aggregation(models.TextChoices):
        SUM = "sum", _("The sum of the parts")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The same in all languages, and in files. Do not change it once published."),
    )
    genitive_fi = models.CharField(
        _("genitive of the name in Finnish"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("As in a title: “… muutos”. Its words are those of the name."),
    )
    description_fi = models.TextField(_("what it tells, in Finnish"))
    description_sv = models.TextField(_("what it tells, in Swedish"))
    description_en = models.TextField(_("what it tells, in English"))
    unit_fi = models.CharField(_("unit in Finnish"), max_length=40)
    unit_sv = models.CharField(_("unit in Swedish"), max_length=40)
    unit_en = models.CharField(_("unit in English"), max_length=40)
    source_fi = models.CharField(_("source in Finnish"), max_length=200)
    source_sv = models.CharField(_("source in Swedish"), max_length=200)
    source_en = models.CharField(_("source in English"), max_length=200)
    source_url = models.URLField(
        _("address of the source"),
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["https", "http"])],
    )
    domain = models.CharField(
        _("domain"), max_length=20, choices=Indicator.Domain, blank=True, default=""
    )
    track = models.CharField(_("track"), max_length=12, choices=Track, blank=True, default="")
    clients = models.CharField(
        _("client group"), max_length=12, choices=Clients, blank=True, default=""
    )
    direction = models.CharField(
        _("direction"),
        max_length=4,
        choices=Direction,
        blank=True,
        default="",
        help_text=_("Leave it empty where neither is better."),
    )
    source_type = models.CharField(
        _("type of source"), max_length=10, choices=Indicator.SourceType, blank=True, default=""
    )
    coverage_fi = models.TextField(_("coverage, in Finnish"), blank=True, default="")
    coverage_sv = models.TextField(_("coverage, in Swedish"), blank=True, default="")
    coverage_en = models.TextField(_("coverage, in English"), blank=True, default="")
    method_fi = models.TextField(_("changes of method, in Finnish"), blank=True, default="")
    method_sv = models.TextField(_("changes of method, in Swedish"), blank=True, default="")
    method_en = models.TextField(_("changes of method, in English"), blank=True, default="")
    limits_fi = models.TextField(_("what it cannot tell, in Finnish"), blank=True, default="")
    limits_sv = models.TextField(_("what it cannot tell, in Swedish"), blank=True, default="")
    limits_en = models.TextField(_("what it cannot tell, in English"), blank=True, default="")
    aggregation = models.CharField(
        _("how areas are put together"),
        max_length=4,
        choices=Aggregation,
        blank=True,
        default="",
        help_text=_(
            "Without it, values of areas are never put together: shares and waiting times are not."
        ),
    )
    period = models.CharField(_("period"), max_length=10, choices=periods.Kind)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"), default=0, validators=[MaxValueValidator(4)]
    )
    least = models.DecimalField(
        _("least value"), max_digits=15, decimal_places=4, null=True, blank=True, default=0
    )
    most = models.DecimalField(
        _("greatest value"), max_digits=15, decimal_places=4, null=True, blank=True
    )
    smallest_shown = models.PositiveSmallIntegerField(
        _("smallest count that is shown"),
        default=0,
        help_text=_(
            "Counts from 1 up to below this are hidden, and others with them from which they "
            "could be worked out. 0 hides nothing."
        ),
    )
    hide_zeros = models.BooleanField(
        _("zeros are hidden too"),
        default=False,
        help_text=_("When it tells something of everybody in a group that nobody is in the other."),
    )
    true_values = models.BooleanField(
        _("small corrections may be published"),
        default=False,
        help_text=_(
            "A published value that a correction makes small may stay published, with its true "
            "value, when two people choose so. Without this it is taken back."
        ),
    )
    numerator = models.ForeignKey(
        "self",
        verbose_name=_("dataset of the numerators"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Of a dataset of shares: they are hidden where their counts would be."),
    )
    denominator = models.ForeignKey(
        "self",
        verbose_name=_("dataset of the denominators"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    same_people = models.ManyToManyField(
        "self",
        verbose_name=_("datasets that count the same people"),
        blank=True,
        help_text=_("What they have in common is protected together."),
    )
    example = models.BooleanField(
        _("example figures"),
        default=False,
        help_text=_("Invented figures: each page, file and answer says so."),
    )
    released_at = models.DateTimeField(_("last released"), null=True, blank=True, editable=False)
    times = models.JSONField(_("periods released"), default=list, editable=False)

    objects = DatasetQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("dataset")
        verbose_name_plural = _("datasets")

    def get_absolute_url(self):
        return reverse("datasets:dataset", kwargs={"slug": self.slug})

    @property
    def genitive(self) -> str:
        """Whose change a title tells: in Finnish the genitive, in Swedish and English the name.

        The title there says “förändring av” and “change of”. Without a Finnish genitive, “luvun”
        and the name, which is right of any.
        """
        if current_language() == "fi":
            return self.genitive_fi or f"luvun {self.name_fi}"
        return self.name

    @property
    def description(self) -> str:
        return in_words(self, "description")

    @property
    def unit(self) -> str:
        return in_words(self, "unit")

    @property
    def source(self) -> str:
        return in_words(self, "source")

    @property
    def coverage(self) -> str:
        return in_words(self, "coverage")

    @property
    def method(self) -> str:
        return in_words(self, "method")

    @property
    def limits(self) -> str:
        return in_words(self, "limits")

    @property
    def is_of_shares(self) -> bool:
        """Whether its values are shares of others' counts, which add up to nothing."""
        return bool(self.numerator_id and self.denominator_id)

    @property
    def is_protected(self) -> bool:
        """Whether small counts are hidden, or shares that would give them away."""
        return bool(self.smallest_shown or self.hide_zeros or self.is_of_shares)


class Break(models.Model):
    """From which period on values are not comparable with those before, and why.

    It may lie ahead: then it is announced, as of what has been decided already.
    """

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="breaks")
    time = models.PositiveIntegerField(_("running number of the first period after it"))
    text_fi = models.TextField(_("what changes, in Finnish"), max_length=500)
    text_sv = models.TextField(_("what changes, in Swedish"), max_length=500)
    text_en = models.TextField(_("what changes, in English"), max_length=500)

    class Meta:
        ordering = ["dataset", "time"]
        verbose_name = _("break in a series")
        verbose_name_plural = _("breaks in series")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "time"], name="one_break_a_period"),
        ]

    def __str__(self):
        return f"{self.period}: {self.text}"

    @property
    def text(self) -> str:
        return in_words(self, "text")

    @property
    def period(self) -> periods.Period:
        """The first period after it."""
        return periods.Period.at(self.time, self.dataset.period)

    def lies_ahead(self, day: date) -> bool:
        """Whether it is announced only, on a day."""
        return self.period.start > day


class Dimension(ThreeNames):
    """What values are broken down by. REF_AREA is one; time is every dataset's, and has no row."""

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="dimensions")
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    position = models.PositiveSmallIntegerField(
        _("position"), validators=[MaxValueValidator(MOST_DIMENSIONS)]
    )

    class Meta:
        ordering = ["dataset", "position"]
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        constraints = [
            models.UniqueConstraint(fields=["dataset", "key"], name="one_dimension_a_key"),
            models.UniqueConstraint(fields=["dataset", "position"], name="one_dimension_a_place"),
        ]


class Code(ThreeNames):
    """One value of a dimension. Its position is part of what observations are kept by: it stays."""

    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(_("code"), max_length=CODE_LENGTH, validators=[CODE])
    position = models.PositiveSmallIntegerField(
        _("position"), validators=[MinValueValidator(0), MaxValueValidator(MOST_CODES - 1)]
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="dataset_codes"
    )

    class Meta:
        ordering = ["dimension", "position"]
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        constraints = [
            models.UniqueConstraint(fields=["dimension", "code"], name="one_code_a_dimension"),
            models.UniqueConstraint(fields=["dimension", "position"], name="one_code_a_place"),
        ]


class Breakdown(models.Model):
    """A code whose values are the sum of those of others. A code may have several breakdowns."""

    total = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="breakdowns")
    parts = models.ManyToManyField(Code, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("breakdown")
        verbose_name_plural = _("breakdowns")

    def __str__(self):
        return f"{self.total} = Σ"
