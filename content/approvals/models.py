"""Approval of a draft by somebody outside: asked by letter, given for exactly those revisions."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.workflow import Stateful


class ApprovalRequestQuerySet(models.QuerySet):
    def open(self):
        """Those that can still be answered."""
        return self.filter(state=ApprovalRequest.State.ASKED, expires_at__gt=timezone.now())


class ApprovalRequest(Stateful):
    """Somebody without an account is asked to approve the drafts of a page in its languages.

    `key` is in the address of the letter, which opens nothing by itself: who answers enters a code
    that is mailed to `email`. `code` is its hash.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned with words")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    MOVES = {
        State.ASKED: {State.APPROVED, State.RETURNED, State.WITHDRAWN},
        State.APPROVED: set(),
        State.RETURNED: set(),
        State.WITHDRAWN: set(),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="+", editable=False
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.ASKED, editable=False
    )
    name = models.CharField(_("name"), max_length=120)
    organisation = models.CharField(_("organisation"), max_length=200)
    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    message = models.TextField(_("message"), max_length=1000, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("can be answered until"), editable=False)
    code = models.CharField(max_length=128, blank=True, editable=False)
    code_until = models.DateTimeField(null=True, editable=False)
    code_tries = models.PositiveSmallIntegerField(default=0, editable=False)
    words = models.TextField(_("words of the answer"), max_length=4000, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("request for approval")
        verbose_name_plural = _("requests for approval")

    def __str__(self):
        return f"{self.page_id}: {self.get_state_display()}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.ASKED and self.expires_at > timezone.now()

    @property
    def is_current(self) -> bool:
        """Whether what was shown is still the newest draft in each of its languages."""
        return all(one.revision_id == one.page.latest_revision_id for one in self.items.all())


class ApprovalItem(models.Model):
    """One language of what is shown: exactly this revision of this page."""

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="items")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey("wagtailcore.Revision", on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["page__locale", "pk"]
        verbose_name = _("draft to be approved")
        verbose_name_plural = _("drafts to be approved")
        constraints = [
            models.UniqueConstraint(fields=["request", "page"], name="one_draft_a_language")
        ]

    def __str__(self):
        return f"{self.request_id}: {self.page_id}"


class ApprovalComment(models.Model):
    """What is said at a place of a draft; the words that stood there are kept with it."""

    item = models.ForeignKey(ApprovalItem, on_delete=models.CASCADE, related_name="comments")
    place = models.CharField(_("place"), max_length=80)
    quoted = models.TextField(_("the words there"))
    text = models.TextField(_("comment"), max_length=2000)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("comment of an approval")
        verbose_name_plural = _("comments of approvals")

    def __str__(self):
        return self.text[:60]
