"""What the law asks of an authority: one short sentence of ours a row, resting on a section."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from law.models import Section
from portal.languages import current_language, in_words
from portal.places.models import Area

Kind = Area.Kind


class DutyQuerySet(models.QuerySet):
    def of_kind(self, kind: str):
        """Those of the authority of such an area, with a section to rest on."""
        return self.filter(kind=kind, section__isnull=False).select_related("section__act")


class Duty(models.Model):
    """A duty of the authority of a kind of area, in our own words; the section is what binds."""

    class Question(models.TextChoices):
        WHAT = "what", _("What must be done")
        WHEN = "when", _("By when")
        COST = "cost", _("Who pays")

    KINDS = (
        Kind.MUNICIPALITY,
        Kind.EMPLOYMENT_AREA,
        Kind.COUNTY,
        Kind.DEVELOPMENT_CENTRE,
        Kind.COUNTRY,
    )

    key = models.SlugField(_("key"), unique=True)
    kind = models.CharField(
        _("whose duty"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in KINDS],
        help_text=_("The authority of which areas; the country stands for the state."),
    )
    question = models.CharField(
        _("what it answers"), max_length=4, choices=Question, default=Question.WHAT
    )
    text_fi = models.CharField(_("sentence in Finnish"), max_length=300)
    text_sv = models.CharField(_("sentence in Swedish"), max_length=300)
    text_en = models.CharField(_("sentence in English"), max_length=300)
    section = models.ForeignKey(
        Section,
        verbose_name=_("section of the law"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="duties",
    )
    on_paper = models.BooleanField(
        _("on the A4 too"), default=True, help_text=_("The page of an area has all of them.")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = DutyQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        verbose_name = _("duty by law")
        verbose_name_plural = _("duties by law")
        constraints = [
            models.CheckConstraint(
                condition=~Q(text_fi=""),
                name="a_duty_says_something",
            )
        ]

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return in_words(self, "text", current_language())
