"""What others say of a result: a partner who was asked, and the programme team."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation

from .shares import Level, new_key


class Answer(models.TextChoices):
    CONFIRMED = "confirmed", _("Yes, I can confirm it")
    DIFFERS = "differs", _("I see it differently")


class ConfirmationQuerySet(models.QuerySet):
    def answered(self):
        return self.filter(answered_at__isnull=False)

    def open(self):
        """Those of partners that wait for their answer, about reports that were not taken back."""
        return self.filter(
            source=Level.PARTNER,
            answered_at=None,
            report__undone_at=None,
            asked_at__gt=timezone.now() - Confirmation.VALID_FOR,
        )

    def without_reply(self):
        """Those that differ and that the organisation has not replied to yet."""
        return self.filter(answer=Answer.DIFFERS, replied_at=None, report__undone_at=None)


class Confirmation(models.Model):
    """One word on a report: asked of a partner by a letter, or given by the programme team.

    The letter's key opens the question without signing in, for a year. `letter_at` is empty while
    the commitment has had its letters for the year: the question then stands on the partner's desk.
    The organisation that told may reply once to each word on it.
    """

    VALID_FOR = timedelta(days=365)
    UNDO_WITHIN = timedelta(days=14)

    report = models.ForeignKey(
        "commitments.Report", on_delete=models.CASCADE, related_name="confirmations"
    )
    source = models.CharField(
        _("who says it"),
        max_length=10,
        choices=[(one.value, one.label) for one in Level if one != Level.OWN],
        default=Level.PARTNER,
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("to"),
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    letter_at = models.DateTimeField(_("letter written"), null=True, editable=False)
    told_at = models.DateTimeField(_("told of it"), null=True, editable=False)
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reply = models.TextField(_("reply"), max_length=1000, blank=True)
    replied_at = models.DateTimeField(_("replied"), null=True, editable=False)

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("word on a result")
        verbose_name_plural = _("words on results")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_word_an_organisation_and_report",
            ),
            models.UniqueConstraint(
                fields=["report"],
                condition=Q(organisation=None),
                name="one_word_of_the_programme_a_report",
            ),
        ]

    def __str__(self):
        return f"{self.report}: {self.get_answer_display() or self.get_source_display()}"

    @property
    def agrees(self) -> bool:
        return self.answer == Answer.CONFIRMED

    @property
    def is_open(self) -> bool:
        return self.asked_at > timezone.now() - self.VALID_FOR and not self.report.undone_at

    @property
    def can_be_undone(self) -> bool:
        return self.answered_at is not None and self.answered_at > timezone.now() - self.UNDO_WITHIN
