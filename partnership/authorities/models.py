"""Who is in charge of an area: contacts of its authorities, who keeps them, and its programme."""

from datetime import date, timedelta

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal import concurrency
from portal.languages import LANGUAGES, ThreeNames, current_language, in_words
from portal.media.models import Attachment
from portal.places.models import Area

Kind = Area.Kind
STALE_AFTER = timedelta(days=365)


class Role(models.TextChoices):
    """What an authority is to the people of an area, in the order in which a page has them."""

    MUNICIPALITY = "municipality", _("Municipality")
    EMPLOYMENT = "employment", _("Employment authority")
    COUNTY = "county", _("Wellbeing services county")
    CENTRE = "centre", _("Economic development centre")
    MIGRI = "migri", _("Finnish Immigration Service (Migri)")
    KEHA = "keha", _("KEHA Centre")

    @classmethod
    def of_kind(cls, kind: str) -> list["Role"]:
        """The authorities whose own area is of this kind: Migri's and KEHA's is the country."""
        return [role for role in cls if KIND_OF[role] == kind]


KIND_OF = {
    Role.MUNICIPALITY: Kind.MUNICIPALITY,
    Role.EMPLOYMENT: Kind.EMPLOYMENT_AREA,
    Role.COUNTY: Kind.COUNTY,
    Role.CENTRE: Kind.DEVELOPMENT_CENTRE,
    Role.MIGRI: Kind.COUNTRY,
    Role.KEHA: Kind.COUNTRY,
}


class AreaContact(ThreeNames):
    """How to reach one authority: an office, never a person. It is kept once, with its own area,
    and shown on the page of every area that it covers.
    """

    WORDS = (
        *(f"name_{language}" for language in LANGUAGES),
        *(f"matter_{language}" for language in LANGUAGES),
        "telephone",
        "email",
        "website",
        "lead_id",
    )

    role = models.CharField(_("authority"), max_length=12, choices=Role)
    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        related_name="contacts",
        limit_choices_to={"kind__in": sorted(set(KIND_OF.values()))},
    )
    name_fi = models.CharField(
        _("name of the office"),
        max_length=200,
        help_text=_("Such as “Integration services of Example”. Never the name of a person."),
    )
    name_sv = models.CharField(_("name in Swedish"), max_length=200, blank=True)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    matter_fi = models.CharField(
        _("for what"),
        max_length=200,
        help_text=_("In which matters it is contacted, in a few words."),
    )
    matter_sv = models.CharField(_("for what, in Swedish"), max_length=200, blank=True)
    matter_en = models.CharField(_("for what, in English"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(
        _("e-mail"), max_length=254, blank=True, help_text=_("A shared mailbox.")
    )
    website = models.URLField(
        _("website"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    lead = models.ForeignKey(
        Area,
        verbose_name=_("lead municipality"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"kind": Kind.MUNICIPALITY},
        help_text=_("The municipality that answers for the employment services of the area."),
    )
    checked_on = models.DateField(_("checked on"), default=timezone.localdate)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    class Meta:
        ordering = ["role", "area__code"]
        verbose_name = _("contact of an authority")
        verbose_name_plural = _("contacts of authorities")
        permissions = [("keep_areacontact", _("Can keep the contacts of all areas"))]
        constraints = [
            models.UniqueConstraint(
                fields=["role", "area"],
                name="one_contact_an_authority",
                violation_error_message=_("The contact of this authority has been told already."),
            ),
            models.CheckConstraint(
                condition=~Q(telephone="", email="", website=""),
                name="authority_can_be_reached",
                violation_error_message=_(
                    "Write a telephone number, an e-mail address or a website."
                ),
            ),
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.area}"

    @property
    def matter(self) -> str:
        return in_words(self, "matter")

    @property
    def language(self) -> str:
        """The language of its words: the reader's, or Finnish where they are not told in that."""
        language = current_language()
        return language if getattr(self, f"name_{language}") else "fi"

    @property
    def version_token(self) -> str:
        """Which words a reader has before them."""
        return concurrency.fingerprint(self, self.WORDS)[:24]

    def is_stale_on(self, day: date) -> bool:
        """Whether it was last checked more than a year before."""
        return day - self.checked_on > STALE_AFTER

    @property
    def is_stale(self) -> bool:
        return self.is_stale_on(timezone.localdate())


class OfficerQuerySet(models.QuerySet):
    def standing(self):
        """Those whom the organisation that now stands for the area has named, and who act for it.

        Whoever leaves the organisation, or whose organisation no longer is the area's public body,
        keeps nothing from that moment on.
        """
        return self.filter(
            organisation__public_bodies__area=F("area"),
            organisation__representatives__user=F("user"),
        ).distinct()


class AreaOfficer(models.Model):
    """A person who keeps an area's contacts and programme, named by its public body's owners."""

    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.CASCADE, related_name="officers"
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="area_officers",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_areas"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    named_at = models.DateTimeField(_("named"), default=timezone.now)

    objects = OfficerQuerySet.as_manager()

    class Meta:
        ordering = ["named_at", "pk"]
        verbose_name = _("officer of an area")
        verbose_name_plural = _("officers of areas")
        constraints = [
            models.UniqueConstraint(fields=["area", "user"], name="one_officer_a_person_and_area")
        ]

    def __str__(self):
        return f"{self.user}: {self.area}"


class ProgrammeQuerySet(models.QuerySet):
    def shown(self):
        """Those that everybody may read."""
        return self.exclude(shown_at=None)


class IntegrationProgramme(models.Model):
    """The integration programme of a municipality, or of an area together: a document with its
    validity. It is private to those who keep the area until they show it.
    """

    area = models.ForeignKey(
        Area,
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        related_name="integration_programmes",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("owner"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="integration_programmes",
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    attachment = models.OneToOneField(
        Attachment, verbose_name=_("file"), on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now)
    shown_at = models.DateTimeField(_("shown to everybody since"), null=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("integration programme")
        verbose_name_plural = _("integration programmes")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="a_programme_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self):
        return self.title

    @property
    def has_ended(self) -> bool:
        return self.valid_to is not None and self.valid_to < timezone.localdate()

    def get_absolute_url(self):
        return reverse("authorities:file", args=[self.pk])
