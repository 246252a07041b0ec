"""Drafts that go live together: all at their minute, or none."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.workflow import Stateful


class BundleQuerySet(models.QuerySet):
    def due(self):
        """Those whose minute has come and that somebody has approved."""
        return self.filter(state=Bundle.State.READY, go_at__lte=timezone.now())


class Bundle(Stateful):
    """Pages in their languages, reviewed as a whole, published in one transaction at `go_at`.

    READY is approved by somebody who wrote none of it; any change of what is in it, or of its
    minute, makes it a draft again.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Being put together")
        READY = "ready", _("Approved, waits for its minute")
        PUBLISHED = "published", _("Published")
        STOPPED = "stopped", _("Stopped: nothing was published")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.DRAFT: {State.DRAFT, State.READY, State.CANCELLED},
        State.READY: {State.DRAFT, State.PUBLISHED, State.STOPPED, State.CANCELLED},
        State.STOPPED: {State.DRAFT, State.CANCELLED},
        State.PUBLISHED: set(),
        State.CANCELLED: set(),
    }

    title = models.CharField(_("title"), max_length=120)
    go_at = models.DateTimeField(_("goes out"), help_text=_("In Helsinki time."))
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    trouble = models.TextField(_("why it was stopped"), blank=True, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("put together by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    approved_at = models.DateTimeField(_("approved"), null=True, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    objects = BundleQuerySet.as_manager()

    class Meta:
        ordering = ["-go_at", "-pk"]
        verbose_name = _("bundle")
        verbose_name_plural = _("bundles")
        permissions = [("approve_bundle", "Can approve bundle")]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether what is in it may still be changed."""
        return self.state in (self.State.DRAFT, self.State.READY, self.State.STOPPED)

    @property
    def version_token(self) -> str:
        """What whoever approves has seen: its minute and the drafts in it."""
        drafts = self.items.order_by("page_id").values_list("page__latest_revision_id", flat=True)
        seen = "-".join(map(str, drafts))
        return f"{self.state}:{self.go_at.timestamp():.0f}:{seen}"


class BundleItem(models.Model):
    """One page in one language; `approved` is the revision that was approved."""

    bundle = models.ForeignKey(Bundle, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    approved = models.ForeignKey(
        "wagtailcore.Revision", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["page__translation_key", "page__locale", "pk"]
        verbose_name = _("page of a bundle")
        verbose_name_plural = _("pages of bundles")
        constraints = [
            models.UniqueConstraint(fields=["bundle", "page"], name="a_page_is_in_a_bundle_once")
        ]

    def __str__(self):
        return f"{self.bundle_id}: {self.page_id}"
