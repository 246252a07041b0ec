"""Who follows what: an address that confirmed it, or an account; never shown to anybody else."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Frequency(models.TextChoices):
    INSTANT = "instant", _("At once, an e-mail for each change")
    DAILY = "daily", _("Once a day, in the morning")
    WEEKLY = "weekly", _("Once a week, on Monday morning")

    def last_time(self, now: datetime) -> datetime:
        """What happened before this is to be told by now: 7.00 in Finland, on Mondays if weekly."""
        if self == self.INSTANT:
            return now
        local = timezone.localtime(now)
        time = local.replace(hour=7, minute=0, second=0, microsecond=0)
        if self == self.WEEKLY:
            time -= timedelta(days=time.weekday())
        step = timedelta(days=7 if self == self.WEEKLY else 1)
        return time if time <= local else time - step


class FollowerQuerySet(models.QuerySet):
    def to_be_told(self):
        """Those who have confirmed; people whose account is closed get no letters."""
        return self.filter(Q(user=None) | Q(user__is_active=True)).exclude(confirmed_at=None)

    def without_reason(self, before: datetime):
        """Never confirmed, or following nothing, and there since before a time."""
        follows = Follow.objects.filter(follower=OuterRef("pk"))
        return self.filter(Q(confirmed_at=None) | ~Exists(follows), created_at__lt=before)


class Follower(models.Model):
    """Somebody who is told of changes: an account, or an address without one.

    The address of an account is the account's own; here stands only one that has none. The key is
    what the links in the letters are made of.
    """

    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="follower",
    )
    email = models.EmailField(
        _("e-mail address"), max_length=254, null=True, blank=True, unique=True
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    frequency = models.CharField(
        _("how often"), max_length=7, choices=Frequency, default=Frequency.DAILY
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, email__isnull=False)
                | Q(user__isnull=False, email__isnull=True),
                name="follower_is_an_account_or_an_address",
            )
        ]

    def __str__(self):
        # Logs and messages keep this, so it names nobody.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def address(self) -> str:
        return self.user.email if self.user else self.email or ""

    @property
    def reader(self):
        """Whose eyes decide what may stand in the letters."""
        return self.user or AnonymousUser()


class FollowQuerySet(models.QuerySet):
    def confirmed(self):
        return self.exclude(confirmed_at=None)

    def of_any(self, targets):
        """Follows of any of the (kind, subject) pairs."""
        by_kind: dict[str, list[str]] = {}
        for kind, subject in targets:
            by_kind.setdefault(kind, []).append(subject)
        wanted = Q(pk__in=[])
        for kind, subjects in by_kind.items():
            wanted |= Q(kind=kind, subject__in=subjects)
        return self.filter(wanted)


class Follow(models.Model):
    """One thing that a follower wants to hear of; without an account it waits to be confirmed."""

    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="follows")
    kind = models.CharField(_("kind"), max_length=20)
    subject = models.CharField(_("subject"), max_length=100)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    created_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name = _("follow")
        verbose_name_plural = _("follows")
        constraints = [
            models.UniqueConstraint(
                fields=["follower", "kind", "subject"], name="one_follow_a_follower_and_thing"
            )
        ]
        indexes = [models.Index(fields=["kind", "subject"], name="follows_of_a_thing")]

    def __str__(self):
        return f"{self.kind}:{self.subject}"

    @property
    def target(self) -> tuple[str, str]:
        return self.kind, self.subject
