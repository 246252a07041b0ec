"""The measures of the programme's plan, and where each stands."""

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partnership.organisations.models import Organisation
from partnership.organisations.models.periods import Period
from portal.languages import ThreeNames, in_words


class MeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The plan is public."""
        return self


class Measure(ThreeNames):
    """Something that the plan of a period sets out to do, who answers for it, and its state."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Not begun")
        RUNNING = "running", _("Under way")
        DONE = "done", _("Done")
        DROPPED = "dropped", pgettext_lazy("state of a measure", "Given up")

    period = models.ForeignKey(
        Period,
        verbose_name=_("programme period"),
        on_delete=models.PROTECT,
        related_name="measures",
    )
    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=80,
        help_text=_("The word that its address ends in, the same in every language."),
    )
    description_fi = models.TextField(_("description in Finnish"), max_length=2000)
    description_sv = models.TextField(_("description in Swedish"), max_length=2000)
    description_en = models.TextField(_("description in English"), max_length=2000)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    stands_fi = models.TextField(_("where it stands, in Finnish"), max_length=1000, blank=True)
    stands_sv = models.TextField(_("where it stands, in Swedish"), max_length=1000, blank=True)
    stands_en = models.TextField(_("where it stands, in English"), max_length=1000, blank=True)
    told_on = models.DateField(
        _("as on"),
        default=timezone.localdate,
        help_text=_("The day of which the state is told."),
    )
    ends_on = models.DateField(_("to be done by"), null=True, blank=True)
    responsible = models.ForeignKey(
        Organisation,
        verbose_name=_("responsible organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="measures",
    )
    actor_fi = models.CharField(
        _("responsible, in Finnish"),
        max_length=120,
        blank=True,
        help_text=_("When it is no partner of the directory."),
    )
    actor_sv = models.CharField(_("responsible, in Swedish"), max_length=120, blank=True)
    actor_en = models.CharField(_("responsible, in English"), max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    example = models.BooleanField(_("an invented example"), default=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        ordering = ["-period__starts", "position", "pk"]
        verbose_name = _("measure of the plan")
        verbose_name_plural = _("measures of the plan")

    @property
    def description(self) -> str:
        return in_words(self, "description")

    @property
    def stands(self) -> str:
        """Where it stands, in words."""
        return in_words(self, "stands")

    @property
    def actor(self) -> str:
        """Who answers for it, by name."""
        return self.responsible.name if self.responsible else in_words(self, "actor")

    def get_absolute_url(self):
        return reverse("programme:measure", kwargs={"slug": self.slug})
