"""Who takes part in a commitment, what they were asked, and what they told."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal.media.models import Attachment


class Level(models.TextChoices):
    """How far a result is verified, the furthest first. No scores: who said so, and when."""

    PROGRAMME = "programme", _("Assessed by the programme")
    PARTNER = "partner", _("Confirmed by a partner")
    OWN = "own", _("Own report")


class Progress(models.TextChoices):
    """How it goes, in the four words of the follow-up."""

    ON_TRACK = "on-track", _("On track")
    MOVED = "moved", _("Moved")
    DONE = "done", _("Done")
    STUCK = "stuck", _("Stuck")


class ShareQuerySet(models.QuerySet):
    def taking_part(self):
        """Those whose organisation has said yes and has not left."""
        return self.filter(accepted_at__isnull=False, left_at=None)

    def invited(self):
        """Those whose organisation has not answered yet."""
        return self.filter(accepted_at=None, declined_at=None)

    def of_those_who_know(self):
        """Those whose organisation may read the commitment before it is public."""
        return self.filter(declined_at=None, left_at=None)


class Share(models.Model):
    """One organisation's part in a commitment: it tells of its own, and its silence is its own.

    The leader's is there from the beginning; a partner's is an invitation until its own people
    accept it. `amount` and `unit` are what it promises, as far as that can be counted.
    """

    commitment = models.ForeignKey(
        "commitments.Commitment", on_delete=models.CASCADE, related_name="shares"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="commitment_shares"
    )
    leads = models.BooleanField(_("leads"), default=False)
    text = models.TextField(_("its share"), max_length=1000, blank=True)
    amount = models.PositiveIntegerField(_("how much it promises"), null=True, blank=True)
    unit = models.CharField(_("of what"), max_length=60, blank=True)
    invited_at = models.DateTimeField(_("invited"), null=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, editable=False)
    left_at = models.DateTimeField(_("left"), null=True, editable=False)
    told_at = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)
    progress = models.CharField(
        _("how it goes"), max_length=10, choices=Progress, blank=True, editable=False
    )
    next_due = models.DateField(_("next asked on"), null=True, blank=True, editable=False)
    not_before = models.DateField(_("no letter before"), null=True, blank=True, editable=False)

    objects = ShareQuerySet.as_manager()

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

    @property
    def takes_part(self) -> bool:
        return self.accepted_at is not None and self.left_at is None

    @property
    def waits(self) -> bool:
        """Whether its organisation has been invited and has not answered."""
        return self.accepted_at is None and self.declined_at is None

    @property
    def reached(self) -> int | None:
        """How much of its amount it has told of, by the latest report that says so."""
        return next((one.amount for one in self.reports.all() if one.counts), None)


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Ask(models.Model):
    """A letter that asks one person how a share goes; its key opens the form without signing in.

    A key answers once and holds for a year, so that whoever finds the letter late can still tell.
    The notice that a commitment was archived is one as well: its answer takes it up again.
    """

    VALID_FOR = timedelta(days=365)
    SNOOZE = timedelta(days=28)

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="asks")
    key = models.CharField(_("key"), max_length=43, unique=True, default=new_key)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("to")
    )
    backup = models.BooleanField(_("to the backup person"), default=False)
    of_archive = models.BooleanField(_("tells that it was archived"), default=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    snoozed_at = models.DateTimeField(_("put off"), null=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for a report")
        verbose_name_plural = _("requests for reports")

    def __str__(self):
        return f"{self.share} ({timezone.localtime(self.asked_at):%Y-%m-%d})"

    @property
    def is_open(self) -> bool:
        return self.asked_at > timezone.now() - self.VALID_FOR

    @property
    def is_snoozed(self) -> bool:
        """Whether its reader has asked to be asked again later, and that day has not come."""
        return self.snoozed_at is not None and self.snoozed_at > timezone.now() - self.SNOOZE


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
    amount = models.PositiveIntegerField(_("how much so far"), null=True, blank=True)
    attachment = models.OneToOneField(
        Attachment, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
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

    @property
    def stands(self) -> bool:
        """Whether it can no longer be taken back: from then on its file is everybody's."""
        return self.undone_at is None and not self.can_be_undone

    @property
    def counts(self) -> bool:
        return self.undone_at is None and self.amount is not None

    @property
    def verdicts(self) -> list:
        """What others have said of it, the oldest first."""
        return [one for one in self.confirmations.all() if one.answered_at]

    @property
    def level(self) -> str:
        """How far it is verified: by the programme before a partner, and else its own word."""
        agreed = {one.source for one in self.verdicts if one.agrees}
        return next((source for source in Level.values if source in agreed), Level.OWN)

    @property
    def level_shown(self) -> str:
        return str(Level(self.level).label)
