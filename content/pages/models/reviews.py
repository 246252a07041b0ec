"""Reviews: a role has looked a page through and answers for it as it stands."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Keeper(models.TextChoices):
    """The role that keeps a page true; the same words as the groups of portal.accounts.roles."""

    EDITOR = "editor", _("Editors of the portal")
    LAWYER = "lawyer", _("Legal service")
    STATISTICIAN = "statistician", _("Statistics team")
    PROGRAMME = "programme", _("Partnership programme team")


REVIEWED_BY = {
    Keeper.EDITOR: _("Reviewed on %(day)s by the editors of the portal"),
    Keeper.LAWYER: _("Reviewed on %(day)s by the legal service"),
    Keeper.STATISTICIAN: _("Reviewed on %(day)s by the statistics team"),
    Keeper.PROGRAMME: _("Reviewed on %(day)s by the partnership programme team"),
}


class PageReview(models.Model):
    """One act of review of one page; the dates of the page follow from it, and are never typed.

    Written by content.editorial.reviews alone: with each substantive publication, and when
    somebody confirms that the page is still right.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", _("A substantive change was published")
        CONFIRMED = "confirmed", _("Still right")

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="reviews", editable=False
    )
    at = models.DateTimeField(_("reviewed"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    role = models.CharField(_("in the role of"), max_length=12, choices=Keeper)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    note = models.TextField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "-at"], name="reviews_of_a_page")]
        verbose_name = _("review of a page")
        verbose_name_plural = _("reviews of pages")

    def __str__(self):
        return f"{self.page_id}: {self.get_outcome_display()}"


class ReviewDigest(models.Model):
    """That the letters of a month about what is due were written: once, for all roles."""

    month = models.DateField(_("month"), unique=True, help_text=_("Its first day."))
    at = models.DateTimeField(_("written"), default=timezone.now)
    letters = models.PositiveIntegerField(_("letters"), default=0)

    class Meta:
        ordering = ["-month"]
        verbose_name = _("monthly list")
        verbose_name_plural = _("monthly lists")

    def __str__(self):
        return f"{self.month:%Y-%m}"
