"""Facts have three names: one row, its name in Finnish, Swedish and English."""

import re
from collections.abc import Iterable
from contextlib import contextmanager

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.linguistics.typed import text_to_keep

SECTION_SIGN = re.compile(r"(?:\d(?: [a-z])?|^) §")
AFTER_Z = str.maketrans("åäö", "{|}")
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def current_language() -> str:
    """The active language as one of fi, sv and en; Finnish when it is none of them."""
    language = (translation.get_language() or "")[:2]
    return language if language in LANGUAGES else settings.LANGUAGE_CODE


@contextmanager
def in_language(language: str):
    """Run a block in one of the portal's languages, such as the reader's of a letter."""
    with translation.override(language if language in LANGUAGES else settings.LANGUAGE_CODE):
        yield


def in_words(row, field: str, language: str | None = None) -> str:
    """`row.<field>_<language>`, or the Finnish text when that language has none."""
    language = language or current_language()
    return getattr(row, f"{field}_{language}") or getattr(row, f"{field}_fi")


def unbroken(words: str) -> str:
    """The words with no-break spaces in 14 § and 32 a §, so that no line ends within them.

    A piece of a text may begin with the sign, its number being in the piece before.
    """
    return SECTION_SIGN.sub(lambda found: found[0].replace(" ", "\xa0"), words)


def sort_key(name: str) -> str:
    """What puts å, ä and ö after z, as Finns and Swedes do."""
    return name.casefold().translate(AFTER_Z)


def alphabetical(rows: Iterable) -> list:
    """The rows by their name in the active language."""
    return sorted(rows, key=lambda row: sort_key(row.name))


class ThreeNames(models.Model):
    """A row that is called something in each language; `name` is the active one."""

    name_fi = models.CharField(_("name in Finnish"), max_length=255)
    name_sv = models.CharField(_("name in Swedish"), max_length=255)
    name_en = models.CharField(_("name in English"), max_length=255)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    def clean(self):
        """Names are kept in one spelling, whatever keyboard or document they came from."""
        super().clean()
        for language in LANGUAGES:
            name = f"name_{language}"
            setattr(self, name, text_to_keep(getattr(self, name)))

    @property
    def name(self) -> str:
        return in_words(self, "name")
