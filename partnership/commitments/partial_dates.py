"""Days that keep how exactly they are known: a year, a month or a day.

Kept as the beginning of an ISO 8601 date ("2027", "2027-05", "2027-05-03"), which sorts as it is.
"""

import calendar
import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2099
TYPED = re.compile(
    r"(?:(?:(?P<day>\d{1,2})[./])?(?P<month>\d{1,2})[./])?(?P<year>\d{4})"
    r"|(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})(?:-(?P<iso_day>\d{1,2}))?"
)
HOW = _("Write a year, a month or a day, such as 2027, 5/2027 or 3.5.2027.")


def parse(typed: str) -> str:
    """What is kept of what somebody typed: "5/2027" is "2027-05". ValidationError for no date."""
    found = TYPED.fullmatch("".join(typed.split()))
    if not found:
        raise ValidationError(HOW, code="invalid")
    year = int(found["year"] or found["iso_year"])
    month = found["month"] or found["iso_month"]
    day = found["day"] or found["iso_day"]
    try:
        date(year, int(month or 1), int(day or 1))
    except ValueError as error:
        raise ValidationError(HOW, code="invalid") from error
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(HOW, code="invalid")
    return "-".join([str(year), *(f"{int(part):02}" for part in (month, day) if part)])


def last_day(kept: str) -> date:
    """The last day that the date may mean: 31 December of a year, the last of a month."""
    year, month, day = [*map(int, kept.split("-")), 0, 0][:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def shown(kept: str) -> str:
    """As it is read in the active language: 2027, May 2027, 3 May 2027."""
    exact = kept.count("-")
    if exact == 0:
        return kept
    return date_format(last_day(kept), "DATE_FORMAT" if exact == 2 else "YEAR_MONTH_FORMAT")


def typed(kept: str) -> str:
    """As it is typed again in a form: 2027, 5/2027, 3.5.2027."""
    parts = [str(int(part)) for part in kept.split("-")][::-1]
    return ".".join(parts) if len(parts) == 3 else "/".join(parts)


class PartialDateField(models.CharField):
    """A column for such a date."""

    def __init__(self, *args, **kwargs):
        kwargs["max_length"] = 10
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_length"]
        return name, path, args, kwargs
