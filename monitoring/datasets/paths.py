"""Service paths: how much of a cohort has reached a step of its services, and how soon.

A path is a dataset with two dimensions of its own. A cohort is the quarter in which people started
(`TIME_PERIOD`). `STEP` is a step of the path; `MONTHS_SINCE` says how soon after the start they
reached it. Its codes part the cohort: each person is in one of them (`M03`: in the first three
months, `M06`: in the three after, … `NOT`: not within two years), and `_T` is the whole cohort. So
sums hold as in any dataset, disclosure control sees the cells of a step as linked, and what was
reached by a month is the sum of the codes up to it. An interval that has not passed is not yet
published.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from monitoring.indicators import periods

from .cubes import Cube
from .models import TIME, Code
from .models.releases import Status
from .observations import Cell, Reader, chosen, read

STEP, SINCE = "STEP", "MONTHS_SINCE"
TOTAL, NEVER = "_T", "NOT"
MONTHS = {"M03": 3, "M06": 6, "M12": 12, "M24": 24}
Words = tuple[str, str, str, str]  # the code, and its name in Finnish, Swedish and English
STEPS: Sequence[Words] = (
    ("REG", "Tavoitettu tai rekisteröity", "Nådd eller registrerad", "Reached or registered"),
    ("ASSESS", "Alkukartoitettu", "Kartlagd", "Assessed"),
    ("PLAN", "Suunnitelma tehty", "Plan gjord", "Plan made"),
    ("SERVICE", "Palvelu alkanut", "Service påbörjad", "Service begun"),
    ("END", "Koulutus päättynyt", "Utbildning avslutad", "Training ended"),
    ("LEVEL", "Taitotaso saavutettu", "Språknivå nådd", "Level reached"),
    ("WORK", "Työssä tai opiskelee", "I arbete eller studier", "Working or studying"),
)
INTERVALS: Sequence[Words] = (
    (TOTAL, "Koko kohortti", "Hela kohorten", "Whole cohort"),
    ("M03", "3 kuukauden kuluessa", "Inom 3 månader", "Within 3 months"),
    ("M06", "4–6 kuukauden kuluttua", "Efter 4–6 månader", "After 4–6 months"),
    ("M12", "7–12 kuukauden kuluttua", "Efter 7–12 månader", "After 7–12 months"),
    ("M24", "13–24 kuukauden kuluttua", "Efter 13–24 månader", "After 13–24 months"),
    (NEVER, "Ei 24 kuukauden kuluessa", "Inte inom 24 månader", "Not within 24 months"),
)


def is_path(cube: Cube) -> bool:
    """Whether a dataset is of service paths."""
    return {STEP, SINCE} <= {axis.key for axis in cube.others}


def has_passed(cohort: periods.Period, interval: str, day: date) -> bool:
    """Whether an interval is over on a day, for all who started in the quarter."""
    months = MONTHS.get(interval, max(MONTHS.values()) if interval == NEVER else 0)
    end = cohort.after
    month = end.month - 1 + months
    return day >= date(end.year + month // 12, month % 12 + 1, 1)


@dataclass(frozen=True)
class Reached:
    """How many of a cohort had reached a step by a month; without a number, the reason for none."""

    months: int
    count: Decimal | None
    share: Decimal | None
    reason: str = ""


@dataclass(frozen=True)
class PathStep:
    """A step of a path: what had been reached by each month, in order."""

    code: Code
    cohort: Decimal | None
    reached: tuple[Reached, ...]

    @property
    def middle(self) -> Decimal | None:
        """Months until half of the cohort had reached it, between the months that are known.

        None when fewer have, or when that is not known.
        """
        months, share = Decimal(0), Decimal(0)
        for one in self.reached:
            if one.share is None:
                return None
            if one.share >= 50:
                part = (50 - share) / (one.share - share)
                return months + part * (one.months - months)
            months, share = Decimal(one.months), one.share
        return None


def path(
    cube: Cube, area: str, cohort: str, others: Mapping[str, str], reader: Reader = read
) -> list[PathStep]:
    """The steps of one cohort in one area, from what is published, or was frozen (`reader`).

    `others` has the code of each further dimension. Two queries. Raises ValueError for a dataset
    that is none of paths, UnknownCode.
    """
    if not is_path(cube):
        raise ValueError(f"{cube.dataset.slug} has no {STEP} and {SINCE}")
    selection = {cube.areas.key: [area], TIME: [cohort]}
    selection |= {key: [code] for key, code in others.items()}
    table = reader(cube, *chosen(cube, selection))
    order = [axis.key for axis in cube.others]
    at_step, at_since = order.index(STEP), order.index(SINCE)
    cells = {
        (codes[at_step].code, codes[at_since].code): cell
        for _area, codes, _time, cell in table.rows()
    }
    steps = []
    for code in cube.others[at_step].codes:
        whole = cells[code.code, TOTAL]
        known = {name: cells[code.code, name] for name in MONTHS if (code.code, name) in cells}
        steps.append(PathStep(code, whole.value, tuple(_reached(known, whole.value))))
    return steps


def _reached(known: Mapping[str, Cell], whole: Decimal | None) -> Iterator[Reached]:
    """What was reached by each month: nothing is known after an interval that is not."""
    count, reason = Decimal(0), ""
    for name, cell in known.items():
        value, status = cell.value, cell.status
        if value is None:
            reason = reason or cell.words or str(Status(status).label)
        if reason or value is None:
            yield Reached(MONTHS[name], None, None, reason)
            continue
        count += value
        share = count * 100 / whole if whole else None
        yield Reached(MONTHS[name], count, share)
