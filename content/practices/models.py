"""Practices that work, as organisations describe them, and where others use them."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from partnership.organisations.models import Organisation
from portal import concurrency
from portal.places.models import Area
from portal.topics.models import Topic
from portal.workflow import Stateful

from .permissions import REVIEW

CONFIRMED_FOR = timedelta(days=365)


class Evidence(models.TextChoices):
    """How much is known of a practice's effects; RULES says what each level asks."""

    DESCRIBED = "described", _("Described")
    FOLLOWED = "followed", _("Followed up")
    COMPARED = "compared", _("Compared")
    EVALUATED = "evaluated", _("Evaluated from outside")


RULES = {
    Evidence.DESCRIBED: _("Its organisation has described it; the results are its own words."),
    Evidence.FOLLOWED: _("In use for a year or longer, with results written down all the time."),
    Evidence.COMPARED: _("Results measured before and after, or against those without it."),
    Evidence.EVALUATED: _("Evaluated by somebody else, in a report that can be read."),
}


class Criterion(models.TextChoices):
    """What a practice is read against before it is published: the national call's criteria."""

    GOAL = "goal", _("Goal-oriented")
    CLIENT = "client", _("Client-centred")
    CONTEXT = "context", _("Aware of its context")
    EFFECT = "effect", _("Effective")
    MODEL = "model", _("Can be described as a model")
    TRANSFER = "transfer", _("Transferable")


class PracticeQuerySet(models.QuerySet):
    def public(self):
        return self.filter(state=Practice.State.PUBLISHED)

    def waiting(self):
        """Those that somebody has to read."""
        return self.filter(state=Practice.State.SUBMITTED)

    def visible_to(self, user):
        """Public ones for all; the others for their organisation's people and for the reviewers."""
        if user.has_perm(REVIEW):
            return self
        public = Q(state=Practice.State.PUBLISHED)
        if not user.is_authenticated:
            return self.filter(public)
        return self.filter(public | Q(organisation__in=Organisation.objects.of(user).values("pk")))

    def in_state(self, state: str, area: Area | None = None):
        """Those of which some organisation's latest word is that state, in the area if given."""
        words = Adoption.objects.current().filter(practice=OuterRef("pk"), state=state)
        return self.filter(Exists(words.filter(area=area) if area else words))


class Practice(Stateful):
    """A practice of one organisation, in the languages that its people wrote it in.

    Nothing but content.practices.services moves it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Being read against the criteria")
        RETURNED = "returned", _("Returned with words")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        State.DRAFT: {State.SUBMITTED},
        State.SUBMITTED: {State.DRAFT, State.RETURNED, State.PUBLISHED},
        State.RETURNED: {State.SUBMITTED},
        State.PUBLISHED: {State.WITHDRAWN},
        State.WITHDRAWN: {State.SUBMITTED},
    }
    EDITABLE = (State.DRAFT, State.RETURNED, State.WITHDRAWN)

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="practices",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    slug = models.SlugField(_("address"), max_length=80, unique=True, editable=False)
    evidence = models.CharField(
        _("what is known of its effects"),
        max_length=10,
        choices=Evidence,
        default=Evidence.DESCRIBED,
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), related_name="practices", blank=True
    )
    contact = models.EmailField(
        _("contact"),
        blank=True,
        help_text=_("An address of the organisation, not of one person. Everybody can read it."),
    )
    words = models.TextField(_("what was asked for"), max_length=2000, blank=True, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who wrote it"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("sent in"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        permissions = [("review_practice", _("Can read and publish practices"))]
        indexes = [models.Index(fields=["state", "published_at"], name="practices_by_state")]

    def __str__(self):
        return self.text.title if self.text else self.slug

    @property
    def text(self) -> "PracticeText | None":
        """Its words in the reader's language, or in the one that it was first written in."""
        texts = sorted(self.texts.all(), key=lambda one: one.pk)
        language = get_language()
        return next((one for one in texts if one.language == language), next(iter(texts), None))

    @property
    def version_token(self) -> str:
        own = concurrency.fingerprint(self, ("state", "evidence", "contact"))[:24]
        texts = self.texts.order_by("pk") if self.pk else ()
        names = ("language", *PracticeText.WORDS)
        return own + "".join(concurrency.fingerprint(one, names)[:8] for one in texts)

    @property
    def is_public(self) -> bool:
        return self.state == self.State.PUBLISHED

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def is_unconfirmed(self) -> bool:
        """Whether its organisation has not said for a year that the description still holds."""
        latest = self.confirmed_at or self.published_at
        return self.is_public and latest is not None and latest < timezone.now() - CONFIRMED_FOR

    @property
    def evidence_rule(self) -> str:
        return str(RULES[Evidence(self.evidence)])

    def get_absolute_url(self):
        return reverse("practices:detail", kwargs={"slug": self.slug})


class PracticeText(models.Model):
    """The description in one language."""

    WORDS = ("title", "problem", "serves", "method", "resources", "results", "failures")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    title = models.CharField(_("name of the practice"), max_length=120)
    problem = models.TextField(
        _("the problem"), max_length=2000, blank=True, help_text=_("What did not work before it?")
    )
    serves = models.TextField(
        _("whom it serves"), max_length=1000, blank=True, help_text=_("Which people, how many.")
    )
    method = models.TextField(
        _("how it is done"),
        max_length=4000,
        blank=True,
        help_text=_("Step by step, so that somebody elsewhere can do the same."),
    )
    resources = models.TextField(
        _("what it takes"),
        max_length=1000,
        blank=True,
        help_text=_("Working time, money, premises, skills."),
    )
    results = models.TextField(
        _("results"), max_length=2000, blank=True, help_text=_("And how you know of them.")
    )
    failures = models.TextField(
        _("what did not work"),
        max_length=2000,
        blank=True,
        help_text=_("What you tried and gave up, and for whom it is not."),
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("description of a practice")
        verbose_name_plural = _("descriptions of practices")
        constraints = [
            models.UniqueConstraint(fields=["practice", "language"], name="one_text_a_language")
        ]

    def __str__(self):
        return self.title

    @property
    def missing(self) -> list[str]:
        """The parts that have no words yet, by their names."""
        return [name for name in self.WORDS if not getattr(self, name).strip()]


class Judgement(models.Model):
    """A reviewer's line on one criterion; the latest review's stand."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="judgements")
    criterion = models.CharField(_("criterion"), max_length=10, choices=Criterion)
    line = models.CharField(_("in one line"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("judgement")
        verbose_name_plural = _("judgements")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "criterion"], name="one_line_a_practice_and_criterion"
            )
        ]

    def __str__(self):
        return self.line


class AdoptionQuerySet(models.QuerySet):
    def current(self):
        """The latest word of each organisation on each practice and area."""
        later = Adoption.objects.filter(
            practice=OuterRef("practice"),
            organisation=OuterRef("organisation"),
            area=OuterRef("area"),
            pk__gt=OuterRef("pk"),
        )
        return self.filter(~Exists(later))


class Adoption(models.Model):
    """What an organisation says of a practice in an area on a day; a new word is a new row."""

    class State(models.TextChoices):
        IN_USE = "in-use", _("In use")
        TRIED = "tried", _("Tried")
        STOPPED = "stopped", _("Stopped")

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="adoptions",
    )
    area = models.ForeignKey(
        Area, verbose_name=_("area"), on_delete=models.PROTECT, related_name="adoptions"
    )
    state = models.CharField(_("how it is"), max_length=7, choices=State)
    day = models.DateField(_("since when"))
    result = models.TextField(
        _("result, or why it was stopped"),
        max_length=1000,
        blank=True,
        help_text=_("Needed when it was stopped: the reason helps others most."),
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    at = models.DateTimeField(_("told"), default=timezone.now, editable=False)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("word on a practice’s use")
        verbose_name_plural = _("words on practices’ use")
        indexes = [
            models.Index(fields=["practice", "organisation", "area", "id"], name="adoptions_latest")
        ]

    def __str__(self):
        return f"{self.practice.slug}: {self.area_id} {self.state}"
