"""Rounds of the partnership barometer, whose answers nobody can tie to who was invited.

No answer is a row. What was answered is added to the counts in one box a round, and a key that was
used is marked as used without when: neither has an order, a moment or a word of the other. A key is
not kept with an address: the letter alone has both, and forgets the key as it is sent. When the
round is over the counts are protected and published, and box, keys and invitations are deleted.
"""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class BarometerQuerySet(models.QuerySet):
    def published(self):
        """Those whose results are there."""
        return self.exclude(closed_at=None)

    def open_now(self):
        today = timezone.localdate()
        return self.filter(opens_on__lte=today, closes_on__gte=today, closed_at=None)

    def over(self):
        """Those whose last day has passed and that have not been counted yet."""
        return self.filter(closes_on__lt=timezone.localdate(), closed_at=None)


class BarometerRound(models.Model):
    """A round: open from the first minute of `opens_on` to the last of `closes_on`, Helsinki time.

    `results` are what is published of it (`barometer_results`), with the questions as asked.
    """

    name = models.CharField(
        _("year or years"), max_length=20, help_text=_("For example 2026, or 2026–2027.")
    )
    opens_on = models.DateField(_("first day"), default=timezone.localdate)
    closes_on = models.DateField(_("last day"), help_text=_("Until midnight, Helsinki time."))
    invited = models.PositiveIntegerField(_("invited"), default=0, editable=False)
    results = models.JSONField(_("results"), null=True, editable=False)
    closed_at = models.DateTimeField(_("results published"), null=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = BarometerQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        verbose_name = _("round of the barometer")
        verbose_name_plural = _("rounds of the barometer")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="a_round_closes_after_it_opens",
                violation_error_message=_("The last day is before the first."),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether it can be answered now."""
        return self.closed_at is None and (self.opens_on <= timezone.localdate() <= self.closes_on)

    @property
    def answers(self) -> int | None:
        """How many answered; None while it is open, and when they are too few to be told."""
        return self.results["answers"] if self.results else None

    def get_absolute_url(self):
        return f"{reverse('programme:barometer')}?round={self.pk}"


class BarometerKey(models.Model):
    """A key that was given out, by its fingerprint, and whether it has been used.

    Not by whom and not when; the rows have no number and stand in the order of the fingerprints.
    """

    fingerprint = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(BarometerRound, on_delete=models.CASCADE, related_name="keys")
    used = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("key of the barometer")
        verbose_name_plural = _("keys of the barometer")

    def __str__(self):
        return self.fingerprint[:8]


class BarometerInvitation(models.Model):
    """Where a letter went, as a fingerprint of the address, so that nobody gets two."""

    round = models.ForeignKey(BarometerRound, on_delete=models.CASCADE, related_name="invitations")
    fingerprint = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("invitation to the barometer")
        verbose_name_plural = _("invitations to the barometer")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "fingerprint"], name="one_barometer_letter_an_address"
            )
        ]

    def __str__(self):
        return self.fingerprint[:8]


class BarometerBox(models.Model):
    """What was answered so far in a round: how often, by question, answer and group."""

    round = models.OneToOneField(
        BarometerRound, on_delete=models.CASCADE, primary_key=True, related_name="box"
    )
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("answers to the barometer")
        verbose_name_plural = _("answers to the barometer")

    def __str__(self):
        return str(self.round)
