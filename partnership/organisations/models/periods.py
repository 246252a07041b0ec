"""Periods of the programme: two years with a plan, for which organisations are members."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.languages import ThreeNames, in_words


@dataclass(frozen=True)
class Principle:
    """One of the four principles to which a member commits, and what it means for its work."""

    key: str
    name: str | Promise
    meaning: str | Promise


# The same in every period since the programme began in 2021.
PRINCIPLES = (
    Principle(
        "openness",
        _("Openness"),
        _("We tell others what we do and what we learn, and make room for new partners."),
    ),
    Principle(
        "participation",
        _("Participation"),
        _("Immigrants take part in planning what concerns them."),
    ),
    Principle(
        "knowledge",
        _("Knowledge base"),
        _("We build on research, statistics and experience, and name our sources."),
    ),
    Principle(
        "impact",
        _("Impact"),
        _("We set a goal, follow it, and change our way of working if results do not come."),
    ),
)


class PeriodQuerySet(models.QuerySet["Period"]):
    def on(self, day: date):
        """The period that the day is in, as a list of at most one."""
        return self.filter(starts__lte=day, ends__gte=day)

    def current(self, day: date | None = None) -> "Period | None":
        """The period of a day, today's when none is given; None between periods."""
        return self.on(day or timezone.localdate()).first()

    def joined(self, day: date | None = None) -> "Period | None":
        """The period for which an organisation is a member when it becomes one on that day.

        From the day on which members are asked to go on into the next period it is the next one.
        """
        day = day or timezone.localdate()
        asked = self.filter(renewal_from__lte=day, ends__gte=day)
        return asked.order_by("starts").last() or self.current(day)

    def taking_applications(self, day: date | None = None):
        """The periods for which one can apply on that day."""
        day = day or timezone.localdate()
        return self.filter(applications_from__lte=day).filter(
            Q(applications_until__gte=day) | Q(applications_until=None, ends__gte=day)
        )


class Period(ThreeNames):
    """A period of the programme with the days of its plan, its priorities, and when to apply.

    Members of the period before are asked from `renewal_from` whether they go on; who has not
    answered by `grace_until` is no longer a member.
    """

    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"))
    priorities_fi = models.TextField(
        _("priorities in Finnish"), max_length=3000, blank=True, help_text=_("One on each line.")
    )
    priorities_sv = models.TextField(_("priorities in Swedish"), max_length=3000, blank=True)
    priorities_en = models.TextField(_("priorities in English"), max_length=3000, blank=True)
    applications_from = models.DateField(_("applications are taken from"))
    applications_until = models.DateField(
        _("applications are taken until"),
        null=True,
        blank=True,
        help_text=_("Empty: to the end of the period."),
    )
    renewal_from = models.DateField(
        _("members are asked to go on from"),
        help_text=_(
            "From this day each member of the period before gets a letter with one button."
        ),
    )
    grace_until = models.DateField(
        _("members who have not answered stay until"),
        help_text=_("After this day their membership lapses. It can be taken up again."),
    )
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["starts"]
        verbose_name = _("programme period")
        verbose_name_plural = _("programme periods")
        constraints = [
            models.UniqueConstraint(fields=["starts"], name="one_period_a_first_day"),
            models.CheckConstraint(
                condition=Q(starts__lt=F("ends"))
                & Q(renewal_from__lte=F("grace_until"))
                & Q(grace_until__lt=F("ends")),
                name="period_days_in_order",
                violation_error_message=_(
                    "The days are in the wrong order: asking begins, then the time to answer ends, "
                    "and both are before the period ends."
                ),
            ),
        ]

    def clean(self):
        """Two periods never share a day: else it would not be known which one a day is in."""
        super().clean()
        if self.starts and self.ends:
            others = Period.objects.exclude(pk=self.pk)
            if others.filter(starts__lte=self.ends, ends__gte=self.starts).exists():
                raise ValidationError({"starts": _("Another period has some of these days.")})

    @property
    def priorities(self) -> list[str]:
        """What the period's plan puts first, in the active language."""
        lines = in_words(self, "priorities").splitlines()
        return [line.strip() for line in lines if line.strip()]

    @property
    def principles(self) -> tuple[Principle, ...]:
        return PRINCIPLES
