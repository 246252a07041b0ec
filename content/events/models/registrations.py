"""Who takes part: registrations, what they need, and what they ask after the deadline."""

import uuid
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.workflow import Stateful

from .events import Event, Way

TIME_TO_CONFIRM = timedelta(days=2)


class RegistrationQuerySet(models.QuerySet):
    def live(self):
        """Those that have a place, are offered one or wait for one."""
        return self.filter(state__in=Registration.LIVE)

    def of(self, user):
        """Those of a person: by the account, or by its address, which is known to be its own."""
        return self.filter(Q(user=user) | Q(email=user.email.lower()))

    def in_turn(self):
        """The waiting list, first come first."""
        return self.filter(state=Registration.State.WAITING).order_by("turn", "pk")

    def who_can_take(self, ways: Collection[Way]):
        """Of the waiting list, in turn, those for whom a place of one of these ways will do.

        Those whom either way suits, and those whose own way gives no more places: they are asked.
        """
        suits = Q(way__in=ways) | Q(flexible=True) | Q(way__is_open=False)
        return self.in_turn().filter(suits)

    def overdue(self):
        """Offers whose time to answer has passed."""
        return self.filter(state=Registration.State.OFFERED, answer_by__lte=timezone.now())


class Registration(Stateful):
    """One person and one event: asked for, confirmed, with a place or on the waiting list.

    `way` is how they want to take part, `flexible` says that the other way will do, and `place` is
    the way of which they hold a place: registered, or offered until `answer_by`. `turn` is their
    number in the order in which they confirmed. `answers` are to the event's own questions, by the
    question's number. Nobody but the organiser and the person ever sees one.
    """

    class State(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("Address not confirmed")
        REGISTERED = "registered", _("Has a place")
        WAITING = "waiting", _("On the waiting list")
        OFFERED = "offered", _("Offered a place")
        CANCELLED = "cancelled", _("Registration cancelled")
        DECLINED = "declined", _("Declined the offer")
        LAPSED = "lapsed", _("Did not answer the offer")
        REMOVED = "removed", _("Cancelled by the organiser")

    LIVE = (State.REGISTERED, State.WAITING, State.OFFERED)
    HOLDING = (State.REGISTERED, State.OFFERED)
    MAY_COME_BACK = (State.CANCELLED, State.DECLINED, State.LAPSED)
    _again = (State.REGISTERED, State.WAITING)
    MOVES = {
        State.UNCONFIRMED: _again,
        State.REGISTERED: (State.CANCELLED, State.REMOVED),
        State.WAITING: (State.OFFERED, State.REGISTERED, State.CANCELLED, State.REMOVED),
        State.OFFERED: (State.REGISTERED, State.DECLINED, State.LAPSED, State.REMOVED),
        State.CANCELLED: _again,
        State.DECLINED: _again,
        State.LAPSED: _again,
        State.REMOVED: (),
    }

    event = models.ForeignKey(
        Event,
        verbose_name=pgettext_lazy("a gathering", "event"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="event_registrations",
    )
    email = models.EmailField(_("e-mail address"), max_length=254)
    name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    way = models.ForeignKey(
        Way,
        verbose_name=_("way of taking part"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    flexible = models.BooleanField(_("the other way will do too"), default=False)
    answers = models.JSONField(_("answers to own questions"), default=dict, blank=True)
    state = models.CharField(
        _("state"), max_length=11, choices=State, default=State.UNCONFIRMED, editable=False
    )
    place = models.ForeignKey(
        Way,
        verbose_name=_("place"),
        on_delete=models.PROTECT,
        null=True,
        related_name="held",
        editable=False,
    )
    turn = models.PositiveIntegerField(_("turn"), null=True, editable=False)
    answer_by = models.DateTimeField(_("answer by"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, editable=False)
    came_at = models.DateTimeField(_("attended"), null=True, editable=False)
    thanked_at = models.DateTimeField(_("asked for feedback"), null=True, editable=False)
    gave_feedback = models.BooleanField(_("gave feedback"), default=False, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["event", "turn", "pk"]
        default_permissions = ()
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        indexes = [
            models.Index(fields=["event", "state", "turn"], name="waiting_list_of_an_event"),
            models.Index(
                fields=["answer_by"],
                name="offers_by_time",
                condition=Q(state="offered"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "email"],
                condition=Q(state__in=["unconfirmed", "registered", "waiting", "offered"]),
                name="one_registration_an_address_and_event",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["registered", "offered"], place__isnull=False)
                | (~Q(state__in=["registered", "offered"]) & Q(place=None)),
                name="a_place_is_held_by_who_has_it",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", answer_by__isnull=False)
                | (~Q(state="offered") & Q(answer_by=None)),
                name="an_offer_has_a_time_to_answer",
            ),
        ]

    def __str__(self):
        # Logs and messages keep this, so it names nobody.
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def is_live(self) -> bool:
        return self.state in self.LIVE

    @property
    def can_still_confirm(self) -> bool:
        return timezone.now() < self.asked_at + TIME_TO_CONFIRM

    def takes(self, ways: Collection[Way]) -> Way | None:
        """The one of these ways that will do: its own first, else the other if that suits."""
        if self.way in ways:
            return self.way
        return next(iter(ways), None) if self.flexible or not self.way.is_open else None

    def before_me(self) -> int:
        """How many of the waiting list come before this one."""
        earlier = self.event.registrations.in_turn().filter(turn__lt=self.turn or 0)
        return earlier.filter(Q(way=self.way) | Q(flexible=True)).count()


class Needs(models.Model):
    """What a person needs to take part: apart from the registration, so that it can be erased.

    Seen by the organiser and the person alone, and erased thirty days after the event.
    """

    registration = models.OneToOneField(
        Registration, on_delete=models.CASCADE, related_name="needs"
    )
    interpretation = models.CharField(
        _("interpretation"),
        max_length=250,
        blank=True,
        help_text=_("Such as into sign language or Arabic."),
    )
    accessibility = models.TextField(
        _("accessibility"),
        max_length=1000,
        blank=True,
        help_text=_("What makes it possible or easier for you to take part."),
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("needs")
        verbose_name_plural = _("needs of participants")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.registration_id}"


class Request(Stateful):
    """After the deadline a change is asked of the organiser, who makes it or says why not."""

    class Kind(models.TextChoices):
        CANCEL = "cancel", _("Cancel my registration")
        CHANGE_WAY = "change_way", _("Take part in the other way")
        OTHER = "other", _("Something else")

    class State(models.TextChoices):
        OPEN = "open", _("Waits for the organiser")
        ACCEPTED = "accepted", _("Done")
        REFUSED = "refused", _("Not possible")

    MOVES = {
        State.OPEN: (State.ACCEPTED, State.REFUSED),
        State.ACCEPTED: (),
        State.REFUSED: (),
    }

    registration = models.ForeignKey(
        Registration,
        verbose_name=_("registration"),
        on_delete=models.CASCADE,
        related_name="requests",
    )
    kind = models.CharField(_("what is asked"), max_length=10, choices=Kind)
    words = models.TextField(_("in your own words"), max_length=1000, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.OPEN, editable=False
    )
    answer = models.TextField(_("answer"), max_length=1000, blank=True, editable=False)
    made_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("answered"), null=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )

    class Meta:
        ordering = ["made_at", "pk"]
        default_permissions = ()
        verbose_name = _("request of a participant")
        verbose_name_plural = _("requests of participants")
        constraints = [
            models.UniqueConstraint(
                fields=["registration"],
                condition=Q(state="open"),
                name="one_open_request_a_registration",
            )
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
