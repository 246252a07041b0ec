"""What a person or an organisation may be called: names stand in letters to others."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(r"[@/\\]|:\w|\bwww\b|\w[.。．｡]\w{2,}", re.IGNORECASE)
NOT_IN_A_LINE = {"Cc", "Zl", "Zp", "Cs", "Co"}
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _is_one_line(words: str) -> bool:
    return not any(unicodedata.category(one) in NOT_IN_A_LINE or one in DIRECTIONS for one in words)


def one_line(words: str) -> None:
    """Refuse a title that would not stand in a line as it was typed.

    ValidationError for line breaks and other control characters, and marks that turn the direction
    of what stands after it in a list or a letter.
    """
    if not _is_one_line(words):
        raise ValidationError(_("Write it on one line, in plain letters."), code="lines")


def one_line_without_addresses(name: str) -> None:
    """Refuse a name that could say more than a name in a letter to somebody else.

    ValidationError for line breaks and other control characters, marks that turn the direction of
    the text, and what mail programs make a link of.
    """
    if not _is_one_line(name):
        raise ValidationError(_("Write the name on one line."), code="lines")
    if ADDRESS.search(name):
        raise ValidationError(
            _("Write a name without web or e-mail addresses, and a space after a full stop."),
            code="address",
        )


class PlainNames:
    """A form whose fields named in `plain_names` take `one_line_without_addresses` alone."""

    plain_names: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.plain_names:
            field: forms.Field = self.fields[name]
            field.validators.append(one_line_without_addresses)
