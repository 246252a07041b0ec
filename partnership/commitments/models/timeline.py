"""What everybody may read of what has happened to a commitment, in its order."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation

from ..partial_dates import shown


class Entry(models.Model):
    """One line of the public timeline: a day, what happened and whose doing it was.

    An organisation and not a person: `organisation` is empty where it was the programme team or
    the published rule of silence. `before` and `after` are the days of a milestone that moved.
    """

    class Kind(models.TextChoices):
        PUBLISHED = "published", _("Published")
        TOLD = "told", _("Told how it goes")
        UNDONE = "undone", _("Took a report back")
        MOVED = "moved", _("Moved a milestone")
        REACHED = "reached", _("Reached a milestone")
        CORRECTED = "corrected", _("Corrected the text")
        JOINED = "joined", _("Joined the commitment")
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
    before = models.CharField(_("before"), max_length=10, blank=True)
    after = models.CharField(_("after"), max_length=10, blank=True)
    text = models.TextField(_("in words"), max_length=1000, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("entry of the timeline")
        verbose_name_plural = _("entries of the timeline")

    def __str__(self):
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d})"

    @property
    def before_shown(self) -> str:
        return shown(self.before) if self.before else ""

    @property
    def after_shown(self) -> str:
        return shown(self.after) if self.after else ""
