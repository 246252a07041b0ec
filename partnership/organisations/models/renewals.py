"""Whether a member goes on into the next period: asked once, answered by one press."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User


class RenewalQuerySet(models.QuerySet):
    def unanswered(self):
        return self.filter(confirmed_at=None)


class Renewal(models.Model):
    """A member is asked whether it goes on in a period; a confirmation can be undone for a while.

    `before` and `was_lapsed` say what undoing leads back to.
    """

    UNDO_WITHIN = timedelta(days=14)
    SALT = "organisations.renewal"

    membership = models.ForeignKey(
        "organisations.Membership", on_delete=models.CASCADE, related_name="renewals"
    )
    period = models.ForeignKey(
        "organisations.Period", on_delete=models.PROTECT, related_name="renewals"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    before = models.ForeignKey(
        "organisations.Period", on_delete=models.PROTECT, null=True, related_name="+"
    )
    was_lapsed = models.BooleanField(default=False)

    objects = RenewalQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("renewal of a membership")
        verbose_name_plural = _("renewals of memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "period"], name="one_renewal_a_membership_and_period"
            )
        ]

    def __str__(self):
        return f"{self.membership}: {self.period}"

    @property
    def undo_until(self):
        """The moment until which the confirmation can be undone; None before there is one."""
        return self.confirmed_at + self.UNDO_WITHIN if self.confirmed_at else None

    @property
    def can_be_undone(self) -> bool:
        return self.undo_until is not None and timezone.now() <= self.undo_until

    def key_for(self, user: User) -> str:
        """What the link in that person's letter carries: the row and the person, signed."""
        return signing.dumps([self.pk, user.pk], salt=self.SALT)

    @classmethod
    def of_key(cls, key: str) -> "tuple[Renewal, User]":
        """The renewal and the person of a letter's link.

        DoesNotExist for a key that we did not write, of a row that is gone, of a period that is
        over, and of a person who does not act for the organisation any more.
        """
        try:
            pk, user_pk = signing.loads(key, salt=cls.SALT)
        except signing.BadSignature as error:
            raise cls.DoesNotExist from error
        rows = cls.objects.select_related("membership__organisation", "period", "before")
        renewal = rows.get(pk=pk)
        people = renewal.membership.organisation.representatives.select_related("user")
        person = people.filter(user=user_pk, user__is_active=True).first()
        if person is None or renewal.period.ends < timezone.localdate():
            raise cls.DoesNotExist
        return renewal, person.user
