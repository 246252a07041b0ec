"""The calendar of Finnish office life: working days, which due dates are counted in.

Monday to Friday, but not public holidays, nor Midsummer Eve and Christmas Eve, on which state
offices are closed as on holidays.
"""

from datetime import date, timedelta

import holidays

DAY = timedelta(days=1)
_FINLAND = holidays.country_holidays("FI")


def is_working(day: date) -> bool:
    """Whether state offices work on a day."""
    return day.weekday() < 5 and day not in _FINLAND


def after(day: date, number: int) -> date:
    """The last of `number` working days that follow a day: 0 is the day itself."""
    while number > 0:
        day += DAY
        number -= is_working(day)
    return day


def between(start: date, end: date) -> int:
    """How many working days follow `start` up to and with `end`: below 0 when `end` is earlier."""
    if end < start:
        return -between(end, start)
    length = (end - start).days
    return sum(is_working(start + step * DAY) for step in range(1, length + 1))


def first_of(month: date) -> date:
    """The first working day of the month in which `month` is a day."""
    return after(month.replace(day=1) - DAY, 1)
