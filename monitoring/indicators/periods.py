"""Periods of time that figures are about: a month, a quarter or a year."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIRST_YEAR, LAST_YEAR = 1900, 2100


class Kind(models.TextChoices):
    """How long a period is."""

    MONTH = "month", gettext_lazy("Month")
    QUARTER = "quarter", gettext_lazy("Quarter")
    YEAR = "year", gettext_lazy("Year")


FORMS = {
    Kind.MONTH: re.compile(r"(\d{4})M(0[1-9]|1[0-2])", re.ASCII),
    Kind.QUARTER: re.compile(r"(\d{4})Q([1-4])", re.ASCII),
    Kind.YEAR: re.compile(r"(\d{4})", re.ASCII),
}
MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.YEAR: 12}
EXAMPLES = {Kind.MONTH: "2024M06", Kind.QUARTER: "2024Q2", Kind.YEAR: "2024"}


@dataclass(frozen=True, order=True)
class Period:
    """A period by its first day; periods of one kind are in the order of time."""

    start: date
    kind: str

    @property
    def number(self) -> int:
        """Which of its kind in the year: 6 for June, 2 for the second quarter, 1 for a year."""
        return (self.start.month - 1) // MONTHS[Kind(self.kind)] + 1

    @property
    def position(self) -> int:
        """The running number among periods of its kind: neighbours differ by one."""
        return self.start.year * (12 // MONTHS[Kind(self.kind)]) + self.number - 1

    @classmethod
    def at(cls, position: int, kind: str) -> "Period":
        """The period of a kind that has this position."""
        year, index = divmod(position, 12 // MONTHS[Kind(kind)])
        return cls(date(year, index * MONTHS[Kind(kind)] + 1, 1), kind)

    def __str__(self) -> str:
        """As in files and addresses: 2024M06, 2024Q2, 2024."""
        year = f"{self.start.year:04d}"
        return {
            Kind.MONTH: f"{year}M{self.start.month:02d}",
            Kind.QUARTER: f"{year}Q{self.number}",
            Kind.YEAR: year,
        }[Kind(self.kind)]

    @property
    def after(self) -> date:
        """The first day of the period that follows."""
        month = self.start.month - 1 + MONTHS[Kind(self.kind)]
        return date(self.start.year + month // 12, month % 12 + 1, 1)

    @property
    def short(self) -> str:
        """For the axis of a chart: 6/2024, Q2/2024, 2024."""
        words = {"number": self.number, "year": self.start.year}
        return {
            Kind.MONTH: "%(number)s/%(year)s",
            Kind.QUARTER: _("Q%(number)s/%(year)s"),
            Kind.YEAR: "%(year)s",
        }[Kind(self.kind)] % words

    @property
    def name(self) -> str:
        """For a heading or a cell: June 2024, 2nd quarter of 2024, 2024."""
        words = {"month": date_format(self.start, "F"), "year": self.start.year}
        if self.kind == Kind.QUARTER:
            return (
                _("1st quarter of %(year)s"),
                _("2nd quarter of %(year)s"),
                _("3rd quarter of %(year)s"),
                _("4th quarter of %(year)s"),
            )[self.number - 1] % words
        return ("%(month)s %(year)s" if self.kind == Kind.MONTH else "%(year)s") % words

    @property
    def when(self) -> str:
        """Within a sentence: in June 2024, in the second quarter of 2024, in 2024."""
        words = {"month": date_format(self.start, "F"), "year": self.start.year}
        if self.kind == Kind.QUARTER:
            return (
                _("in the first quarter of %(year)s"),
                _("in the second quarter of %(year)s"),
                _("in the third quarter of %(year)s"),
                _("in the fourth quarter of %(year)s"),
            )[self.number - 1] % words
        return (_("in %(month)s %(year)s") if self.kind == Kind.MONTH else _("in %(year)s")) % words


@lru_cache(maxsize=4096)
def parse(text: str, kind: str) -> Period | None:
    """The period of a kind that a text such as 2024M06 names, or None when it names none."""
    found = FORMS[Kind(kind)].fullmatch(text)
    if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    number = int(found[2]) if kind != Kind.YEAR else 1
    return Period(date(int(found[1]), (number - 1) * MONTHS[Kind(kind)] + 1, 1), kind)


def span(text: str) -> tuple[date, date] | None:
    """The first days of a period of any kind and of the one after it, or None.

    What starts on the first or later and before the second falls within the period.
    """
    for kind in MONTHS:
        if period := parse(text, kind):
            return period.start, period.after
    return None
