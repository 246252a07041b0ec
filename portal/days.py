"""Days as they are written, and months counted from them."""

import re
from calendar import monthrange
from datetime import date

from .errors import BadDay

WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def written_day(word: str) -> date:
    """The day of "2025-01-31"; ValueError for anything else, ISO weeks and 20250131 included."""
    if not WRITTEN.fullmatch(word):
        raise ValueError(f"“{word[:20]}” is not a day like 2025-01-31")
    return date.fromisoformat(word)


def asked_day(request, name: str = "on") -> date | None:
    """The day of `?on=`, or nothing. Raises BadDay for what is no day like 2025-01-31."""
    value = request.GET.get(name, "").strip()
    if not value:
        return None
    try:
        return written_day(value)
    except ValueError as error:
        raise BadDay(name, value) from error


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day when it is shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
