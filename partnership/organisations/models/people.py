"""Who acts for an organisation, and who has been asked to."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", pgettext_lazy("person of an organisation", "Editor")
    MEMBER = "member", _("Member")

    @classmethod
    def larger(cls, one: str, other: str) -> str:
        """The one of two roles that may do more; they stand in that order."""
        return min(one, other, key=cls.values.index)


class RepresentativeQuerySet(models.QuerySet):
    def owners(self):
        return self.filter(role=Role.OWNER)

    def editors(self):
        """Those who write in the organisation's name, its owners among them."""
        return self.filter(role__in=[Role.OWNER, Role.EDITOR])


class Representative(models.Model):
    """A person who acts for an organisation.

    Owners change its people and end things, editors write and send, members see.
    """

    Role = Role

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="representatives"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="representations"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    since = models.DateTimeField(_("since"), default=timezone.now)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"], name="one_role_a_person_and_organisation"
            )
        ]

    def __str__(self):
        return f"{self.user} ({self.get_role_display()})"


class InvitationQuerySet(models.QuerySet):
    def of_a_day(self, now=None):
        """Those sent within the last 24 hours, whatever has become of them."""
        return self.filter(invited_at__gt=(now or timezone.now()) - timedelta(days=1))

    def unanswered(self):
        """Not answered and not taken back, whether or not the time to answer has run out."""
        return self.filter(accepted_at=None, revoked_at=None, declined_at=None)

    def open(self, now=None):
        """Those that can still be accepted."""
        now = now or timezone.now()
        since = now - Invitation.VALID_FOR
        lately = Q(invited_at__gt=since) | Q(reopened_at__gt=since)
        return self.unanswered().filter(lately)

    def declined_lately(self, now=None):
        """Those whose refusal can still be undone."""
        return self.filter(declined_at__gt=(now or timezone.now()) - Invitation.UNDO_WITHIN)


class Invitation(models.Model):
    """A letter that asks a person to act for an organisation; its link works once."""

    VALID_FOR = timedelta(days=14)
    UNDO_WITHIN = timedelta(days=14)  # after it was declined, which needs no account
    A_DAY = 20  # letters that one organisation may have sent in 24 hours
    A_DAY_BY_ONE = 20  # that one person may send, for whatever organisations
    A_DAY_TO_ONE = 3  # that one address may get, whoever asks
    SALT = "organisations.invitation"

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="invitations"
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.MEMBER)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True, editable=False)
    revoked_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    declined_at = models.DateTimeField(_("declined"), null=True, editable=False)
    reopened_at = models.DateTimeField(_("declined no longer"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None, declined_at=None),
                name="one_unanswered_invitation_an_address",
            )
        ]

    def __str__(self):
        return f"{self.email}: {self.organisation}"

    @property
    def expires_at(self):
        return (self.reopened_at or self.invited_at) + self.VALID_FOR

    @property
    def is_open(self) -> bool:
        return (
            self.accepted_at is None
            and self.revoked_at is None
            and self.declined_at is None
            and self.expires_at > timezone.now()
        )

    @property
    def can_be_taken_up(self) -> bool:
        """Whether it was declined, and that can still be undone."""
        return (
            self.declined_at is not None
            and self.revoked_at is None
            and self.declined_at + self.UNDO_WITHIN > timezone.now()
        )

    @property
    def token(self) -> str:
        """What its link carries: the row's number and the moment of sending, signed."""
        return signing.dumps([self.pk, int(self.invited_at.timestamp())], salt=self.SALT)

    @classmethod
    def of_token(cls, token: str) -> "Invitation":
        """The invitation that a link carries; DoesNotExist for one that we did not write."""
        try:
            pk, sent = signing.loads(token, salt=cls.SALT)
        except signing.BadSignature as error:
            raise cls.DoesNotExist from error
        invitation = cls.objects.select_related("organisation", "invited_by").get(pk=pk)
        if int(invitation.invited_at.timestamp()) != sent:
            raise cls.DoesNotExist
        return invitation
