"""A legal question: the case from its receipt to its end, and who may see it."""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.questions.permissions import HANDLE
from partnership.organisations.models import Organisation
from portal import working_days
from portal.concurrency import fingerprint
from portal.workflow import Stateful


def late(today: date) -> Q:
    """What is open, past its last day to answer, and does not wait for the asker."""
    return Q(state__in=Question.OPEN, due_on__lt=today) & ~Q(state=Question.State.WAITING)


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """All for the lawyers; for others what they or their colleagues asked.

        A colleague sees what was asked for their organisation when the asker allowed it.
        """
        if user.has_perm(HANDLE):
            return self
        return self.asked_by(user)

    def asked_by(self, user):
        """What the person asked, or somebody of their organisation who lets colleagues see it."""
        if not user.is_authenticated:
            return self.none()
        own = Organisation.objects.of(user).values("pk")
        return self.filter(Q(asker=user) | Q(shared=True, secret=False, organisation__in=own))

    def received_on(self, day: date):
        return self.filter(received_at__date=day)

    def open(self):
        """Still on somebody's table here: neither answered nor ended otherwise."""
        return self.filter(state__in=Question.OPEN)

    def answered(self):
        return self.filter(state__in=Question.WITH_ANSWER)

    def overdue(self, today: date):
        return self.filter(late(today))

    def by_urgency(self):
        """What is open first, whose time runs out first; then the others, the latest first."""
        urgency = Case(When(state__in=Question.OPEN, then=F("due_on")))
        return self.order_by(urgency.asc(nulls_last=True), "-received_at", "pk")

    def kept_long_enough(self, today: date):
        """Over, and past the time that they are kept for."""
        return self.exclude(state__in=Question.OPEN).filter(keep_until__lt=today)


class Question(Stateful):
    """One question about applying the law, from one asker.

    Moving is the work of content.questions.services, and nothing else writes the state.
    """

    class State(models.TextChoices):
        RECEIVED = "received", _("Received")
        TRIAGED = "triaged", _("Waiting for a lawyer")
        ASSIGNED = "assigned", _("Being answered")
        DRAFTED = "drafted", _("Waiting for the second lawyer")
        CHECKED = "checked", _("Being checked by the second lawyer")
        ANSWERED = "answered", _("Answered")
        PREPARED = "prepared", _("Prepared for publishing")
        PUBLISHED = "published", _("Answered and published")
        WAITING = "waiting", _("Waiting for the asker")
        HANDED_OVER = "handed_over", _("Handed over to another authority")
        MERGED = "merged", _("Joined with an earlier question")
        CLOSED = "closed", _("Closed without an answer")
        WITHDRAWN = "withdrawn", _("Withdrawn by the asker")

    ENDS = {State.HANDED_OVER, State.MERGED, State.CLOSED, State.WITHDRAWN}
    MOVES = {
        State.RECEIVED: {State.TRIAGED, State.WAITING} | ENDS,
        State.TRIAGED: {State.ASSIGNED, State.WAITING} | ENDS,
        State.ASSIGNED: {State.DRAFTED, State.TRIAGED, State.WAITING} | ENDS,
        State.DRAFTED: {State.CHECKED, State.ASSIGNED, State.WITHDRAWN},
        State.CHECKED: {State.ANSWERED, State.ASSIGNED, State.DRAFTED, State.WITHDRAWN},
        State.ANSWERED: {State.PREPARED},
        State.PREPARED: {State.PUBLISHED, State.ANSWERED},
        State.PUBLISHED: set(),
        State.WAITING: {State.RECEIVED, State.TRIAGED, State.ASSIGNED} | ENDS,
        State.HANDED_OVER: set(),
        State.MERGED: {State.RECEIVED},
        State.CLOSED: set(),
        State.WITHDRAWN: set(),
    }
    OPEN = (
        State.RECEIVED,
        State.TRIAGED,
        State.ASSIGNED,
        State.DRAFTED,
        State.CHECKED,
        State.WAITING,
    )
    WITH_ANSWER = (State.ANSWERED, State.PREPARED, State.PUBLISHED)
    TIME_TO_ANSWER = 15  # working days
    MOST_A_DAY = 10  # from one asker
    TIME_KEPT = timedelta(days=3653)  # ten years, with as many leap days as they can have

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("register number"), max_length=20, unique=True, editable=False)
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.RECEIVED, editable=False
    )

    asker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asker"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="questions",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("asked for"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    shared = models.BooleanField(_("colleagues in the organisation may see it"), default=False)
    audience = models.ForeignKey(
        "topics.Audience", verbose_name=_("who asks"), on_delete=models.PROTECT, related_name="+"
    )
    area = models.ForeignKey(
        "places.Area",
        verbose_name=_("area"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    sections = models.ManyToManyField(
        "law.Section", verbose_name=_("sections of the law"), blank=True, related_name="+"
    )
    topic = models.ForeignKey(
        "topics.Topic",
        verbose_name=_("theme"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    title = models.CharField(_("the question in short"), max_length=200)
    text = models.TextField(_("question"), max_length=8000)
    confirmed = models.JSONField(_("confirmed as not personal"), default=list, blank=True)
    may_be_published = models.BooleanField(_("the answer may be published"), default=True)
    private_reason = models.TextField(_("why only to us"), max_length=500, blank=True)

    secret = models.BooleanField(_("secret"), default=False)
    secrecy_ground = models.CharField(_("ground of secrecy"), max_length=200, blank=True)
    keep_until = models.DateField(_("kept until"), editable=False)

    received_at = models.DateTimeField(_("received"), default=timezone.now, editable=False)
    due_on = models.DateField(_("answer by"), editable=False)
    paused_on = models.DateField(_("waiting since"), null=True, editable=False)
    waited_days = models.PositiveSmallIntegerField(
        _("working days waited"), default=0, editable=False
    )
    waits_from = models.CharField(
        _("state before the wait"), max_length=12, choices=State, blank=True, editable=False
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    days_taken = models.PositiveSmallIntegerField(
        _("working days taken"),
        null=True,
        editable=False,
        help_text=_("From receipt to answer, without the days of waiting for the asker."),
    )
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lawyer"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second lawyer"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    authority = models.CharField(_("handed over to"), max_length=200, blank=True, editable=False)
    reason = models.TextField(_("words to the asker"), blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("joined with"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="merged",
    )
    page = models.ForeignKey(
        "questions.AnswerPage",
        verbose_name=_("public answer"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("legal question")
        verbose_name_plural = _("legal questions")
        permissions = [("handle_question", _("Can handle legal questions"))]
        indexes = [
            models.Index(fields=["state", "due_on"], name="questions_by_urgency"),
            models.Index(fields=["asker", "-received_at"], name="questions_of_an_asker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(checker=F("handler")), name="checked_by_a_second_lawyer"
            )
        ]

    def __str__(self):
        # The log keeps this after the row is gone, so it names nobody and quotes nothing.
        return self.number or str(self._meta.verbose_name)

    def get_absolute_url(self):
        return reverse("questions:case", kwargs={"number": self.slug})

    @property
    def slug(self) -> str:
        """The register number as an address has it: KN-2026-0001."""
        return self.number.replace("/", "-")

    def says(self, title: str, text: str) -> bool:
        """Whether these are the words that were sent, however their lines are broken."""
        return [title.split(), text.split()] == [self.title.split(), self.text.split()]

    @property
    def version_token(self) -> str:
        """A word for its theme, sections and secrecy: another when one of them is another."""
        fields = fingerprint(self, ("topic_id", "secret", "secrecy_ground"))
        sections = self.sections.order_by("pk").values_list("pk", flat=True)
        return "-".join([fields, *map(str, sections)])

    def can_become(self, state: str) -> bool:
        """Whether the map has this move; a question that waited goes back where it came from."""
        if self.state == self.State.WAITING and state not in self.ENDS:
            return state == self.waits_from
        return super().can_become(state)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_with_a_lawyer(self) -> bool:
        """Whether it has been taken, though the lawyer's account may be gone since."""
        state = self.waits_from if self.state == self.State.WAITING else self.state
        return state in (self.State.ASSIGNED, self.State.DRAFTED, self.State.CHECKED)

    @property
    def has_answer(self) -> bool:
        return self.state in self.WITH_ANSWER

    @property
    def may_go_public(self) -> bool:
        return self.may_be_published and not self.secret

    @property
    def days_left(self) -> int:
        """Working days to the last one; 0 on it and on the days off after it, then below 0."""
        return working_days.between(self.paused_on or timezone.localdate(), self.due_on)

    @property
    def is_overdue(self) -> bool:
        waits = self.state == self.State.WAITING
        return self.is_open and not waits and self.due_on < timezone.localdate()

    @property
    def wording(self):
        """The answer that is being written, or else the last one that was put forward."""
        return self.answers.order_by("-saved_at", "-pk").first()

    def written_by(self, user) -> bool:
        """Whether the person wrote any of its answer, in whichever of its wordings."""
        return self.answers.filter(writers=user).exists()

    @property
    def public_page(self):
        """The page that answers it for everyone: its own, or that of what it was joined with."""
        return self.merged_into.page if self.merged_into_id else self.page

    @property
    def sent_answer(self):
        """The answer as it was sent, of this question or of the one it was joined with."""
        source = self.merged_into if self.state == self.State.MERGED else self
        if source is None or not source.has_answer:
            return None
        return source.answers.filter(sent_at__isnull=False).order_by("-sent_at").first()

    @property
    def correction(self):
        """The new wording of a sent answer that waits for a second lawyer, if there is one."""
        if self.state not in (self.State.ANSWERED, self.State.PREPARED):
            return None
        last = self.wording
        return last if last and last.submitted_at and not last.sent_at else None


class RegisterYear(models.Model):
    """The last register number that was given in a year."""

    SERIES = "KN"

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("year of the register")
        verbose_name_plural = _("years of the register")

    def __str__(self):
        return f"{self.SERIES}/{self.year}/{self.last:04}"
