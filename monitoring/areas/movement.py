"""The movement rule: whether a figure has changed, said the same way of every figure.

A verdict compares a value with that of the same period a year before; of a source that comes more
seldom, with the one before. A change counts when it is greater than the least change and than what
chance alone would make. “No clear change” is a usual outcome. Over a break there is no verdict.
The rules are public (monitoring.areas.views.movement_rule), and a verdict that is kept says its
version: old versions stay here, so each can be worked out again.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

NOTHING = Decimal(0)


class Verdict(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    UP = "up"
    DOWN = "down"
    NO_CLEAR_CHANGE = "no-clear-change"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why there is no verdict."""

    KNOWN = ""
    NO_VALUE = "no-value"
    NO_BASE = "no-base"
    BREAK = "break"


class Movement(NamedTuple):
    """A verdict with the version of the rule; `base` is the period compared with.

    `change` is the value less that of the base, and `needed` what it had to be greater than.
    """

    verdict: Verdict
    version: int
    why: Why = Why.KNOWN
    base: int | None = None
    change: Decimal | None = None
    needed: Decimal | None = None


@dataclass(frozen=True)
class Rule:
    """A version of the rule: the least changes, and how often the usual chance is exceeded."""

    version: int
    points: Decimal  # of shares, in percentage points
    survey_points: Decimal  # of shares that a sample estimates
    percent: Decimal  # of all other values, per cent of the base
    survey_percent: Decimal
    times_chance: int  # a change is greater than so many times what chance makes
    earlier: int  # earlier changes that are needed to tell what is usual


RULES: Mapping[int, Rule] = {
    1: Rule(
        version=1,
        points=Decimal(1),
        survey_points=Decimal(3),
        percent=Decimal(5),
        survey_percent=Decimal(10),
        times_chance=2,
        earlier=3,
    ),
}
CURRENT = max(RULES)


@dataclass(frozen=True)
class Measured:
    """What the rule has to know of a figure: how its values are made, and which way is better.

    `year` is how many periods a year has; `direction` is "up", "down" or "" where neither is
    better; a count is a number of people or cases.
    """

    year: int
    direction: str = ""
    share: bool = False
    count: bool = False
    survey: bool = False


def judge(
    values: Mapping[int, Decimal | None],
    time: int,
    measured: Measured,
    breaks: Collection[int] = (),
    version: int = CURRENT,
) -> Movement:
    """How the value at a period has moved. `values` are by running number of the period.

    `breaks` are the first periods after a break. Raises KeyError for a version that never was.
    """
    rule = RULES[version]
    base = _base(values, time, measured.year)
    if values.get(time) is None:
        return Movement(Verdict.UNKNOWN, version, Why.NO_VALUE, base)
    if base is None:
        return Movement(Verdict.UNKNOWN, version, Why.NO_BASE)
    if any(base < one <= time for one in breaks):
        return Movement(Verdict.UNKNOWN, version, Why.BREAK, base)
    new, old = values[time], values[base]
    if new is None or old is None:
        return Movement(Verdict.UNKNOWN, version, Why.NO_BASE, base)
    needed = max(_least(rule, measured, old), _chance(rule, measured, values, base, new, breaks))
    change = new - old
    return Movement(
        _verdict(change, needed, measured.direction), version, Why.KNOWN, base, change, needed
    )


def _base(values: Mapping[int, Decimal | None], time: int, year: int) -> int | None:
    """The same period a year before, or the latest that is still earlier."""
    return max((one for one in values if one <= time - year), default=None)


def _least(rule: Rule, measured: Measured, old: Decimal) -> Decimal:
    if measured.share:
        return rule.survey_points if measured.survey else rule.points
    return abs(old) * (rule.survey_percent if measured.survey else rule.percent) / 100


def _chance(
    rule: Rule,
    measured: Measured,
    values: Mapping[int, Decimal | None],
    base: int,
    new: Decimal,
    breaks: Collection[int],
) -> Decimal:
    """What chance makes of a change: of counts by their size, of others by their own past."""
    if measured.count:
        both = abs(new) + abs(values[base] or NOTHING)
        return rule.times_chance * both.sqrt()
    changes = []
    for at, value in values.items():
        before = values.get(at - measured.year)
        broken = any(at - measured.year < one <= at for one in breaks)
        if at <= base and value is not None and before is not None and not broken:
            changes.append(value - before)
    if len(changes) < rule.earlier:
        return NOTHING
    usual = sum(changes, NOTHING) / len(changes)
    spread = sum((abs(one - usual) for one in changes), NOTHING) / len(changes)
    return rule.times_chance * spread


def _verdict(change: Decimal, needed: Decimal, direction: str) -> Verdict:
    if abs(change) <= needed:
        return Verdict.NO_CLEAR_CHANGE
    if not direction:
        return Verdict.UP if change > 0 else Verdict.DOWN
    return Verdict.BETTER if (change > 0) == (direction == "up") else Verdict.WORSE
