"""Places: the country, its regions, employment areas and municipalities, by day.

Codes are Statistics Finland's classification codes; an area's `key` puts the classification's
own prefix before it (MK01, TA05, KU091), as addresses and files use it.
"""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.languages import ThreeNames, current_language
from portal.linguistics.typed import text_as_typed, without_dots


class ValidQuerySet(models.QuerySet):
    def on(self, day: date):
        """Rows that hold on a day; a row holds on its first day and on its last."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )


class AreaQuerySet(ValidQuerySet):
    """Places, chosen by day and by where they lie."""

    def within(self, area, day: date):
        """The area itself, and what lay in it, wholly or in part, on a day."""
        return self.filter(
            Q(pk=area.pk) | Q(pk__in=area.consists_of.on(day).values("part")),
        )

    def around(self, area, day: date):
        """The area itself, and the larger ones in which it lay, wholly or in part, on a day."""
        return self.filter(
            Q(pk=area.pk) | Q(pk__in=area.belongs_to.on(day).values("whole")),
        )

    def named(self, words: str) -> "AreaQuerySet":
        """Areas with all of these words in one of their names; a and ä count as one letter.

        The comparison is made here and not in the database, as SQLite knows no case beyond ASCII.
        """
        wanted = without_dots(text_as_typed(words)).split()
        return self.filter(
            pk__in=[
                pk
                for pk, *names in self.values_list("pk", "name_fi", "name_sv", "name_en")
                if wanted
                and any(
                    all(word in without_dots(text_as_typed(name)) for word in wanted)
                    for name in names
                )
            ]
        )

    def with_page(self):
        """Areas that have a page of their own."""
        return self.filter(kind__in=Area.WITH_PAGE)

    def choosable(self):
        """Areas that things are placed in: an organisation works there, an offer is for it."""
        return self.filter(kind__in=Area.CHOOSABLE)

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

    class LanguageStatus(models.TextChoices):
        FINNISH = "fi", _("Finnish-speaking")
        SWEDISH = "sv", _("Swedish-speaking")
        FINNISH_AND_SWEDISH = "fi-sv", _("Bilingual, most speak Finnish")
        SWEDISH_AND_FINNISH = "sv-fi", _("Bilingual, most speak Swedish")

    class SettlementType(models.TextChoices):
        URBAN = "urban", _("Urban municipality")
        SEMI_URBAN = "semi-urban", _("Semi-urban municipality")
        RURAL = "rural", _("Rural municipality")

    class OrganisedAs(models.TextChoices):
        LEAD_MUNICIPALITY = "lead_municipality", _("A lead municipality answers for the area")
        SINGLE_MUNICIPALITY = "single_municipality", _("The municipality alone")
        JOINT_AUTHORITY = "joint_municipal_authority", _("A joint municipal authority")

    PREFIXES = {
        Kind.COUNTRY: "",
        Kind.REGION: "MK",
        Kind.EMPLOYMENT_AREA: "TA",
        Kind.MUNICIPALITY: "KU",
        Kind.COUNTY: "HVA",
        Kind.ELY_CENTRE: "ELY",
        Kind.DEVELOPMENT_CENTRE: "EVK",
    }
    # What things are placed in and lists are narrowed by; the others are what authorities cover.
    CHOOSABLE = (Kind.COUNTRY, Kind.REGION, Kind.EMPLOYMENT_AREA, Kind.MUNICIPALITY)
    WITH_PAGE = (*CHOOSABLE, Kind.COUNTY, Kind.DEVELOPMENT_CENTRE)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("classification code"), max_length=3)
    key = models.CharField(_("key"), max_length=6, unique=True, editable=False)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    population = models.PositiveIntegerField(_("population"), null=True, blank=True)
    population_on = models.DateField(_("population on"), null=True, blank=True)
    language_status = models.CharField(
        _("language status"), max_length=20, choices=LanguageStatus, blank=True
    )
    settlement_type = models.CharField(
        _("type of municipality"), max_length=20, choices=SettlementType, blank=True
    )
    organised_as = models.CharField(
        _("who organises employment services"), max_length=30, choices=OrganisedAs, blank=True
    )
    map_path = models.TextField(_("outline on the map"), blank=True)
    genitive_fi = models.CharField(
        _("genitive of the name in Finnish"), max_length=255, blank=True, default=""
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code"]
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_area_a_code"),
        ]

    def save(self, **kwargs):
        self.key = self.key_of(self.kind, self.code)
        super().save(**kwargs)

    @classmethod
    def key_of(cls, kind: str, code: str) -> str:
        """TA05: the prefix of the kind, and the classification code."""
        return f"{cls.PREFIXES[cls.Kind(kind)]}{code}"

    @property
    def genitive(self) -> str:
        """Kuopion, Kuopios, Kuopio’s: in Finnish from the data, otherwise by rule.

        Where the data has no Finnish genitive, “alueen Kuopio”, which is right of any name.
        """
        language = current_language()
        if language == "fi":
            return self.genitive_fi or f"alueen {self.name_fi}"
        if language == "sv":
            return self.name if self.name[-1:] in "sxz" else f"{self.name}s"
        return f"{self.name}’s"

    @property
    def has_page(self) -> bool:
        return self.kind in self.WITH_PAGE

    @property
    def can_be_chosen(self) -> bool:
        return self.kind in self.CHOOSABLE

    def get_absolute_url(self):
        return reverse("places:area", kwargs={"key": self.key})


class Belonging(models.Model):
    """A smaller area within a larger one, wholly or in part, for a time.

    Every larger area has its row, not the next one alone: a municipality is in its employment
    area, its region and the country. So one step answers what lies in what.
    """

    part = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="belongs_to")
    whole = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="consists_of")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = ValidQuerySet.as_manager()

    class Meta:
        verbose_name = _("belonging")
        verbose_name_plural = _("belongings")
        constraints = [
            models.UniqueConstraint(
                fields=["part", "whole", "valid_from"], name="one_belonging_a_start"
            ),
            models.UniqueConstraint(
                fields=["part", "whole"],
                condition=Q(valid_from__isnull=True),
                name="one_belonging_from_the_beginning",
            ),
        ]

    def __str__(self):
        return f"{self.part} ⊂ {self.whole}"
