"""Places: the country, its regions, employment areas and municipalities, by day.

Codes are Statistics Finland's classification codes; an area's `key` puts the classification's
own prefix before it (MK01, TA05, KU091), as addresses and files use it.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages import ThreeNames


class AreaQuerySet(models.QuerySet):
    def on(self, day: date):
        """Areas that exist on a day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def with_page(self):
        """Areas that have a page of their own."""
        return self.filter(kind__in=Area.WITH_PAGE)

    def visible_to(self, user):
        """Places are public."""
        return self


class Area(ThreeNames):
    """A place that services, organisations and figures refer to."""

    class Kind(models.TextChoices):
        COUNTRY = "country", _("Country")
        REGION = "region", _("Region")
        EMPLOYMENT_AREA = "employment_area", _("Employment area")
        MUNICIPALITY = "municipality", _("Municipality")
        COUNTY = "county", _("Wellbeing services county")
        ELY_CENTRE = "ely_centre", _("ELY Centre")
        DEVELOPMENT_CENTRE = "development_centre", _("Economic development centre")

    PREFIXES = {
        Kind.COUNTRY: "",
        Kind.REGION: "MK",
        Kind.EMPLOYMENT_AREA: "TA",
        Kind.MUNICIPALITY: "KU",
        Kind.COUNTY: "HVA",
        Kind.ELY_CENTRE: "ELY",
        Kind.DEVELOPMENT_CENTRE: "EVK",
    }
    WITH_PAGE = (Kind.COUNTRY, Kind.REGION, Kind.EMPLOYMENT_AREA, Kind.MUNICIPALITY)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("classification code"), max_length=3)
    key = models.CharField(_("key"), max_length=6, unique=True, editable=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_on = models.DateField(_("population on"), null=True, blank=True)
    language_status = models.CharField(_("language status"), max_length=20, blank=True)
    settlement_type = models.CharField(_("type of municipality"), max_length=20, blank=True)
    organised_as = models.CharField(_("organised as"), max_length=30, blank=True)
    map_path = models.TextField(_("outline on the map"), blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_area_a_code"),
        ]

    def save(self, **kwargs):
        self.key = f"{self.PREFIXES[self.Kind(self.kind)]}{self.code}"
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("places:area", kwargs={"key": self.key})


class Belonging(models.Model):
    """A smaller area within a larger one, for a time."""

    part = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="belongs_to")
    whole = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="consists_of")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    class Meta:
        verbose_name = _("belonging")
        verbose_name_plural = _("belongings")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "whole", "valid_from"],
                name="one_belonging_a_start",
                nulls_distinct=False,
            )
        ]

    def __str__(self):
        return f"{self.part} ⊂ {self.whole}"
