"""Days as they are written, and the calendar of Finnish office life: months, working days."""

import re
from calendar import monthrange
from datetime import date, timedelta

from .errors import BadDay

SATURDAY = 5
# Months and days; Christmas Eve and Midsummer's Eve count, because offices are closed.
FIXED = {(1, 1), (1, 6), (5, 1), (12, 6), (12, 24), (12, 25), (12, 26)}
# Good Friday, Easter Monday and Ascension Day, in days from Easter.
MOVABLE = (-2, 1, 39)
WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written_day(word: str) -> date:
    """The day of "2025-01-31"; ValueError for anything else, ISO weeks and 20250131 included."""
    if not WRITTEN.fullmatch(word):
        raise ValueError(f"“{word[:20]}” is not a day like 2025-01-31")
    return date.fromisoformat(word)


def asked_day(request) -> date | None:
    """The day of `?on=`, or nothing. Raises BadDay for what is no day like 2025-01-31."""
    value = request.GET.get("on", "").strip()
    if not value:
        return None
    try:
        return written_day(value)
    except ValueError as error:
        raise BadDay("on", value) from error


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def is_working_day(day: date) -> bool:
    """Whether offices are open: no weekend and no public holiday of Finland."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in FIXED:
        return False
    return (day - easter(day.year)).days not in MOVABLE and not _is_midsummers_eve(day)


def first_working_day(month: date) -> date:
    """The first working day of the month in which `month` is a day."""
    day = month.replace(day=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian computus (Meeus, Astronomical Algorithms)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    leap = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * leap) // 451
    month, day = divmod(h + leap - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _is_midsummers_eve(day: date) -> bool:
    """The Friday between 19 and 25 June."""
    return day.month == 6 and 19 <= day.day <= 25 and day.weekday() == SATURDAY - 1
