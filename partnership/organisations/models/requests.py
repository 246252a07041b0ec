"""Who has asked an organisation's people to act for it too."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JoinRequestQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=JoinRequest.State.WAITING)

    def of_a_day(self, now=None):
        """Those of the last 24 hours, whatever has become of them."""
        return self.filter(asked_at__gt=(now or timezone.now()) - timedelta(days=1))

    def declined_lately(self, now=None):
        """Those after whose refusal the same person does not ask again yet."""
        since = (now or timezone.now()) - JoinRequest.PAUSE
        return self.filter(state=JoinRequest.State.DECLINED, answered_at__gt=since)


class JoinRequest(models.Model):
    """A person asks to act for an organisation; it is answered once, by one of its owners.

    `from_letter` is true when the person came through a letter to the organisation's own mailbox.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an answer")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "Taken back")

    A_DAY_BY_ONE = 5  # requests that one person may make in 24 hours
    A_DAY_TO_ONE = 20  # that one organisation may get
    PAUSE = timedelta(days=30)  # after a refusal, until the same person may ask again

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="join_requests"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests"
    )
    text = models.CharField(_("who you are in the organisation"), max_length=500)
    from_letter = models.BooleanField(
        _("came through the organisation's own mailbox"), default=False, editable=False
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request to act for an organisation")
        verbose_name_plural = _("requests to act for organisations")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(state="waiting"),
                name="one_waiting_request_a_person",
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.organisation}"

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING
