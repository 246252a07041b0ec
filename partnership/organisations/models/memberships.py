"""Membership of the programme, from application to end."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.workflow import Stateful

from .proposals import Proposal


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=Membership.Status.ACTIVE)

    def waiting(self):
        """Applications that the programme team has to decide."""
        return self.filter(status__in=Membership.WAITING)

    def open(self):
        """Applications on their way, and memberships, lapsed ones too: they can be taken up."""
        return self.filter(status__in=Membership.OPEN)


class Membership(Stateful):
    """One organisation's membership, from its application to its end.

    Moving is the work of partnership.organisations.services, and nothing else writes the status.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("Waiting for a decision")
        PROPOSED = "proposed", _("Waiting for a second reader")
        RETURNED = "returned", _("Returned for more information")
        ACTIVE = "active", _("Member")
        LAPSED = "lapsed", pgettext_lazy("membership", "Lapsed")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
        ENDED = "ended", _("Former member")

    STATE_FIELD = "status"
    MOVES = {
        Status.APPLIED: {Status.PROPOSED, Status.RETURNED, Status.WITHDRAWN},
        Status.PROPOSED: {Status.ACTIVE, Status.DECLINED, Status.APPLIED, Status.WITHDRAWN},
        Status.RETURNED: {Status.APPLIED, Status.WITHDRAWN},
        Status.ACTIVE: {Status.ENDED, Status.LAPSED},
        Status.LAPSED: {Status.ACTIVE, Status.ENDED},
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
        Status.ENDED: set(),
    }
    WAITING = (Status.APPLIED, Status.PROPOSED)
    OPEN = (*WAITING, Status.RETURNED, Status.ACTIVE, Status.LAPSED)
    TARGET = 20  # working days from the application, or the answer, to a decision

    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    status = models.CharField(
        _("state"), max_length=10, choices=Status, default=Status.APPLIED, editable=False
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("applicant"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    period = models.ForeignKey(
        "organisations.Period",
        verbose_name=_("programme period"),
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="memberships",
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who handles it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    due_on = models.DateField(_("decision due"), null=True, blank=True)
    motivation = models.TextField(_("reason for joining"), max_length=3000)
    reason = models.TextField(
        _("what the programme team wrote"), max_length=3000, blank=True, editable=False
    )
    answer = models.TextField(
        _("what the applicant answered"), max_length=3000, blank=True, editable=False
    )
    applied_at = models.DateTimeField(_("applied"), default=timezone.now)
    principles_accepted_at = models.DateTimeField(
        _("principles and terms accepted"), default=timezone.now
    )
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, editable=False)
    lapsed_at = models.DateTimeField(_("lapsed"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["-applied_at", "-pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        permissions = [("decide_membership", _("Can decide applications for membership"))]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(status__in=["applied", "proposed", "returned", "active", "lapsed"]),
                name="one_open_membership_an_organisation",
                violation_error_message=_("This organisation has already applied."),
            )
        ]
        indexes = [
            models.Index(fields=["status", "applied_at"], name="memberships_by_state"),
            models.Index(fields=["organisation", "status"], name="memberships_of_one"),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def waiting_since(self):
        """When it came, or came back, to the programme team."""
        return self.answered_at or self.applied_at

    @property
    def register_number(self) -> str:
        """The number by which the portal knows the application: KP/2026/0001.

        The number in KEHA's own register is given there.
        """
        return f"KP/{timezone.localtime(self.applied_at).year}/{self.pk:04}"

    @property
    def is_overdue(self) -> bool:
        waits = self.status in self.WAITING
        return waits and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def open_proposal(self) -> "Proposal | None":
        """What a first reader has proposed and a second one has not answered."""
        return self.proposals.open().first()

    @property
    def version_token(self) -> str:
        """What a reader has before them: the profile, the answer, and what was proposed."""
        answered = self.answered_at.isoformat() if self.answered_at else ""
        proposed = self.proposals.order_by("-pk").values_list("pk", flat=True).first() or ""
        return f"{self.organisation.version}:{answered}:{proposed}"


class Note(models.Model):
    """What the programme team writes for itself about an application."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    text = models.TextField(_("note"), max_length=3000)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["written_at", "pk"]
        verbose_name = _("note")
        verbose_name_plural = _("notes")

    def __str__(self):
        return self.text[:60]
