"""What a first reader proposes of an application, and the texts that decisions are written from."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.languages import LANGUAGES


class Decision(models.TextChoices):
    APPROVE = "approve", _("Approve")
    DECLINE = "decline", _("Decline")


class ProposalQuerySet(models.QuerySet):
    def open(self):
        """Those that no second reader has answered; at most one of an application."""
        return self.filter(settled_at=None)

    def carried(self):
        """Those that became the decision."""
        return self.filter(settled_at__isnull=False, sent_back=False)


class Proposal(models.Model):
    """What one reader proposes by the criteria; another one makes it the decision or sends it back.

    `criteria` has the key of each criterion with "met" or "not-met", as criteria.toml had them.
    """

    Decision = Decision

    membership = models.ForeignKey(
        "organisations.Membership", on_delete=models.CASCADE, related_name="proposals"
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    criteria = models.JSONField(_("criteria"), default=dict)
    reason = models.TextField(_("reasons"), max_length=3000, blank=True)
    secret = models.TextField(_("what is secret, and on which ground"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("first reader"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("proposed"), default=timezone.now)
    second = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("second reader"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled"), null=True)
    sent_back = models.BooleanField(_("sent back"), default=False)
    comment = models.TextField(_("comment to the first reader"), max_length=3000, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("proposal for a decision")
        verbose_name_plural = _("proposals for decisions")
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(settled_at=None),
                name="one_open_proposal_an_application",
            ),
            models.CheckConstraint(
                condition=Q(sent_back=True) | ~Q(second=F("by")),
                name="decided_by_two_people",
            ),
        ]

    def __str__(self):
        return f"{self.membership}: {self.get_decision_display()}"

    @property
    def approves(self) -> bool:
        return self.decision == Decision.APPROVE


class DecisionTemplate(models.Model):
    """A text from which the programme team writes to applicants, in up to three languages."""

    class For(models.TextChoices):
        APPROVE = "approve", _("Approving")
        DECLINE = "decline", _("Declining")
        RETURN = "return", _("Asking for more")
        END = "end", _("Ending a membership")

    name = models.CharField(_("name"), max_length=100, unique=True)
    use = models.CharField(_("for"), max_length=10, choices=For)
    text_fi = models.TextField(_("text in Finnish"), max_length=3000, blank=True)
    text_sv = models.TextField(_("text in Swedish"), max_length=3000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=3000, blank=True)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    class Meta:
        ordering = ["use", "name"]
        verbose_name = _("decision template")
        verbose_name_plural = _("decision templates")

    def __str__(self):
        return self.name

    def clean(self):
        if not any(getattr(self, f"text_{language}").strip() for language in LANGUAGES):
            raise ValidationError(_now("Write the text in one language at least."))

    def text_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")
