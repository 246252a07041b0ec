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


class PageChangeQuerySet(models.QuerySet):
    def publications(self):
        """Those that brought a text."""
        return self.exclude(kind=ChangeKind.WITHDRAWN)

    def public(self):
        """Those made while everybody could read the page: the notes of the others stay theirs."""
        return self.filter(restricted=False)


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
    restricted = models.BooleanField(
        _("not open to everybody"),
        default=False,
        editable=False,
        help_text=_("The page was for some readers only; its text of that time stays theirs."),
    )

    objects = PageChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "-at"], name="changes_of_a_page")]
        verbose_name = _("change of a page")
        verbose_name_plural = _("changes of pages")

    def __str__(self):
        return f"{self.page_id}: {self.get_kind_display()}"


class PublishedText(models.Model):
    """What readers could read after a publication, in plain words, block by block.

    Written down when it went live and never changed: a draft never gets here, however its
    revisions are overwritten, and old texts stay as they were when blocks and names change.
    `pieces` are those of content.editorial.versions.
    """

    change = models.OneToOneField(PageChange, on_delete=models.CASCADE, related_name="text")
    pieces = models.JSONField(_("pieces"))

    class Meta:
        verbose_name = _("published text")
        verbose_name_plural = _("published texts")

    def __str__(self):
        return str(self.change)


class NoteInTranslation(models.Model):
    """The note of a change, said in the language of a translation that is to carry it."""

    change = models.ForeignKey(PageChange, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    note = models.TextField(_("what changed"), max_length=500)

    class Meta:
        verbose_name = _("note in translation")
        verbose_name_plural = _("notes in translation")
        constraints = [
            models.UniqueConstraint(fields=["change", "page"], name="one_note_a_change_and_page")
        ]

    def __str__(self):
        return self.note
