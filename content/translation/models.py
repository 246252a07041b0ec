"""Orders of translations: who is to translate what by when, and what needs no translation."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class TranslationOrderQuerySet(models.QuerySet):
    def open(self):
        """Those that somebody is to work on."""
        return self.filter(not_needed="", delivered_at=None)


class TranslationOrder(models.Model):
    """One page, known by its translation key, in one language: ordered, or not needed and why.

    Whether the translation is complete follows from its text, never from this row.
    """

    translation_key = models.UUIDField(_("page"), editable=False)
    locale = models.ForeignKey(
        "wagtailcore.Locale", verbose_name=_("language"), on_delete=models.CASCADE, related_name="+"
    )
    due = models.DateField(_("due"), null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("translator"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Nobody: whoever translates into the language may take it."),
    )
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ordered by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
    )
    ordered_at = models.DateTimeField(_("ordered"), default=timezone.now, editable=False)
    delivered_at = models.DateTimeField(_("handed over"), null=True, editable=False)
    not_needed = models.CharField(
        _("not needed because"),
        max_length=200,
        blank=True,
        help_text=_("Such as: concerns Finnish-speaking municipalities alone. Editors see it."),
    )

    objects = TranslationOrderQuerySet.as_manager()

    class Meta:
        verbose_name = _("order of a translation")
        verbose_name_plural = _("orders of translations")
        permissions = [
            ("translate_to_fi", "Can translate into Finnish"),
            ("translate_to_sv", "Can translate into Swedish"),
            ("translate_to_en", "Can translate into English"),
            ("order_translationorder", "Can order translations"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "locale"], name="one_order_a_page_and_language"
            ),
        ]

    def __str__(self):
        return f"{self.translation_key} → {self.locale_id}"

    @property
    def is_open(self) -> bool:
        return not self.not_needed and self.delivered_at is None

    @property
    def is_late(self) -> bool:
        return bool(self.is_open and self.due and self.due < timezone.localdate())
