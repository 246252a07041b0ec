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
from .files import LONGEST_CELL, SHOWN, Problems, rows_of, text_of
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


class Kept(NamedTuple):
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
    kept: Kept


class Change(NamedTuple):
    """A row whose value is not what the database has; `old` is None for a new one."""

    row: Row
    old: Kept | None


class Doubt(NamedTuple):
    """Something to look at once more; it does not stop the import."""

    row: int
    column: str
    value: str
    words: str


@dataclass
class Report:
    """What a check found. The file can be imported when there is no problem.

    `doubts` are the first few hundred.
    """

    checksum: str
    rows: int = 0
    problems: Problems = field(default_factory=Problems)
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def importable(self) -> bool:
        return not self.problems.total

    @property
    def changes(self) -> list[Change]:
        return self.new + self.changed

    @property
    def fingerprint(self) -> str:
        """The same as long as the import would change the same: what was shown is what is done."""
        digest = hashlib.sha256(self.checksum.encode())
        for row, old in self.changes:
            digest.update(f"{row.key}{row.kept}{old}".encode())
        return digest.hexdigest()


def checksum(content: bytes) -> str:
    """The SHA-256 of a file's bytes, by which the same file is known again."""
    return hashlib.sha256(content).hexdigest()


def check(content: bytes) -> Report:
    """Read a file of values and compare it with the database; nothing is written."""
    report = Report(checksum(content))
    text = text_of(content, report.problems)
    rows = list(_Reader(report).rows(text)) if text else []
    if report.problems.total:
        return report
    if not rows:
        report.problems.add(0, "", "", _("At least one row of values below the header."))
        return report
    existing = _existing({row.indicator.pk for row in rows})
    for row in rows:
        old = existing.get(row.key)
        kept = _with_what_the_file_leaves_out(row.kept, old)
        if kept == old:
            report.unchanged += 1
        elif old is None:
            report.new.append(Change(row._replace(kept=kept), None))
        else:
            report.changed.append(Change(row._replace(kept=kept), old))
    doubts = chain(_early_areas(report.changes), _outliers(report.changes, existing))
    report.doubts = sorted(islice(doubts, SHOWN))
    return report


class _Reader:
    """Turns rows of text into checked rows, and adds what is wrong to the report."""

    def __init__(self, report: Report):
        self.report, self.problems = report, report.problems
        self.indicators = {row.slug: row for row in Indicator.objects.all()}
        self.areas = {row.key: row for row in Area.objects.all()}
        self.seen: dict[Key, int] = {}
        self.cells_are_clean = False
        self.meant: dict[str, str] = {}

    def rows(self, text: str) -> Iterable[Row]:
        self.cells_are_clean = CONTROL.search(text) is None
        for number, cells in rows_of(text, self.problems):
            self.report.rows += 1
            before = self.problems.total
            row = self.row(number, cells)
            if row is None or self.problems.total != before:
                continue
            first = self.seen.setdefault(row.key, number)
            if first != number:
                expected = _("One value for an indicator, area and period: row %(first)s has it.")
                self.problems.add(number, "time", cells["time"], expected % {"first": first})
                continue
            yield row

    def row(self, number: int, cells: dict[str, str]) -> Row | None:
        """The checked row; None, or a problem more, when something in it is wrong."""
        for column, cell in cells.items():
            if len(cell) > LONGEST_CELL:
                expected = _("At most %(length)s characters.") % {"length": LONGEST_CELL}
                self.problems.add(number, column, cell, expected)
                return None
            if not self.cells_are_clean and CONTROL.search(cell):
                self.problems.add(number, column, cell, _("Text without control characters."))
                return None
        indicator = self.indicators.get(cells["indicator"])
        if indicator is None:
            expected = self.indicator_expected(cells["indicator"])
            self.problems.add(number, "indicator", cells["indicator"], expected)
        area = self.areas.get(cells["area"])
        if area is None:
            self.problems.add(number, "area", cells["area"], self.area_expected(cells["area"]))
        period = indicator and periods.parse(cells["time"], indicator.period)
        if indicator and period is None:
            expected = {
                periods.Kind.MONTH: _("A month, such as 2024M06."),
                periods.Kind.QUARTER: _("A quarter, such as 2024Q2."),
                periods.Kind.YEAR: _("A year, such as 2024."),
            }[periods.Kind(indicator.period)]
            self.problems.add(number, "time", cells["time"], expected)
        kept = self.kept(number, cells, indicator)
        if indicator is None or area is None or period is None:
            return None
        return Row(number, indicator, area, period, (indicator.pk, area.pk, period.start), kept)

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

    def kept(self, number: int, cells: dict[str, str], indicator: Indicator | None) -> Kept:
        status = cells.get("status", "")
        if status not in STATUSES:
            expected = _("Empty, or one of %(codes)s.") % {"codes": ", ".join(filter(None, Status))}
            self.problems.add(number, "status", status, expected)
        value = self.value(number, cells["value"], status, indicator)
        source_url, note = cells.get("source_url"), cells.get("note")
        if source_url and not _is_address(source_url):
            expected = _("An address that begins with https:// or http://.")
            self.problems.add(number, "source_url", source_url, expected)
        if note and len(note) > LONGEST_NOTE:
            expected = _("At most %(length)s characters.") % {"length": LONGEST_NOTE}
            self.problems.add(number, "note", note, expected)
        return Kept(value, status, source_url, rearm(note) if note else note)

    def value(
        self, number: int, text: str, status: str, indicator: Indicator | None
    ) -> Decimal | None:
        missing = status in Observation.MISSING
        if not text:
            if not missing and status in STATUSES:
                expected = _("A number. If there is none, give the reason in the column status.")
                self.problems.add(number, "value", text, expected)
            return None
        if missing:
            expected = _("No value, because the status says that there is none.")
            self.problems.add(number, "value", text, expected)
            return None
        value = numbers.parse(text)
        expected = _why_not(text, value, indicator)
        if expected:
            self.problems.add(number, "value", text, expected)
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


def _existing(indicators: set[int]) -> dict[Key, Kept]:
    rows = Observation.objects.filter(indicator__in=indicators).values_list(
        "indicator", "area", "start", "value", "status", "source_url", "note"
    )
    return {(row[0], row[1], row[2]): Kept(*row[3:]) for row in rows.order_by().iterator()}


def _with_what_the_file_leaves_out(kept: Kept, old: Kept | None) -> Kept:
    """A column that the file does not have leaves what is there as it is."""
    if kept.source_url is None:
        kept = kept._replace(source_url=old.source_url if old else "")
    if kept.note is None:
        kept = kept._replace(note=old.note if old else "")
    return kept


def _early_areas(changes: list[Change]) -> Iterable[Doubt]:
    """Values of a time when the area was not there, such as an employment area before 2025."""
    words = _("The area did not exist at this time. Check that the value is of today's area.")
    for row, _old in changes:
        start, area = row.period.start, row.area
        early = area.valid_from and start < area.valid_from
        if early or (area.valid_to and start > area.valid_to):
            yield Doubt(row.number, "area", area.key, words)


def _outliers(changes: list[Change], existing: dict[Key, Kept]) -> Iterable[Doubt]:
    """Values far from the one before: over half for counts, over ten points for percentages."""
    series: dict[tuple[int, int], dict[date, Decimal]] = defaultdict(dict)
    touched = {(row.indicator.pk, row.area.pk) for row, _old in changes}
    for (indicator, area, start), kept in existing.items():
        if (indicator, area) in touched and kept.value is not None:
            series[indicator, area][start] = kept.value
    for row, _old in changes:
        values = series[row.indicator.pk, row.area.pk]
        if row.kept.value is None:
            values.pop(row.period.start, None)
        else:
            values[row.period.start] = row.kept.value
    before: dict[Key, Decimal] = {}
    for (indicator, area), values in series.items():
        starts = sorted(values)
        for earlier, later in pairwise(starts):
            before[indicator, area, later] = values[earlier]
    for row, old in changes:
        value, decimals = row.kept.value, row.indicator.decimals
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
                yield Doubt(
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
            "new": _words(row.kept, row.indicator),
            "described": bool(old and row.kept[:2] == old[:2]),
        }
        for row, old in changes[:SHOWN]
    ]


def _words(kept: Kept, indicator: Indicator) -> str:
    """A value as the file has it, with its status: "46709", "46709 provisional", "suppressed"."""
    value = "" if kept.value is None else numbers.plain(kept.value, indicator.decimals)
    return " ".join(filter(None, [value, kept.status]))
