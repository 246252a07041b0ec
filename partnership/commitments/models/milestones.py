"""The steps of a commitment, and when each was first promised."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..partial_dates import PartialDateField, last_day, shown


class Milestone(models.Model):
    """A step that can be seen to be done, by a day as exact as its organisation knows it.

    `first_due` is the day with which it was published, and stays when it moves.
    """

    commitment = models.ForeignKey(
        "commitments.Commitment", on_delete=models.CASCADE, related_name="milestones"
    )
    title = models.CharField(_("what is done"), max_length=140)
    due = PartialDateField(_("by when"))
    first_due = PartialDateField(_("first promised for"), editable=False)
    evidence = models.CharField(
        _("how it is seen"),
        max_length=300,
        blank=True,
        help_text=_("What anybody can look at when it is done."),
    )
    result = models.TextField(_("result"), max_length=1000, blank=True, editable=False)
    done_on = models.DateField(_("done on"), null=True, editable=False)

    class Meta:
        ordering = ["due", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self):
        return self.title

    @property
    def due_shown(self) -> str:
        return shown(self.due)

    @property
    def first_due_shown(self) -> str:
        return shown(self.first_due)

    @property
    def was_moved(self) -> bool:
        return self.due != self.first_due

    @property
    def is_late(self) -> bool:
        return self.done_on is None and last_day(self.due) < timezone.localdate()
