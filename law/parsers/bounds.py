"""What no statute has: lengths that the portal cannot keep, years and days out of range."""

from datetime import date

from django.db.models import Model
from django.utils import timezone

from portal.errors import BrokenFileError

FIRST_YEAR, LAST_YEAR = 1900, 2199
DEEPEST = 100
LARGEST = 4_000_000  # the longest act of all has 900,000 characters in Akoma Ntoso


def check_length(file: str, where: str, words: str, model: type[Model], field: str) -> None:
    """Raises BrokenFileError when the words are longer than the model's field."""
    longest = getattr(model._meta.get_field(field), "max_length", None)
    if longest and len(words) > longest:
        problem = f"it has {len(words)} characters, and {longest} is the most: “{words[:30]}…”"
        raise BrokenFileError(file, where, problem)


def check_year(file: str, where: str, year: int) -> None:
    """Raises BrokenFileError for the year of an act that cannot be."""
    last = timezone.localdate().year + 1
    if not FIRST_YEAR <= year <= last:
        problem = f"the year of the act is {year}, not one from {FIRST_YEAR} to {last}"
        raise BrokenFileError(file, where, problem)


def check_day(file: str, where: str, day: date) -> None:
    """Raises BrokenFileError for a day that is no day of the law of Finland."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        problem = f"the day {day.isoformat()} is not in the years {FIRST_YEAR} to {LAST_YEAR}"
        raise BrokenFileError(file, where, problem)


def check_characters(file: str, content: object) -> None:
    """Raises BrokenFileError, with the entry, for characters that no text may have."""
    left = [("", content)]
    while left:
        where, value = left.pop()
        if isinstance(value, str) and _is_broken(value):
            raise BrokenFileError(file, where, "it has a NUL or half of a character (a surrogate)")
        if isinstance(value, list):
            left += [(_in(where, f"entry {n}"), one) for n, one in enumerate(value, start=1)]
        elif isinstance(value, dict):
            left += [(_in(where, "a name"), name) for name in value]
            left += [
                (_in(where, "a name" if _is_broken(name) else name), one)
                for name, one in value.items()
            ]


def _is_broken(words: str) -> bool:
    return any(one == "\0" or "\ud800" <= one <= "\udfff" for one in words)


def _in(where: str, place: str) -> str:
    return f"{where}, {place}" if where else place
