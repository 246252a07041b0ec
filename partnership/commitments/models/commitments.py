"""A commitment from its draft to its end."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from law.models import Section
from monitoring.indicators.models import Indicator
from partnership.organisations.models import Organisation
from portal import concurrency
from portal.places.models import Area
from portal.workflow import Stateful

from ..permissions import REVIEW
from .shares import Level, Progress, Share

SILENT_AFTER = timedelta(days=365)


class CommitmentQuerySet(models.QuerySet):
    def public(self):
        """Those that anybody may read, published now or ended: what has a day of publication.

        Asked so and not by their states, as the index of the list in its order is of these rows.
        """
        return self.filter(published_at__isnull=False)

    def running(self):
        return self.filter(state=Commitment.State.PUBLISHED)

    def waiting(self):
        """Those that the programme team has to read."""
        return self.filter(state=Commitment.State.SUBMITTED)

    def of(self, user):
        """Commitments in which an organisation takes part for which the person acts."""
        if not user.is_authenticated:
            return self.none()
        acting = Organisation.objects.of(user).values("pk")
        shares = Share.objects.of_those_who_know()
        return self.filter(
            Exists(shares.filter(commitment=OuterRef("pk"), organisation__in=acting))
        )

    def visible_to(self, user):
        """Public ones for all; the others for their organisations and the programme team."""
        if user.has_perm(REVIEW):
            return self
        return self.public() | self.of(user) if user.is_authenticated else self.public()


class Commitment(Stateful):
    """What an organisation has promised to change, how it is seen, and when.

    It is written in one language, its organisation's choice. `organisation` leads; whoever takes
    part has a Share. `told_at` and `progress` are those of the latest report of any of them: when
    we were last told, and how it goes. Nothing but partnership.commitments.services moves it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Being read by the programme team")
        RETURNED = "returned", _("Returned with comments")
        PUBLISHED = "published", _("In progress")
        COMPLETED = "completed", _("Completed")
        DISCONTINUED = "discontinued", _("Discontinued")
        ARCHIVED = "archived", _("Archived: nothing heard for two years")

    MOVES = {
        State.DRAFT: {State.SUBMITTED},
        State.SUBMITTED: {State.RETURNED, State.PUBLISHED, State.DRAFT},
        State.RETURNED: {State.SUBMITTED},
        State.PUBLISHED: {State.COMPLETED, State.DISCONTINUED, State.ARCHIVED},
        State.COMPLETED: set(),
        State.DISCONTINUED: set(),
        State.ARCHIVED: {State.PUBLISHED, State.COMPLETED, State.DISCONTINUED},
    }
    PUBLIC = (State.PUBLISHED, State.COMPLETED, State.DISCONTINUED, State.ARCHIVED)
    EDITABLE = (State.DRAFT, State.RETURNED)
    WORDS = ("title", "change", "beneficiaries", "baseline", "target", "resources")

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="commitments",
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which the commitment is written."),
    )
    title = models.CharField(
        _("the commitment in one sentence"),
        max_length=140,
        help_text=_("What you do, for whom and by when."),
    )
    slug = models.SlugField(_("address"), max_length=80, blank=True, editable=False)
    change = models.TextField(
        _("the change that you seek"),
        max_length=2000,
        blank=True,
        help_text=_("What is different when you have succeeded? What is new in it for you?"),
    )
    beneficiaries = models.TextField(
        _("who benefits"),
        max_length=1000,
        blank=True,
        help_text=_("Which people, and about how many."),
    )
    baseline = models.TextField(
        _("where you start"),
        max_length=1000,
        blank=True,
        help_text=_("How it is now: a figure with its day, or what you can see."),
    )
    target = models.TextField(
        _("where you want to be"),
        max_length=1000,
        blank=True,
        help_text=_("The same thing later, so that anybody can see whether you got there."),
    )
    resources = models.TextField(
        _("what you put in"),
        max_length=1000,
        blank=True,
        help_text=_("Working time, money, premises, people."),
    )
    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicator"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="commitments",
        help_text=_("An indicator of the portal that tells of the same thing, if there is one."),
    )
    areas = models.ManyToManyField(
        Area,
        verbose_name=_("areas"),
        related_name="commitments",
        limit_choices_to={"kind__in": Area.CHOOSABLE},
        blank=True,
    )
    told_at = models.DateTimeField(_("last told"), null=True, blank=True, editable=False)
    progress = models.CharField(
        _("how it goes"), max_length=10, choices=Progress, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("sent in"), null=True, editable=False)
    returned_at = models.DateTimeField(_("returned"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    reason = models.TextField(_("why it ended"), max_length=1000, blank=True, editable=False)
    example = models.BooleanField(_("an invented example"), default=False, editable=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who reads it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    read_by = models.DateField(_("to be read by"), null=True, blank=True)
    # In which order all read them: columns of the database's own, so that an index serves a page.
    over = models.GeneratedField(
        expression=Case(When(state="published", then=Value(0)), default=Value(1)),
        output_field=models.SmallIntegerField(),
        db_persist=True,
        editable=False,
    )
    heard = models.GeneratedField(
        expression=Coalesce("told_at", "published_at"),
        output_field=models.DateTimeField(),
        db_persist=True,
        editable=False,
    )

    level = ""  # who vouches for what was told last, of Level: sections.with_levels fills it in

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        permissions = [("review_commitment", _("Can read and publish commitments"))]
        indexes = [
            models.Index(fields=["state", "published_at"], name="commitments_by_state"),
            models.Index(fields=["organisation", "state"], name="commitments_of_one"),
            models.Index(
                fields=["over", "-heard", "-id"],
                name="commitments_in_order",
                condition=Q(published_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *, update_fields=None, **kwargs):
        """The address keeps the words that the commitment was first published with."""
        if not self.published_at or not self.slug:
            self.slug = slugify(self.title)[:80].strip("-")
            if update_fields is not None:
                update_fields = {*update_fields, "slug"}
        super().save(update_fields=update_fields, **kwargs)

    @property
    def version_token(self) -> str:
        """Which words a reader has before them: the commitment's, and its milestones'."""
        own = concurrency.fingerprint(self, (*self.WORDS, "state"))
        milestones = [
            concurrency.fingerprint(one, ("title", "due", "evidence"))
            for one in (self.milestones.all() if self.pk else ())
        ]
        return "".join([own[:24], *(one[:8] for one in milestones)])

    @property
    def is_public(self) -> bool:
        return self.state in self.PUBLIC

    @property
    def is_editable(self) -> bool:
        return self.state in self.EDITABLE

    @property
    def verified(self) -> str:
        """Who but its own organisations vouches for what was told last, in words."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def heard_at(self):
        """When we last heard of it: a report, or its publication."""
        return self.told_at or self.published_at

    @property
    def is_silent(self) -> bool:
        """Whether nothing has been told for a year: the published rule, and no judgement."""
        return (
            self.state == self.State.PUBLISHED
            and self.heard_at is not None
            and self.heard_at < timezone.now() - SILENT_AFTER
        )

    @property
    def sections(self) -> list[Section]:
        return [link.section for link in self.section_links.all()]

    def get_absolute_url(self):
        return reverse("commitments:detail", kwargs={"pk": self.pk, "slug": self.slug or "-"})


class CommitmentSection(models.Model):
    """A section of the law that a commitment rests on."""

    commitment = models.ForeignKey(
        Commitment, on_delete=models.CASCADE, related_name="section_links"
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section"),
        on_delete=models.CASCADE,
        related_name="commitment_links",
    )

    class Meta:
        ordering = ["section__position"]
        verbose_name = _("section of the law")
        verbose_name_plural = _("sections of the law")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "section"], name="one_link_a_commitment_and_section"
            )
        ]

    def __str__(self):
        return str(self.section)


class Comment(models.Model):
    """What the programme team asks of one field, shown beside it until it is sent in again."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="comments")
    field = models.CharField(_("field"), max_length=20)
    text = models.TextField(_("comment"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    at = models.DateTimeField(_("written"), default=timezone.now)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "field"],
                condition=Q(answered_at=None),
                name="one_open_comment_a_field",
            )
        ]

    def __str__(self):
        return self.text[:60]
