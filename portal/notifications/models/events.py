"""What happened to things that people follow, and who has been told of it in which letter."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.mail.models.letters import Letter

from .followers import Follower


class Event(models.Model):
    """Something happened to a thing; those who follow any of the targets hear of it once.

    `kind` is the key of a verb of the thing's resource (notifications.following.Verb), `targets` a
    list of [kind, subject], and `notes` says what changed, by language.
    """

    key = models.CharField(_("key"), max_length=200, unique=True)
    kind = models.CharField(_("what happened"), max_length=40)
    thing_kind = models.CharField(_("kind of thing"), max_length=20)
    thing = models.CharField(_("thing"), max_length=100)
    targets = models.JSONField(_("targets"), default=list)
    notes = models.JSONField(_("what changed"), default=dict)
    at = models.DateTimeField(_("happened"), default=timezone.now)
    spread_at = models.DateTimeField(_("passed on to followers"), null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["spread_at"], name="events_to_spread"),
            models.Index(fields=["thing_kind", "thing", "at"], name="events_of_a_thing"),
        ]

    def __str__(self):
        return self.key


class Notice(models.Model):
    """That one follower is to be told of one event: once, in one letter.

    `told_at` without a letter: there was nothing left that the follower may see, or the letter
    has been forgotten since.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    follower = models.ForeignKey(Follower, on_delete=models.CASCADE, related_name="notices")
    letter = models.ForeignKey(
        Letter, on_delete=models.SET_NULL, null=True, blank=True, related_name="notices"
    )
    created_at = models.DateTimeField(_("made"), default=timezone.now)
    told_at = models.DateTimeField(_("told"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "follower"], name="one_notice_an_event_and_follower"
            )
        ]
        indexes = [
            models.Index(
                fields=["created_at"],
                condition=models.Q(told_at=None),
                name="notices_to_be_told",
            )
        ]

    def __str__(self):
        return f"{self.event_id}: {self.follower_id}"
