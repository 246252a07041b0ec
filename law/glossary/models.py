"""The glossary: what the field's terms mean, one row a term, three names and three definitions."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from law.models import Section
from portal.languages import LANGUAGES, ThreeNames, current_language, in_words

LINES = _("One on a line.")


class TermQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The glossary is public."""
        return self


class Term(ThreeNames):
    """A term of the field. Its definition is in our own words; the law decides, where it defines.

    `also_<language>` are words that mean the same, or forms that the endings in
    portal.linguistics.inflection do not make; texts that use them lead here too.
    """

    key = models.SlugField(
        _("key"),
        unique=True,
        help_text=_("In the address of the term, the same in every language: integration-plan."),
    )
    also_fi = models.TextField(_("also in Finnish"), blank=True, help_text=LINES)
    also_sv = models.TextField(_("also in Swedish"), blank=True, help_text=LINES)
    also_en = models.TextField(_("also in English"), blank=True, help_text=LINES)
    definition_fi = models.TextField(_("definition in Finnish"), max_length=500)
    definition_sv = models.TextField(_("definition in Swedish"), max_length=500)
    definition_en = models.TextField(_("definition in English"), max_length=500)
    avoid = models.TextField(
        _("words to avoid"),
        blank=True,
        help_text=_("Words that the portal does not use of this. One on a line."),
    )
    section = models.ForeignKey(
        Section,
        verbose_name=_("section of the law"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="terms",
        help_text=_("Where the law defines it or makes it a duty."),
    )
    shown_in_texts = models.BooleanField(
        _("explained in texts"),
        default=True,
        help_text=_(
            "The first mention on a page shows the definition. Not for words that everybody knows."
        ),
    )
    unchecked = models.CharField(
        _("names to be checked"),
        max_length=8,
        blank=True,
        validators=[RegexValidator("^(fi|sv|en)( (fi|sv|en))*$")],
        help_text=_(
            "Languages in which the name is our own rendering, not yet checked against the "
            "vocabulary of integration: sv, or sv en. Readers are told."
        ),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["position", "key"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def clean(self):
        """No word may lead to two terms of a language."""
        super().clean()
        taken = {}
        for other in Term.objects.exclude(pk=self.pk):
            for language in LANGUAGES:
                taken |= {(language, word.casefold()): other for word in other.words(language)}
        errors = {
            f"{field}_{language}": _("“%(word)s” already stands under the term “%(term)s”.")
            % {"word": word, "term": other.name}
            for language in LANGUAGES
            for field, words in (
                ("also", lines(getattr(self, f"also_{language}"))),
                ("name", [getattr(self, f"name_{language}")]),
            )
            for word in words
            if (other := taken.get((language, word.casefold())))
        }
        if errors:
            raise ValidationError(errors)

    def words(self, language: str) -> list[str]:
        """The name in a language, then the other words and forms that lead to this term."""
        return [getattr(self, f"name_{language}"), *lines(getattr(self, f"also_{language}"))]

    @property
    def also(self) -> list[str]:
        return lines(getattr(self, f"also_{current_language()}"))

    @property
    def definition(self) -> str:
        return in_words(self, "definition")

    @property
    def words_to_avoid(self) -> list[str]:
        return lines(self.avoid)

    @property
    def anchor(self) -> str:
        return f"term-{self.key}"

    @property
    def other_names(self) -> list[tuple[str, str, bool]]:
        """(language, name, is it our own rendering) in the languages that are not the reader's."""
        here, unchecked = current_language(), self.unchecked.split()
        return [
            (code, getattr(self, f"name_{code}"), code in unchecked)
            for code in LANGUAGES
            if code != here
        ]

    @property
    def is_unchecked(self) -> bool:
        """Whether its name in the reader's language is our own rendering."""
        return current_language() in self.unchecked.split()

    @property
    def text(self) -> str:
        """What it is found by: its names (of every language) and its definition."""
        return " ".join(
            (*(word for code in LANGUAGES for word in self.words(code)), self.definition)
        )

    def get_absolute_url(self):
        return f"{reverse('glossary:index')}#{self.anchor}"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
