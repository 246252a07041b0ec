"""What organisations seek from others and offer them, for a time."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Membership, Organisation
from partnership.programme.permissions import MANAGE
from portal import concurrency
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import Stateful

OPEN_FOR = timedelta(days=90)
WARNED_BEFORE = timedelta(days=14)


class OfferQuerySet(models.QuerySet):
    def of_members(self):
        members = Membership.objects.active().filter(organisation=OuterRef("organisation"))
        return self.filter(Exists(members))

    def running(self):
        """Open today, of an organisation that is a member: what lists, search and data have."""
        today = timezone.localdate()
        return self.of_members().filter(state=Offer.State.OPEN, expires_on__gte=today)

    def of(self, user):
        """Those of the organisations that the person acts for."""
        return self.filter(organisation__in=Organisation.objects.of(user).values("pk"))

    def visible_to(self, user):
        """Open and expired ones of members for all; the rest for their people and the team."""
        if user.has_perm(MANAGE):
            return self
        public = self.of_members().exclude(state=Offer.State.CLOSED)
        return public | self.of(user) if user.is_authenticated else public


class Offer(Stateful):
    """An organisation seeks something or offers something, until a day; it is renewed or expires.

    It is written in one language, its organisation's choice.
    """

    class Kind(models.TextChoices):
        SEEK = "seek", _("We seek")
        OFFER = "offer", _("We offer")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        EXPIRED = "expired", _("Expired")
        CLOSED = "closed", _("Closed")

    MOVES = {
        State.OPEN: {State.OPEN, State.EXPIRED, State.CLOSED},
        State.EXPIRED: {State.OPEN, State.CLOSED},
        State.CLOSED: set(),
    }
    WORDS = ("kind", "title", "text", "language")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="offers",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.OPEN, editable=False
    )
    kind = models.CharField(_("which of the two"), max_length=6, choices=Kind)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which it is written."),
    )
    title = models.CharField(
        _("in one sentence"),
        max_length=120,
        help_text=_("What you seek or offer, and for whom."),
    )
    slug = models.SlugField(_("address"), max_length=80, blank=True, editable=False)
    text = models.TextField(
        _("more about it"),
        max_length=1500,
        help_text=_("What, where, when and how to begin. Name nobody who is a client."),
    )
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="offers",
        limit_choices_to={"kind__in": Area.CHOOSABLE},
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("themes"), related_name="offers", blank=True
    )
    published_at = models.DateTimeField(_("published"), default=timezone.now, editable=False)
    expires_on = models.DateField(_("open until"), editable=False)
    warned_of = models.DateField(_("last day that was told"), null=True, editable=False)
    reason = models.TextField(_("why it was closed"), max_length=1000, blank=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        indexes = [
            models.Index(fields=["state", "expires_on"], name="offers_by_state"),
            models.Index(fields=["organisation", "state"], name="offers_of_one"),
        ]

    def __str__(self):
        return self.title

    def save(self, *, update_fields=None, **kwargs):
        """The address keeps the words that it was first published with."""
        if not self.slug:
            self.slug = slugify(self.title)[:80].strip("-")
        super().save(update_fields=update_fields, **kwargs)

    @property
    def version_token(self) -> str:
        """Which words a reader has before them."""
        return concurrency.fingerprint(self, (*self.WORDS, "state"))[:24]

    @property
    def is_running(self) -> bool:
        return self.state == self.State.OPEN and self.expires_on >= timezone.localdate()

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def ends_soon(self) -> bool:
        """Whether its people are asked to renew it or let it go."""
        return self.is_running and self.expires_on - timezone.localdate() <= WARNED_BEFORE

    def get_absolute_url(self):
        return reverse("programme:offer", kwargs={"pk": self.pk, "slug": self.slug or "-"})
