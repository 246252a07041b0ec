"""Calls of the programme, and the organisations that say they are interested."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from partnership.programme.permissions import MANAGE
from portal.languages import ThreeNames, in_words
from portal.places.models import Area
from portal.topics.models import Topic


class CallQuerySet(models.QuerySet):
    def opened(self):
        """Those whose first day has come; they stay when the deadline has passed."""
        return self.filter(opens_on__lte=timezone.localdate())

    def open_now(self):
        return self.opened().filter(closes_on__gte=timezone.localdate())

    def visible_to(self, user):
        """From its first day for all; earlier for the programme team."""
        return self if user.has_perm(MANAGE) else self.opened()


class Call(ThreeNames):
    """The programme asks for something until a day: organisations say that they are interested.

    It is open from the first minute of `opens_on` to the last of `closes_on`, Helsinki time.
    """

    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=80,
        help_text=_("The word that its address ends in, the same in every language."),
    )
    description_fi = models.TextField(_("description in Finnish"), max_length=4000)
    description_sv = models.TextField(_("description in Swedish"), max_length=4000)
    description_en = models.TextField(_("description in English"), max_length=4000)
    eligible_fi = models.TextField(_("who may take part, in Finnish"), max_length=1000)
    eligible_sv = models.TextField(_("who may take part, in Swedish"), max_length=1000)
    eligible_en = models.TextField(_("who may take part, in English"), max_length=1000)
    opens_on = models.DateField(_("first day"), default=timezone.localdate)
    closes_on = models.DateField(_("last day"), help_text=_("Until midnight, Helsinki time."))
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="calls",
        limit_choices_to={"kind__in": Area.CHOOSABLE},
        blank=True,
        help_text=_("None: the whole country."),
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("themes"), related_name="calls", blank=True
    )
    website = models.URLField(_("more about it"), blank=True)
    announced_at = models.DateTimeField(_("announced"), null=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_on", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        permissions = [("manage_call", _("Can read expressions of interest and offers"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="a_call_closes_after_it_opens",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    @property
    def description(self) -> str:
        return in_words(self, "description")

    @property
    def eligible(self) -> str:
        return in_words(self, "eligible")

    @property
    def is_open(self) -> bool:
        """Whether organisations may say now that they are interested."""
        return self.opens_on <= timezone.localdate() <= self.closes_on

    @property
    def days_left(self) -> int:
        return (self.closes_on - timezone.localdate()).days

    def get_absolute_url(self):
        return reverse("programme:call", kwargs={"slug": self.slug})


class InterestQuerySet(models.QuerySet):
    def standing(self):
        """Those that have not been withdrawn."""
        return self.filter(withdrawn_at=None)

    def of(self, user):
        """Those of the organisations that the person acts for."""
        return self.filter(organisation__in=Organisation.objects.of(user).values("pk"))


class Interest(models.Model):
    """An organisation has said that it is interested in a call; the programme team reads it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="interests")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="interests",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(
        _("why you are interested"),
        max_length=2000,
        help_text=_("What you would do, with whom and where. The programme team reads it."),
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)

    objects = InterestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=Q(withdrawn_at=None),
                name="one_interest_a_call_and_organisation",
            )
        ]

    def __str__(self):
        return f"{self.organisation}: {self.call}"
