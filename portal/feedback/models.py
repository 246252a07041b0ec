"""Feedback on the portal with the clock that answers run by, and whether its pages helped."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import EDITOR, LAWYER, PROGRAMME, STATISTICIAN
from portal.workflow import Stateful


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


class Feedback(Stateful):
    """What somebody said of the portal or of a page, and what was done about it.

    Moving is the work of portal.feedback.services, and nothing else writes the status.

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

    STATE_FIELD = "status"
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


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Editors see all opinions, each other role those on the pages that it keeps true."""
        if not user.has_perm("feedback.change_opinion"):
            return self.none()
        teams = set(user.groups.values_list("name", flat=True))
        if user.is_superuser or EDITOR in teams:
            return self
        return self.filter(owner__in=teams)

    def to_deal_with(self):
        """Those that say that a page did not help; the others are counted."""
        return self.filter(helped=False)

    def with_figures(self):
        """Each with `did_help` and `did_not`: how many said so of the same page."""
        same = Opinion.objects.filter(address=OuterRef("address")).order_by().values("address")
        return self.annotate(
            did_help=Subquery(same.annotate(n=Count("pk", filter=Q(helped=True))).values("n")),
            did_not=Subquery(same.annotate(n=Count("pk", filter=Q(helped=False))).values("n")),
        )


class Opinion(Stateful):
    """Whether a page helped its reader, and why not: no name, no address, nothing of who said it.

    Moving is the work of portal.feedback.services, and nothing else writes the state.
    """

    class Reason(models.TextChoices):
        NOT_FOUND = "not_found", _("I did not find what I looked for")
        HARD = "hard", _("It is hard to understand")
        OUT_OF_DATE = "out_of_date", _("It is out of date")
        WRONG = "wrong", _("Something in it is wrong")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        NEW = "new", _("New")
        DEALT_WITH = "dealt_with", _("Dealt with")

    class Owner(models.TextChoices):
        EDITOR = EDITOR, _("Editors of the portal")
        LAWYER = LAWYER, _("Legal service")
        STATISTICIAN = STATISTICIAN, _("Statistics team")
        PROGRAMME = PROGRAMME, _("Partnership programme team")

    MOVES = {State.NEW: {State.DEALT_WITH}, State.DEALT_WITH: {State.NEW}}
    TIME_KEPT = timedelta(days=2 * 365)

    address = models.CharField(_("page"), max_length=300, db_index=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    owner = models.CharField(_("kept true by"), max_length=12, choices=Owner)
    helped = models.BooleanField(_("helped"))
    reason = models.CharField(_("why not"), max_length=12, choices=Reason, blank=True)
    text = models.TextField(_("in the reader's words"), max_length=1000, blank=True)
    at = models.DateTimeField(_("received"), default=timezone.now, editable=False, db_index=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.NEW)
    note = models.TextField(_("what was done"), max_length=1000, blank=True)
    dealt_at = models.DateTimeField(_("dealt with on"), null=True, blank=True)
    dealt_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dealt with by"),
    )

    objects = OpinionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reader feedback on a page")
        verbose_name_plural = _("reader feedback on pages")
        indexes = [models.Index(fields=["helped", "state", "owner"], name="opinions_to_deal_with")]

    def __str__(self):
        # The log keeps this after the row is gone, so it quotes nothing.
        return f"{self._meta.verbose_name} {self.pk}: {self.address}"

    @property
    def excerpt(self) -> str:
        return Truncator(self.text).chars(80)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))
