"""Numbers as people and files write them."""

import re
from decimal import Decimal

from monitoring.charts.figures import number

LONGEST = 30
SPACES = "[ \u00a0\u2009\u202f]"
GROUPED = r"-?(?:\d+|\d{{1,3}}(?:{thousands}\d{{3}})+)(?:{point}\d+)?"
IN_FILES = re.compile(GROUPED.format(thousands=SPACES, point="[.,]"), re.ASCII)
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
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


def decimals_of(text: str) -> int:
    """How many digits a number of a file has after its decimal sign, zeros too: 3 in 12.000."""
    return len(re.split("[.,]", text, maxsplit=1)[1]) if re.search("[.,]", text) else 0


def thousands(text: str) -> str | None:
    """The number without its separator where the decimals look like thousands: 12.000 as 12000."""
    return re.sub("[.,]", "", text) if THOUSANDS.fullmatch(text) else None


def words(value: Decimal, decimals: int) -> str:
    """The number in the active language: 46 709 and 60,6, in English 46,709 and 60.6."""
    return number(value, decimals)


def plain(value: Decimal, decimals: int) -> str:
    """The number as files have it: 46709, 60.6."""
    return f"{value:.{decimals}f}"
