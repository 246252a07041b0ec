"""What everybody may read of what has happened to a commitment, in its order."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation

from ..partial_dates import shown


class Entry(models.Model):
    """One line of the public timeline: a day, what happened and whose doing it was.

    An organisation and not a person: `organisation` is empty where it was the programme team or
    the published rule of silence. `before` and `after` are the days of a milestone that moved, or
    the words of a `field` that was corrected: what was promised first stays readable.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        TOLD = "told", _("Told how it goes")
        UNDONE = "undone", _("Took a report back")
        MOVED = "moved", _("Moved a milestone")
        REACHED = "reached", _("Reached a milestone")
        CORRECTED = "corrected", _("Corrected the text")
        JOINED = "joined", _("Joined the commitment")
        LEFT = "left", _("Left the commitment")
        CONFIRMED = "confirmed", _("Confirmed a result")
        ASSESSED = "assessed", _("Assessed a result")
        DIFFERED = "differed", _("Sees a result differently")
        REPLIED = "replied", _("Replied to what was said")
        COMPLETED = "completed", _("Completed")
        DISCONTINUED = "discontinued", _("Discontinued")
        ARCHIVED = "archived", _("Archived: nothing heard for two years")
        REVIVED = "revived", _("Taken up again")

    commitment = models.ForeignKey(
        "commitments.Commitment", on_delete=models.CASCADE, related_name="entries"
    )
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    at = models.DateTimeField(_("when"), default=timezone.now)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    report = models.ForeignKey(
        "commitments.Report", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    milestone = models.ForeignKey(
        "commitments.Milestone", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    confirmation = models.ForeignKey(
        "commitments.Confirmation",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
    )
    field = models.CharField(_("field"), max_length=20, blank=True)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("after"), blank=True)
    text = models.TextField(_("in words"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the timeline")
        verbose_name_plural = _("entries of the timeline")

    def __str__(self):
        return f"{self.get_kind_display()} ({timezone.localtime(self.at):%Y-%m-%d})"

    @property
    def before_shown(self) -> str:
        return self._shown(self.before)

    @property
    def after_shown(self) -> str:
        return self._shown(self.after)

    def _shown(self, kept: str) -> str:
        return shown(kept) if kept and self.kind == self.Kind.MOVED else kept
