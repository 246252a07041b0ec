"""Feedback on the portal, and the clock that answers to it run by."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Feedback is for those who answer it; the sender reads the answer in a letter."""
        return self if user.has_perm("feedback.change_feedback") else self.none()

    def open(self):
        return self.filter(status=Feedback.Status.OPEN)

    def overdue(self, today: date):
        """Open, and received so long ago that the time to answer is over."""
        first_in_time = _start_of(today - Feedback.TIME_TO_ANSWER)
        return self.open().filter(received_at__lt=first_in_time)

    def by_urgency(self):
        """The open ones first, whose time runs out first; then the others, latest first."""
        urgency = Case(When(status=Feedback.Status.OPEN, then=F("received_at")))
        return self.order_by(urgency.asc(nulls_last=True), "-closed_at", "pk")

    def kept_long_enough(self, now: datetime):
        """Closed so long ago that nothing of them is needed any more."""
        return self.exclude(status=Feedback.Status.OPEN).filter(
            closed_at__lt=now - Feedback.TIME_KEPT
        )


class Feedback(models.Model):
    """What somebody said of the portal or of a page, and what was done about it.

    What may follow what is written in MOVES. Moving is the work of portal.feedback.services, and
    nothing else writes the status.

    Accessibility feedback must be answered within 14 days (Act on the Provision of Digital
    Services 306/2019, section 10); the portal answers the rest by the same clock.
    """

    class Kind(models.TextChoices):
        ACCESSIBILITY = "accessibility", _("Accessibility: something is hard or impossible to use")
        CONTENT = "content", _("Content: something is wrong, unclear or missing")
        OTHER = "other", _("Something else")

    class Status(models.TextChoices):
        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed without an answer")

    MOVES = {
        Status.OPEN: {Status.ANSWERED, Status.CLOSED},
        Status.ANSWERED: set(),
        Status.CLOSED: {Status.OPEN},
    }
    TIME_TO_ANSWER = timedelta(days=14)
    TIME_KEPT = timedelta(days=2 * 365)

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what it is about"), max_length=15, choices=Kind)
    about = models.CharField(_("page"), max_length=300, blank=True)
    text = models.TextField(_("feedback"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.OPEN, editable=False
    )
    answer = models.TextField(_("answer"), blank=True, editable=False)
    note = models.TextField(_("why it was closed"), blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = [models.Index(fields=["status", "received_at"], name="feedback_urgency")]

    def __str__(self):
        # The log keeps this after the row is gone, so it names nobody and quotes nothing.
        return f"{self._meta.verbose_name} {self.pk}"

    def can_become(self, status: str) -> bool:
        return status in self.MOVES[self.Status(self.status)]

    @property
    def excerpt(self) -> str:
        return Truncator(self.text).chars(80)

    @property
    def due_on(self) -> date:
        """The last day to answer: the 14th after the day of receipt, in Finnish time."""
        return timezone.localdate(self.received_at) + self.TIME_TO_ANSWER

    @property
    def days_left(self) -> int:
        """Days to the last one; 0 on it, below 0 when it is past."""
        return (self.due_on - timezone.localdate()).days

    @property
    def is_overdue(self) -> bool:
        return self.status == self.Status.OPEN and self.days_left < 0


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
