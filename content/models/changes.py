"""What each publication of a page changed, said to its readers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    MINOR = "minor", _("Minor change")
    SUBSTANTIVE = "substantive", _("Substantive change")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @classmethod
    def asked(cls):
        """The two that an editor chooses from when publishing."""
        return [choice for choice in cls.choices if choice[0] != cls.WITHDRAWN]


class PageChange(models.Model):
    """One publication, or withdrawal, of one page; the public history is made of these."""

    page = models.ForeignKey(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="changes", editable=False
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    carries = models.ForeignKey(
        "self",
        verbose_name=_("change of the original"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="carried_by",
        editable=False,
        help_text=_("The change of the original page that this translation brings."),
    )
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind)
    note = models.TextField(_("what changed"), blank=True)
    at = models.DateTimeField(_("published"), default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "-at"], name="changes_of_a_page")]
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")

    def __str__(self):
        return f"{self.page_id}: {self.get_kind_display()}"
