"""The Finnish business ID: seven digits, a hyphen and a check digit, such as 1234567-1.

The rule is the Finnish Tax Administration's: the seven digits are weighted with 7, 9, 10, 5, 8, 4
and 2; the check digit is 11 less the remainder of their sum by 11. A remainder of 0 gives 0, and a
number whose remainder is 1 is never given out.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)
PATTERN = re.compile(r"(?:FI)?([0-9]{6,7})-?([0-9])", re.ASCII)
SEPARATORS = re.compile(r"\s")


def check_digit(digits: str) -> int | None:
    """The check digit of seven digits, or None where no business ID begins with them."""
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11
    if remainder == 1:
        return None
    return 11 - remainder if remainder else 0


def normalised(text: str) -> str:
    """The business ID as it is stored, from what people write.

    Blanks, another kind of dash, a missing hyphen, the VAT number's FI before it and the six
    digits of the oldest numbers are understood. ValidationError says which form is expected.
    """
    compact = SEPARATORS.sub("", text).upper().replace("–", "-").replace("−", "-")
    found = PATTERN.fullmatch(compact)
    if not found:
        raise ValidationError(
            _(
                "Write the business ID as seven digits, a hyphen and a check digit, "
                "for example 1234567-1."
            ),
            code="form",
        )
    digits, last = found[1].zfill(7), int(found[2])
    if check_digit(digits) != last:
        raise ValidationError(
            _(
                "The check digit of this business ID does not match its other digits. "
                "See that each digit is right; the form is 1234567-1."
            ),
            code="check_digit",
        )
    return f"{digits}-{last}"


def validate(value: str) -> None:
    """Refuse a value that is not a business ID in its stored form."""
    if normalised(value) != value:
        raise ValidationError(_("Write the business ID in the form 1234567-1."), code="form")
