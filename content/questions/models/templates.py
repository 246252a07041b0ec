"""Texts that the lawyers use again and again in their answers."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.pages.mentions import known_sections
from law.mentions import numbers_in
from law.models import AmendmentEffect
from portal.languages import LANGUAGES


class AnswerTemplateQuerySet(models.QuerySet["AnswerTemplate"]):
    def in_language(self, language: str):
        """Those that have a text in the language."""
        return self.exclude(**{f"text_{language}": ""})

    def changed_since(self) -> set[int]:
        """Those saved before the law changed in what they rest on, plain words counted."""
        changes: Mapping[int, datetime] = dict(
            AmendmentEffect.objects.order_by()
            .values_list("section")
            .annotate(last=Max("opened_at"))
        )
        known = known_sections() if changes else {}
        return {
            one.pk
            for one in self.prefetch_related("sections")
            if any(changes[pk] > one.saved_at for pk in one.rests_on(known) & changes.keys())
        }


class AnswerTemplate(models.Model):
    """A text in up to three languages, with the sections that an answer rests on with it."""

    name = models.CharField(gettext_lazy("name"), max_length=100, unique=True)
    topic = models.ForeignKey(
        "topics.Topic",
        verbose_name=gettext_lazy("theme"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    text_fi = models.TextField(gettext_lazy("text in Finnish"), max_length=10000, blank=True)
    text_sv = models.TextField(gettext_lazy("text in Swedish"), max_length=10000, blank=True)
    text_en = models.TextField(gettext_lazy("text in English"), max_length=10000, blank=True)
    sections = models.ManyToManyField(
        "law.Section", verbose_name=gettext_lazy("rests on"), blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(gettext_lazy("saved"), auto_now=True)

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = gettext_lazy("answer template")
        verbose_name_plural = gettext_lazy("answer templates")

    def __str__(self):
        return self.name

    def clean(self):
        if not any(self.texts):
            raise ValidationError(_("Write the text in one language at least."))

    @property
    def texts(self) -> list[str]:
        return [self.text_in(language) for language in LANGUAGES]

    def text_in(self, language: str) -> str:
        return getattr(self, f"text_{language}")

    def rests_on(self, known: Mapping[str, int]) -> set[int]:
        """The sections that it links or names in plain words; `known` has their numbers."""
        named = {known[number] for text in self.texts for number in numbers_in(text, known)}
        return named | {section.pk for section in self.sections.all()}
