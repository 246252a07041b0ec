"""Who takes part in a commitment, what they were asked, and what they told."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation


class Progress(models.TextChoices):
    """How it goes, in the four words of the follow-up."""

    ON_TRACK = "on-track", _("On track")
    MOVED = "moved", _("Moved")
    DONE = "done", _("Done")
    STUCK = "stuck", _("Stuck")


class Share(models.Model):
    """One organisation's part in a commitment: it tells of its own, and its silence is its own."""

    commitment = models.ForeignKey(
        "commitments.Commitment", on_delete=models.CASCADE, related_name="shares"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commitment_shares"
    )
    leads = models.BooleanField(_("leads"), default=False)
    text = models.TextField(_("its share"), max_length=1000, blank=True)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)
    progress = models.CharField(
        _("how it goes"), max_length=10, choices=Progress, blank=True, editable=False
    )
    next_due = models.DateField(_("next asked on"), null=True, blank=True, editable=False)
    not_before = models.DateField(_("no letter before"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-leads", "pk"]
        verbose_name = _("share of a commitment")
        verbose_name_plural = _("shares of commitments")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "organisation"], name="one_share_an_organisation"
            )
        ]

    def __str__(self):
        return f"{self.commitment}: {self.organisation}"


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Ask(models.Model):
    """A letter that asks one person how a share goes; its key opens the form without signing in.

    A key answers once and holds for a year, so that whoever finds the letter late can still tell.
    """

    VALID_FOR = timedelta(days=365)

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="asks")
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("to")
    )
    backup = models.BooleanField(_("to the backup person"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for a report")
        verbose_name_plural = _("requests for reports")

    def __str__(self):
        return f"{self.share} ({self.asked_at:%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        return self.asked_at > timezone.now() - self.VALID_FOR


class ReportQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken back."""
        return self.filter(undone_at=None)

    def undoable(self):
        return self.standing().filter(at__gt=timezone.now() - Report.UNDO_WITHIN)

    def by_letter(self):
        """Those that came through the link in a letter, from whoever had it."""
        return self.filter(ask__isnull=False)


class Report(models.Model):
    """What one organisation told of its share: how it goes, and one sentence.

    One that was taken back stays, and counts for nothing.
    """

    UNDO_WITHIN = timedelta(days=14)

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="reports")
    ask = models.ForeignKey(
        Ask, on_delete=models.SET_NULL, null=True, blank=True, related_name="reports"
    )
    progress = models.CharField(_("how it goes"), max_length=10, choices=Progress)
    sentence = models.CharField(_("in one sentence"), max_length=500, blank=True)
    milestone = models.ForeignKey(
        "commitments.Milestone",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("told"), default=timezone.now)
    undone_at = models.DateTimeField(_("taken back"), null=True, editable=False)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")

    def __str__(self):
        return f"{self.share}: {self.get_progress_display()}"

    @property
    def can_be_undone(self) -> bool:
        return self.undone_at is None and self.at > timezone.now() - self.UNDO_WITHIN
