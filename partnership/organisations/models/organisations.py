"""Organisations, and which of them a person may see."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.images.shortcuts import get_rendition_or_not_found

from partnership.organisations import business_id
from partnership.organisations.confirmation_rule import GREYED, confirmed_by
from partnership.organisations.logos import LARGE, SMALL
from partnership.organisations.permissions import DECIDE
from portal.languages import LANGUAGES, ThreeNames, current_language
from portal.linguistics.typed import text_as_typed, without_dots
from portal.places.models import Area

from .memberships import Membership
from .people import Representative


class OrganisationQuerySet(models.QuerySet):
    def members(self):
        """Organisations that are members of the programme now."""
        return self.filter(Exists(Membership.objects.active().filter(organisation=OuterRef("pk"))))

    def listed(self):
        """Members whose entry the directory shows: all but those hidden as not confirmed."""
        return self.members().filter(hidden_at=None)

    def of(self, user):
        """Organisations that the person acts for."""
        if not user.is_authenticated:
            return self.none()
        acting = Representative.objects.filter(user=user)
        return self.filter(pk__in=acting.values("organisation"))  # not Exists: it would ask of all

    def editable_by(self, user):
        """Organisations in whose name the person writes: as an owner or an editor."""
        if not user.is_authenticated:
            return self.none()
        writing = Representative.objects.editors().filter(user=user)
        return self.filter(pk__in=writing.values("organisation"))

    def visible_to(self, user):
        """Members for all; applicants and former members for their own people and the programme."""
        if user.has_perm(DECIDE):
            return self
        return self.members() | self.of(user) if user.is_authenticated else self.members()

    def mentioning(self, words: str):
        """Organisations whose names or descriptions have every one of the words in them.

        When there is none, those in which they are when accents are left out on both sides.
        """
        wanted = text_as_typed(words).casefold().split()
        found = self
        for word in wanted:
            found = found.filter(words__contains=word)
        if not wanted or found.exists():
            return found
        plain = [without_dots(word) for word in wanted]
        pairs = self.order_by().values_list("pk", "words").distinct()
        return self.filter(
            pk__in=[pk for pk, text in pairs if all(word in without_dots(text) for word in plain)]
        )


class Organisation(ThreeNames):
    """A partner, or one that has asked to be. It has one row, whatever the language."""

    class Kind(models.TextChoices):
        MUNICIPALITY = "municipality", _("Municipality")
        EMPLOYMENT_AUTHORITY = "employment-authority", _("Employment authority")
        WELLBEING_COUNTY = "wellbeing-county", _("Wellbeing services county")
        STATE = "state", _("State authority")
        ASSOCIATION = "association", _("Association or foundation")
        EDUCATION = "education", _("Educational or research institution")
        COMPANY = "company", _("Company")
        RELIGIOUS = "religious-community", _("Religious community")
        OTHER = "other", _("Other community")

    name_fi = models.CharField(
        _("name"),
        max_length=200,
        help_text=_("The official name, as in the Business Information System."),
    )
    name_sv = models.CharField(
        _("name in Swedish"),
        max_length=200,
        blank=True,
        help_text=_("If the organisation has one. Otherwise the official name is shown."),
    )
    name_en = models.CharField(
        _("name in English"),
        max_length=200,
        blank=True,
        help_text=_("If the organisation has one. Otherwise the official name is shown."),
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    business_id = models.CharField(
        _("business ID"),
        max_length=9,
        unique=True,
        validators=[business_id.validate],
        error_messages={
            "unique": _(
                "An organisation with this business ID has already been entered. Ask the people in "
                "your organisation who look after the partnership to invite you."
            )
        },
    )
    kind = models.CharField(_("kind of organisation"), max_length=20, choices=Kind)
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="organisations",
        limit_choices_to={"kind__in": Area.CHOOSABLE},
    )
    topics = models.ManyToManyField(
        "topics.Topic", verbose_name=_("themes"), related_name="organisations"
    )
    description_fi = models.TextField(_("description in Finnish"), max_length=3000, blank=True)
    description_sv = models.TextField(_("description in Swedish"), max_length=3000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=3000, blank=True)
    for_whom_fi = models.TextField(_("for whom, in Finnish"), max_length=1000, blank=True)
    for_whom_sv = models.TextField(_("for whom, in Swedish"), max_length=1000, blank=True)
    for_whom_en = models.TextField(_("for whom, in English"), max_length=1000, blank=True)
    website = models.URLField(
        _("website"), blank=True, validators=[URLValidator(schemes=["https", "http"])]
    )
    email = models.EmailField(
        _("contact e-mail"),
        max_length=254,
        help_text=_("Shown on the public profile: a shared mailbox rather than a person's own."),
    )
    logo = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        verbose_name=_("logo"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(
        _("language of correspondence"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_(
            "E-mail messages about the application and the membership are in this language."
        ),
    )
    example = models.BooleanField(_("an invented example"), default=False, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    created_at = models.DateTimeField(_("entered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    confirmed_at = models.DateTimeField(_("entry confirmed"), default=timezone.now, editable=False)
    hidden_at = models.DateTimeField(_("entry hidden"), null=True, editable=False)
    words = models.TextField(_("words to find it by"), editable=False, default="")

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name_fi", "pk"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def save(self, *, update_fields=None, **kwargs):
        """Keep the words that the directory is searched by in step with the texts."""
        texts = (
            getattr(self, f"{field}_{language}")
            for field in ("name", "description")
            for language in LANGUAGES
        )
        self.words = text_as_typed(" ".join(texts)).casefold()
        if update_fields is not None:
            update_fields = {*update_fields, "words", "updated_at"}
        super().save(update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("organisations:detail", kwargs={"slug": self.slug})

    @property
    def not_confirmed_since(self):
        """The day on which its people last confirmed the entry, where that is too long ago."""
        day = timezone.localdate(self.confirmed_at)
        greyed = self.hidden_at or day <= confirmed_by(timezone.localdate(), GREYED)
        return day if greyed else None

    @property
    def for_whom(self) -> str:
        """For whom it works, in the language in which it is described."""
        language = self.description_language
        return getattr(self, f"for_whom_{language}") if language else ""

    @property
    def website_shown(self) -> str:
        """The website as a person would say it: without its scheme and last slash."""
        return self.website.partition("//")[2].removesuffix("/")

    @property
    def small_logo(self):
        """The logo as lists show it, or None."""
        return get_rendition_or_not_found(self.logo, SMALL) if self.logo else None

    @property
    def large_logo(self):
        """The logo as the profile shows it, or None."""
        return get_rendition_or_not_found(self.logo, LARGE) if self.logo else None

    @property
    def description_language(self) -> str:
        """The language that the description can be read in, nearest to the reader's; or ""."""
        for language in (current_language(), self.language, *LANGUAGES):
            if getattr(self, f"description_{language}"):
                return language
        return ""

    @property
    def description(self) -> str:
        language = self.description_language
        return getattr(self, f"description_{language}") if language else ""
