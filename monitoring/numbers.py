"""Numbers as people and files write them."""

import re
from decimal import Decimal

from django.utils.formats import number_format

LONGEST = 30
SPACES = "[ \u00a0\u2009\u202f]"
GROUPED = r"-?(?:\d+|\d{{1,3}}(?:{thousands}\d{{3}})+)(?:{point}\d+)?"
IN_FILES = re.compile(GROUPED.format(thousands=SPACES, point="[.,]"), re.ASCII)
IN_LANGUAGES = {
    "fi": re.compile(GROUPED.format(thousands=SPACES, point=","), re.ASCII),
    "sv": re.compile(GROUPED.format(thousands=SPACES, point=","), re.ASCII),
    "en": re.compile(GROUPED.format(thousands=",", point=r"\."), re.ASCII),
}


def parse(text: str, language: str = "") -> Decimal | None:
    """The number that a text writes, or None when it writes none.

    Without a language, as in files: 46709, 46 709, 60.6 and 60,6. A comma or a point is a decimal
    sign there, never a thousands separator. With one, as `words` writes it in that language.
    """
    form = IN_LANGUAGES[language] if language else IN_FILES
    if len(text) > LONGEST or form.fullmatch(text) is None:
        return None
    digits = re.sub("," if language == "en" else SPACES, "", text)
    return Decimal(digits.replace(",", "."))


def words(value: Decimal, decimals: int) -> str:
    """The number in the active language: 46 709 and 60,6, in English 46,709 and 60.6."""
    return number_format(round(value, decimals), decimals, use_l10n=True, force_grouping=True)


def plain(value: Decimal, decimals: int) -> str:
    """The number as files have it: 46709, 60.6."""
    return f"{value:.{decimals}f}"
