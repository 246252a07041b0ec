"""Membership of the programme, from application to end."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.workflow import Stateful


class MembershipQuerySet(models.QuerySet):
    def active(self):
        return self.filter(status=Membership.Status.ACTIVE)

    def waiting(self):
        """Applications that the programme team has to decide."""
        return self.filter(status=Membership.Status.APPLIED)

    def open(self):
        """Applications on their way, and memberships."""
        return self.filter(status__in=Membership.OPEN)


class Membership(Stateful):
    """One organisation's membership, from its application to its end.

    Moving is the work of partnership.organisations.services, and nothing else writes the status.
    """

    class Status(models.TextChoices):
        APPLIED = "applied", _("Waiting for a decision")
        RETURNED = "returned", _("Returned for more information")
        ACTIVE = "active", _("Member")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
        ENDED = "ended", _("Former member")

    STATE_FIELD = "status"
    MOVES = {
        Status.APPLIED: {Status.RETURNED, Status.ACTIVE, Status.DECLINED, Status.WITHDRAWN},
        Status.RETURNED: {Status.APPLIED, Status.WITHDRAWN},
        Status.ACTIVE: {Status.ENDED},
        Status.DECLINED: set(),
        Status.WITHDRAWN: set(),
        Status.ENDED: set(),
    }
    OPEN = (Status.APPLIED, Status.RETURNED, Status.ACTIVE)

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
                condition=Q(status__in=["applied", "returned", "active"]),
                name="one_open_membership_an_organisation",
                violation_error_message=_("This organisation has already applied."),
            )
        ]
        indexes = [models.Index(fields=["status", "applied_at"], name="memberships_by_state")]

    def __str__(self):
        return str(self.organisation)

    @property
    def waiting_since(self):
        """When it came, or came back, to the programme team."""
        return self.answered_at or self.applied_at

    @property
    def version_token(self) -> str:
        """Which words of the applicant a reader has before them: the profile's and the answer's."""
        answered = self.answered_at.isoformat() if self.answered_at else ""
        return f"{self.organisation.version}:{answered}"


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
