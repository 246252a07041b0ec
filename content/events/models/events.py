"""Events: one row in three languages, with a programme and one or two ways of taking part."""

import uuid
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel

from content.events.permissions import may_organise
from portal.languages import ThreeNames, in_words
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import Stateful

RESERVED = ("registration", "calendar", "feed", "mine", "past")  # words of addresses of the room


def no_reserved_word(slug: str) -> None:
    """Refuse a slug that is the address of something else."""
    if slug in RESERVED:
        raise ValidationError(_("Choose another word: this one is taken."), code="reserved")


class EventQuerySet(models.QuerySet):
    def published(self):
        """What stands for all, cancelled events too: whoever looks for one is told so."""
        return self.exclude(state=Event.State.DRAFT)

    def visible_to(self, user):
        """What stands for all; drafts for those who organise."""
        return self if may_organise(user) else self.published()

    def coming(self):
        """Those that have not ended, the next first."""
        return self.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")


class Event(Stateful, ThreeNames, ClusterableModel):
    """Something that people come to at a time, on site, remotely or both ways.

    `sequence` rises with each change of when or where and with cancelling, as RFC 5545 has it:
    calendars know by it, and by `uid`, which of two invitations is the newer. Registrations are
    open from the publication to `closes_at`, or else to the start.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.DRAFT: (State.PUBLISHED,),
        State.PUBLISHED: (State.CANCELLED,),
        State.CANCELLED: (),
    }
    WHEN_AND_WHERE = ("starts_at", "ends_at", "place", "remote_link")

    slug = models.SlugField(
        _("address"),
        unique=True,
        max_length=80,
        validators=[no_reserved_word],
        help_text=_("The word that its address ends in, the same in every language."),
    )
    description_fi = models.TextField(_("description in Finnish"), max_length=6000)
    description_sv = models.TextField(_("description in Swedish"), max_length=6000)
    description_en = models.TextField(_("description in English"), max_length=6000)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    closes_at = models.DateTimeField(
        _("registration closes"),
        null=True,
        blank=True,
        help_text=_("Changes after it are requests to you. Empty: when the event starts."),
    )
    place = models.CharField(
        _("place"), max_length=250, blank=True, help_text=_("Name and street address.")
    )
    remote_link = models.URLField(
        _("link for taking part remotely"),
        max_length=500,
        blank=True,
        help_text=_("Shown only to those who have a remote place."),
    )
    organiser = models.CharField(_("organiser"), max_length=150)
    contact_email = models.EmailField(
        _("e-mail address of the organiser"), help_text=_("Everybody can read it.")
    )
    areas = ParentalManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="events",
        limit_choices_to={"kind__in": Area.CHOOSABLE},
        blank=True,
        help_text=_("None: the whole country."),
    )
    topics = ParentalManyToManyField(
        Topic, verbose_name=_("themes"), related_name="events", blank=True
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(336)],
        help_text=_("How long a place from the waiting list is kept before it passes on."),
    )
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    reason = models.CharField(_("why it was cancelled"), max_length=500, blank=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    attendance_code = models.CharField(
        _("code on the screen"), max_length=8, blank=True, editable=False
    )
    material_url = models.CharField(
        _("recording and slides"), max_length=500, blank=True, editable=False
    )
    example = models.BooleanField(_("an invented example"), default=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-pk"]
        verbose_name = pgettext_lazy("a gathering", "event")
        verbose_name_plural = pgettext_lazy("a gathering", "events")
        indexes = [models.Index(fields=["starts_at"], name="events_by_start")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_event_ends_after_it_starts",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__lte=F("starts_at")),
                name="registration_closes_before_an_event",
                violation_error_message=_("Registration closes after the start."),
            ),
        ]

    @property
    def description(self) -> str:
        return in_words(self, "description")

    @property
    def deadline(self) -> datetime:
        """When registration closes, and changes become requests."""
        return self.closes_at or self.starts_at

    @property
    def takes_registrations(self) -> bool:
        """Whether one can register now, to a place or to a waiting list."""
        return self.state == self.State.PUBLISHED and timezone.now() < self.deadline

    @property
    def is_one_day(self) -> bool:
        """Whether it ends on the day on which it starts, in Helsinki."""
        return timezone.localdate(self.starts_at) == timezone.localdate(self.ends_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def has_started(self) -> bool:
        return self.starts_at <= timezone.now()

    def get_absolute_url(self):
        return reverse("events:event", kwargs={"slug": self.slug})


class Sorted(models.Model):
    """A row that editors put in its order in the form of an event."""

    sort_order = models.IntegerField(null=True, blank=True, editable=False)
    sort_order_field = "sort_order"

    class Meta:
        abstract = True
        ordering = ["sort_order"]


class ProgrammeItem(Sorted):
    """A line of the programme: when, what, and who speaks."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="programme")
    starts_at = models.DateTimeField(_("starts"))
    title_fi = models.CharField(_("title in Finnish"), max_length=250)
    title_sv = models.CharField(_("title in Swedish"), max_length=250)
    title_en = models.CharField(_("title in English"), max_length=250)
    speakers = models.CharField(
        _("speakers"), max_length=250, blank=True, help_text=_("Name and organisation of each.")
    )

    class Meta(Sorted.Meta):
        verbose_name = _("line of the programme")
        verbose_name_plural = _("programme")

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return in_words(self, "title")


class WayQuerySet(models.QuerySet):
    def counted(self):
        """With how many places of each are held (`taken`): one query."""
        return self.annotate(taken=Count("held"))


class Way(Sorted):
    """A way of taking part, with its own places, waiting list and instructions.

    A place is held by a registration that has it or is offered it (`Registration.place`). A way
    that is closed gives no more places; those who have one keep it.
    """

    class Kind(models.TextChoices):
        ON_SITE = "on_site", _("On site")
        REMOTE = "remote", _("Remotely")

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="ways")
    kind = models.CharField(_("way of taking part"), max_length=7, choices=Kind)
    places = models.PositiveIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: as many as come.")
    )
    is_open = models.BooleanField(
        _("gives places"),
        default=True,
        help_text=_("When it is not, those who wait for it are asked about the other way."),
    )
    reminder_hours = models.PositiveSmallIntegerField(
        _("hours before the start when a reminder is sent"),
        default=24,
        validators=[MaxValueValidator(336)],
        help_text=_("With the instructions of this way. 0: no reminder."),
    )
    instructions_fi = models.TextField(_("instructions in Finnish"), max_length=2000, blank=True)
    instructions_sv = models.TextField(_("instructions in Swedish"), max_length=2000, blank=True)
    instructions_en = models.TextField(_("instructions in English"), max_length=2000, blank=True)

    taken: int  # how many places are held, in rows that are `counted`

    objects = WayQuerySet.as_manager()

    class Meta(Sorted.Meta):
        verbose_name = _("way of taking part")
        verbose_name_plural = _("ways of taking part")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "kind"],
                name="one_way_of_a_kind",
                violation_error_message=_("This way of taking part is there already."),
            )
        ]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def instructions(self) -> str:
        return in_words(self, "instructions")

    def left(self, taken: int) -> int | None:
        """How many places can be given when so many are taken; None when there is no limit."""
        if not self.is_open:
            return 0
        return None if self.places is None else max(self.places - taken, 0)


class OwnQuestion(Sorted):
    """What the organiser asks of each who registers; at most one of them has to be answered."""

    event = ParentalKey(Event, on_delete=models.CASCADE, related_name="questions")
    text_fi = models.CharField(_("question in Finnish"), max_length=250)
    text_sv = models.CharField(_("question in Swedish"), max_length=250)
    text_en = models.CharField(_("question in English"), max_length=250)
    required = models.BooleanField(_("has to be answered"), default=False)

    class Meta(Sorted.Meta):
        verbose_name = _("own question")
        verbose_name_plural = _("own questions")

    def __str__(self):
        return self.text

    @property
    def text(self) -> str:
        return in_words(self, "text")
