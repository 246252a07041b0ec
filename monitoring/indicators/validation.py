"""The check of a file of values: everything that is wrong with it, and what it would change."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import cache
from itertools import chain, islice, pairwise
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from portal.places.models import Area
from portal.sheets import rearm

from . import numbers, periods
from .files import LONGEST_CELL, SHOWN, Errors, rows_of, text_of
from .models import Indicator, Observation
from .models.observations import LONGEST_ADDRESS, LONGEST_NOTE

Status = Observation.Status
STATUSES = frozenset(Status.values)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
NOT_VALUES = {".", "..", "...", "…", "-", "–", "—", "x", "n/a", "na", "null", "nan"}
LARGEST = Decimal(10) ** 11
JUMP = Decimal("0.5")
JUMP_POINTS = Decimal(10)

Key = tuple[int, int, date]


class ObservationValue(NamedTuple):
    """What is known of a value; None for a source or note whose column a file does not have."""

    value: Decimal | None
    status: str
    source_url: str | None
    note: str | None


class Row(NamedTuple):
    """A row of the file that has been found right."""

    number: int
    indicator: Indicator
    area: Area
    period: periods.Period
    key: Key
    observed: ObservationValue


class Change(NamedTuple):
    """A row whose value is not what the database has; `old` is None for a new one."""

    row: Row
    old: ObservationValue | None


class RowWarning(NamedTuple):
    """Something to look at once more; it does not stop the import."""

    row: int
    column: str
    value: str
    words: str


@dataclass
class Report:
    """What a check found. The file can be imported when there is no error.

    `warnings` are the first few hundred.
    """

    checksum: str
    rows: int = 0
    errors: Errors = field(default_factory=Errors)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    warnings: list[RowWarning] = field(default_factory=list)

    @property
    def importable(self) -> bool:
        return not self.errors.total

    @property
    def changes(self) -> list[Change]:
        return self.new + self.changed

    @property
    def fingerprint(self) -> str:
        """The same as long as the import would change the same: what was shown is what is done."""
        digest = hashlib.sha256(self.checksum.encode())
        for row, old in self.changes:
            digest.update(f"{row.key}{row.observed}{old}".encode())
        return digest.hexdigest()


def checksum(content: bytes) -> str:
    """The SHA-256 of a file's bytes, by which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def check(content: bytes) -> Report:
    """Read a file of values and compare it with the database; nothing is written."""
    report = Report(checksum(content))
    text = text_of(content, report.errors)
    rows = list(_Reader(report).rows(text)) if text else []
    if report.errors.total:
        return report
    if not rows:
        report.errors.add(0, "", "", _("At least one row of values below the header."))
        return report
    existing = _existing({row.indicator.pk for row in rows})
    for row in rows:
        old = existing.get(row.key)
        observed = _with_what_the_file_leaves_out(row.observed, old)
        if observed == old:
            report.unchanged += 1
        elif old is None:
            report.new.append(Change(row._replace(observed=observed), None))
        else:
            report.changed.append(Change(row._replace(observed=observed), old))
    warnings = chain(_early_areas(report.changes), _outliers(report.changes, existing))
    report.warnings = sorted(islice(warnings, SHOWN))
    return report


class _Reader:
    """Turns rows of text into checked rows, and adds what is wrong to the report."""

    def __init__(self, report: Report):
        self.report, self.errors = report, report.errors
        self.indicators = {row.slug: row for row in Indicator.objects.all()}
        self.areas = {row.key: row for row in Area.objects.all()}
        self.seen: dict[Key, int] = {}
        self.cells_are_clean = False
        self.meant: dict[str, str] = {}

    def rows(self, text: str) -> Iterable[Row]:
        self.cells_are_clean = CONTROL.search(text) is None
        for number, cells in rows_of(text, self.errors):
            self.report.rows += 1
            before = self.errors.total
            row = self.row(number, cells)
            if row is None or self.errors.total != before:
                continue
            first = self.seen.setdefault(row.key, number)
            if first != number:
                expected = _("One value for an indicator, area and period: row %(first)s has it.")
                self.errors.add(number, "time", cells["time"], expected % {"first": first})
                continue
            yield row

    def row(self, number: int, cells: dict[str, str]) -> Row | None:
        """The checked row; None, or an error more, when something in it is wrong."""
        for column, cell in cells.items():
            if len(cell) > LONGEST_CELL:
                expected = _("At most %(length)s characters.") % {"length": LONGEST_CELL}
                self.errors.add(number, column, cell, expected)
                return None
            if not self.cells_are_clean and CONTROL.search(cell):
                self.errors.add(number, column, cell, _("Text without control characters."))
                return None
        indicator = self.indicators.get(cells["indicator"])
        if indicator is None:
            expected = self.indicator_expected(cells["indicator"])
            self.errors.add(number, "indicator", cells["indicator"], expected)
        area = self.areas.get(cells["area"])
        if area is None:
            self.errors.add(number, "area", cells["area"], self.area_expected(cells["area"]))
        period = indicator and periods.parse(cells["time"], indicator.period)
        if indicator and period is None:
            expected = {
                periods.Kind.MONTH: _("A month, such as 2024M06."),
                periods.Kind.QUARTER: _("A quarter, such as 2024Q2."),
                periods.Kind.YEAR: _("A year, such as 2024."),
            }[periods.Kind(indicator.period)]
            self.errors.add(number, "time", cells["time"], expected)
        observed = self.observed(number, cells, indicator)
        if indicator is None or area is None or period is None:
            return None
        return Row(number, indicator, area, period, (indicator.pk, area.pk, period.start), observed)

    def indicator_expected(self, slug: str) -> str:
        """What the cell should hold, with the indicator that was perhaps meant."""
        if not self.indicators:
            return _("The address of an indicator. There is none yet: describe one first.")
        if slug not in self.meant and len(self.meant) < SHOWN:  # looking for it takes its time
            close = get_close_matches(slug[:80], self.indicators, n=1)
            self.meant[slug] = close[0] if close else next(iter(self.indicators))
        return _("The address of an indicator, such as %(example)s.") % {
            "example": self.meant.get(slug, next(iter(self.indicators)))
        }

    def area_expected(self, code: str) -> str:
        """What the cell should hold, with the codes that were perhaps meant."""
        digits = code.strip().upper().lstrip("KUMTAHVELY")
        wanted = {digits, digits.zfill(2), digits.zfill(3)} if digits.isdecimal() else set()
        meant = [
            key
            for key, area in self.areas.items()
            if area.code in wanted or key == code.strip().upper()
        ]
        if not meant:
            return _(
                "The code of an area: FI, MK01 (region), TA05 (employment area), "
                "KU091 (municipality)."
            )
        return _(
            "The code of an area with its letters and zeros: perhaps %(codes)s. "
            "Excel drops zeros at the beginning of a number."
        ) % {"codes": ", ".join(meant)}

    def observed(
        self, number: int, cells: dict[str, str], indicator: Indicator | None
    ) -> ObservationValue:
        status = cells.get("status", "")
        if status not in STATUSES:
            expected = _("Empty, or one of %(codes)s.") % {"codes": ", ".join(filter(None, Status))}
            self.errors.add(number, "status", status, expected)
        value = self.value(number, cells["value"], status, indicator)
        source_url, note = cells.get("source_url"), cells.get("note")
        if source_url and not _is_address(source_url):
            expected = _("An address that begins with https:// or http://.")
            self.errors.add(number, "source_url", source_url, expected)
        if note and len(note) > LONGEST_NOTE:
            expected = _("At most %(length)s characters.") % {"length": LONGEST_NOTE}
            self.errors.add(number, "note", note, expected)
        return ObservationValue(value, status, source_url, rearm(note) if note else note)

    def value(
        self, number: int, text: str, status: str, indicator: Indicator | None
    ) -> Decimal | None:
        missing = status in Observation.MISSING
        if not text:
            if not missing and status in STATUSES:
                expected = _("A number. If there is none, give the reason in the column status.")
                self.errors.add(number, "value", text, expected)
            return None
        if missing:
            expected = _("No value, because the status says that there is none.")
            self.errors.add(number, "value", text, expected)
            return None
        value = numbers.parse(text)
        expected = _why_not(text, value, indicator)
        if expected:
            self.errors.add(number, "value", text, expected)
        return value


def _why_not(text: str, value: Decimal | None, indicator: Indicator | None) -> str:
    """What was expected instead of a value; "" when the value is right."""
    if value is None:
        if text.lower() in NOT_VALUES:
            return _("A number, or an empty cell and the reason in the column status.")
        return _("A number, such as 46709 or 60,6, without a thousands separator.")
    if indicator is None:
        return ""
    decimals = indicator.decimals
    if numbers.decimals_of(text) > decimals:  # zeros too: 12.000 may be twelve thousand
        expected = (
            _("At most %(decimals)s decimals, as the indicator has.") % {"decimals": decimals}
            if decimals
            else _("A whole number: the indicator has no decimals.")
        )
        meant = numbers.thousands(text)
        if meant is None:
            return expected
        return f"{expected} {_('Did you mean %(number)s?') % {'number': meant}}"
    if not abs(value) < LARGEST:
        return _("A number of at most eleven digits before the decimal sign.")
    if indicator.may_be_negative:
        return ""
    if indicator.kind == Indicator.Kind.PERCENT and not 0 <= value <= 100:
        return _("A percentage from 0 to 100.")
    if value < 0:
        return _("A number from 0 up.")
    return ""


@cache
def _address_validator() -> URLValidator:
    return URLValidator(schemes=["https", "http"])


def _is_address(text: str) -> bool:
    if len(text) > LONGEST_ADDRESS:
        return False
    try:
        _address_validator()(text)
    except ValidationError:
        return False
    return True


def _existing(indicators: set[int]) -> dict[Key, ObservationValue]:
    rows = Observation.objects.filter(indicator__in=indicators).values_list(
        "indicator", "area", "start", "value", "status", "source_url", "note"
    )
    return {
        (row[0], row[1], row[2]): ObservationValue(*row[3:]) for row in rows.order_by().iterator()
    }


def _with_what_the_file_leaves_out(
    observed: ObservationValue, old: ObservationValue | None
) -> ObservationValue:
    """A column that the file does not have leaves what is there as it is."""
    if observed.source_url is None:
        observed = observed._replace(source_url=old.source_url if old else "")
    if observed.note is None:
        observed = observed._replace(note=old.note if old else "")
    return observed


def _early_areas(changes: list[Change]) -> Iterable[RowWarning]:
    """Values of a time when the area was not there, such as an employment area before 2025."""
    words = _("The area did not exist at this time. Check that the value is of today's area.")
    for row, _old in changes:
        start, area = row.period.start, row.area
        early = area.valid_from and start < area.valid_from
        if early or (area.valid_to and start > area.valid_to):
            yield RowWarning(row.number, "area", area.key, words)


def _outliers(changes: list[Change], existing: dict[Key, ObservationValue]) -> Iterable[RowWarning]:
    """Values far from the one before: over half for counts, over ten points for percentages."""
    series: dict[tuple[int, int], dict[date, Decimal]] = defaultdict(dict)
    touched = {(row.indicator.pk, row.area.pk) for row, _old in changes}
    for (indicator, area, start), observed in existing.items():
        if (indicator, area) in touched and observed.value is not None:
            series[indicator, area][start] = observed.value
    for row, _old in changes:
        values = series[row.indicator.pk, row.area.pk]
        if row.observed.value is None:
            values.pop(row.period.start, None)
        else:
            values[row.period.start] = row.observed.value
    before: dict[Key, Decimal] = {}
    for (indicator, area), values in series.items():
        starts = sorted(values)
        for earlier, later in pairwise(starts):
            before[indicator, area, later] = values[earlier]
    for row, old in changes:
        value, decimals = row.observed.value, row.indicator.decimals
        compared = [old.value if old else None, before.get(row.key)]
        for other, words in zip(
            compared,
            [
                _("Far from the value that it replaces, %(value)s."),
                _("Far from the value of the period before, %(value)s."),
            ],
            strict=True,
        ):
            if value is not None and other is not None and _is_far(value, other, row.indicator):
                yield RowWarning(
                    row.number,
                    "value",
                    numbers.words(value, decimals),
                    words % {"value": numbers.words(other, decimals)},
                )
                break


def _is_far(value: Decimal, other: Decimal, indicator: Indicator) -> bool:
    if indicator.kind == Indicator.Kind.PERCENT:
        return abs(value - other) > JUMP_POINTS
    return abs(value - other) > JUMP * max(abs(value), abs(other))


def shown(changes: list[Change]) -> list[dict[str, str | int | bool]]:
    """The first few hundred changes as words: what is shown, and kept with the release.

    `described` says that the value is as it was, and its note or source is another.
    """
    return [
        {
            "row": row.number,
            "indicator": row.indicator.slug,
            "area": row.area.key,
            "time": str(row.period),
            "old": _words(old, row.indicator) if old else "",
            "new": _words(row.observed, row.indicator),
            "described": bool(old and row.observed[:2] == old[:2]),
        }
        for row, old in changes[:SHOWN]
    ]


def _words(observed: ObservationValue, indicator: Indicator) -> str:
    """A value as the file has it, with its status: "46709", "46709 provisional", "suppressed"."""
    value = "" if observed.value is None else numbers.plain(observed.value, indicator.decimals)
    return " ".join(filter(None, [value, observed.status]))
