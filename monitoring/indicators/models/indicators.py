"""Indicators: what is measured, why, and how it may be read."""

from django.core.validators import MaxValueValidator, URLValidator
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from law.models import Section
from monitoring.indicators import periods
from portal.languages import ThreeNames, in_words
from portal.topics.models import Topic

from .observations import Observation

EDIT = "monitoring.change_indicator"
DECIMALS = 4


class IndicatorQuerySet(models.QuerySet):
    def published(self):
        return self.filter(published=True)

    def visible_to(self, user):
        """Published ones for all; drafts for those who edit indicators."""
        return self if user.has_perm(EDIT) else self.published()

    def with_latest(self, area_key: str):
        """Each with the latest value that an area has: `latest_value`, `_start`, `_status`."""
        latest = Observation.objects.filter(
            indicator=OuterRef("pk"), area__key=area_key, value__isnull=False
        ).order_by("-start")
        return self.annotate(
            latest_value=Subquery(latest.values("value")[:1]),
            latest_start=Subquery(latest.values("start")[:1]),
            latest_status=Subquery(latest.values("status")[:1]),
        )


class Indicator(ClusterableModel, ThreeNames):
    """Something that is measured again and again: one row, whatever the language."""

    class Kind(models.TextChoices):
        COUNT = "count", _("Count")
        PERCENT = "percent", _("Per cent")

    class SourceType(models.TextChoices):
        REGISTER = "register", _("Register")
        SURVEY = "survey", _("Sample survey")
        SYSTEM = "system", _("System data")

    class Domain(models.TextChoices):
        """The parts of integration as a phenomenon, in the order in which they are listed."""

        EMPLOYMENT = "employment", _("Employment")
        EDUCATION = "education", _("Education and skills")
        HEALTH = "health", _("Health and wellbeing")
        HOUSING = "housing", _("Housing")
        PARTICIPATION = "participation", _("Participation")
        TWO_WAY = "two-way", _("Two-way integration")

    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The same in all languages, and in files. Do not change it once published."),
    )
    short_fi = models.CharField(_("short name in Finnish"), max_length=80)
    short_sv = models.CharField(_("short name in Swedish"), max_length=80)
    short_en = models.CharField(_("short name in English"), max_length=80)
    unit_fi = models.CharField(_("unit in Finnish"), max_length=40)
    unit_sv = models.CharField(_("unit in Swedish"), max_length=40)
    unit_en = models.CharField(_("unit in English"), max_length=40)
    kind = models.CharField(_("kind of figure"), max_length=10, choices=Kind)
    decimals = models.PositiveSmallIntegerField(
        _("decimals"),
        default=0,
        validators=[MaxValueValidator(DECIMALS)],
        help_text=_("How many decimals the source publishes. A file with more is refused."),
    )
    may_be_negative = models.BooleanField(
        _("may be negative"),
        default=False,
        help_text=_("For differences and balances. A percentage may then also be over 100."),
    )
    period = models.CharField(
        _("period"),
        max_length=10,
        choices=periods.Kind,
        help_text=_("How long a time one value is about."),
    )
    domain = models.CharField(_("domain"), max_length=20, choices=Domain)
    topics = ParentalManyToManyField(
        Topic, verbose_name=_("themes"), related_name="indicators", blank=True
    )
    source_type = models.CharField(
        _("type of source"),
        max_length=10,
        choices=SourceType,
        help_text=_("Figures from registers and from surveys are not directly comparable."),
    )
    source_fi = models.CharField(_("source in Finnish"), max_length=200)
    source_sv = models.CharField(_("source in Swedish"), max_length=200)
    source_en = models.CharField(_("source in English"), max_length=200)
    source_url = models.URLField(
        _("address of the source"),
        max_length=500,
        validators=[URLValidator(schemes=["https", "http"])],
    )
    purpose_fi = models.TextField(_("what it is for, in Finnish"))
    purpose_sv = models.TextField(_("what it is for, in Swedish"))
    purpose_en = models.TextField(_("what it is for, in English"))
    limits_fi = models.TextField(_("what it cannot tell, in Finnish"))
    limits_sv = models.TextField(_("what it cannot tell, in Swedish"))
    limits_en = models.TextField(_("what it cannot tell, in English"))
    misreading_fi = models.TextField(_("common misreading, in Finnish"))
    misreading_sv = models.TextField(_("common misreading, in Swedish"))
    misreading_en = models.TextField(_("common misreading, in English"))
    coverage_fi = models.TextField(_("coverage, in Finnish"))
    coverage_sv = models.TextField(_("coverage, in Swedish"))
    coverage_en = models.TextField(_("coverage, in English"))
    published = models.BooleanField(
        _("published"),
        default=False,
        help_text=_("Until it is published, only those who edit indicators see it."),
    )

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        ordering = ["domain", "slug"]
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")

    @property
    def short(self) -> str:
        return in_words(self, "short")

    @property
    def unit(self) -> str:
        return in_words(self, "unit")

    @property
    def source(self) -> str:
        return in_words(self, "source")

    @property
    def purpose(self) -> str:
        return in_words(self, "purpose")

    @property
    def limits(self) -> str:
        return in_words(self, "limits")

    @property
    def misreading(self) -> str:
        return in_words(self, "misreading")

    @property
    def coverage(self) -> str:
        return in_words(self, "coverage")

    def get_absolute_url(self):
        return reverse("monitoring:indicator", kwargs={"slug": self.slug})


class IndicatorSection(models.Model):
    """A section of the law that an indicator tells about.

    A row rather than a many-to-many link, so that the reference index knows what rests on it.
    """

    indicator = ParentalKey(Indicator, on_delete=models.CASCADE, related_name="section_links")
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        related_name="indicator_links",
    )

    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        ordering = ["sort_order"]
        verbose_name = _("section of the law")
        verbose_name_plural = _("sections of the law")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "section"], name="one_link_an_indicator_and_section"
            )
        ]

    def __str__(self):
        return str(self.section)
