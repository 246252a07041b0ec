"""The movement rule: a verdict only for what is more than noise."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitoring.areas.movement import CURRENT, RULES, Measured, Verdict, Why, judge

YEARLY = Measured(year=1)
COUNT = Measured(year=1, count=True)
SHARE = Measured(year=1, direction="up", share=True)


def numbers(*values):
    return {2025 - len(values) + 1 + at: one for at, one in enumerate(map(as_decimal, values))}


def as_decimal(value):
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize(
    ("values", "measured", "verdict"),
    [
        ((50, 50.9), SHARE, Verdict.NO_CLEAR_CHANGE),
        ((50, 51), SHARE, Verdict.NO_CLEAR_CHANGE),
        ((50, 51.1), SHARE, Verdict.BETTER),
        ((50, 48.9), SHARE, Verdict.WORSE),
        ((50, 52.9), Measured(year=1, direction="up", share=True, survey=True), "no-clear-change"),
        ((50, 53.1), Measured(year=1, direction="down", share=True, survey=True), Verdict.WORSE),
        ((10, 14), COUNT, Verdict.NO_CLEAR_CHANGE),  # 4 of 24 people are chance
        ((10_000, 10_400), COUNT, Verdict.NO_CLEAR_CHANGE),  # less than 5 per cent
        ((10_000, 10_600), COUNT, Verdict.UP),
        ((60, 50), Measured(year=1, direction="down"), Verdict.BETTER),
        ((0, 0), COUNT, Verdict.NO_CLEAR_CHANGE),
        ((-100, -80), YEARLY, Verdict.UP),
    ],
)
def test_a_change_is_judged(values, measured, verdict):
    found = judge(numbers(*values), 2025, measured)

    assert (found.verdict, found.base, found.version) == (verdict, 2024, CURRENT)


def test_what_went_up_and_down_before_has_to_change_more():
    unsteady = numbers(40, 46, 40, 46, 40, 46, 50)
    steady = numbers(40, 41, 42, 43, 44, 46, 50)

    assert judge(unsteady, 2025, SHARE).verdict == Verdict.NO_CLEAR_CHANGE
    assert judge(steady, 2025, SHARE).verdict == Verdict.BETTER


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ((50, None), Why.NO_VALUE),
        ((None, 50), Why.NO_BASE),
        ((50,), Why.NO_BASE),
        ((), Why.NO_VALUE),
    ],
)
def test_without_both_values_there_is_no_verdict(values, why):
    found = judge(numbers(*values), 2025, SHARE)

    assert (found.verdict, found.why) == (Verdict.UNKNOWN, why)


def test_over_a_break_there_is_no_verdict():
    assert judge(numbers(50, 90), 2025, SHARE, breaks=[2025]).why == Why.BREAK
    assert judge(numbers(50, 90), 2025, SHARE, breaks=[2024, 2026]).verdict == Verdict.BETTER


def test_a_quarter_is_compared_with_that_of_a_year_before_and_a_survey_with_the_one_before():
    quarters = {8097: Decimal(50), 8098: Decimal(90), 8099: Decimal(60), 8100: Decimal(40)}
    assert judge(quarters | {8101: Decimal(50)}, 8101, Measured(year=4, share=True)).base == 8097
    surveys = {2018: Decimal(50), 2022: Decimal(60)}
    assert judge(surveys, 2022, SHARE).base == 2018


def test_a_version_that_never_was_is_an_error_and_old_ones_stay():
    assert list(RULES) == list(range(1, CURRENT + 1))
    with pytest.raises(KeyError):
        judge(numbers(1, 2), 2025, SHARE, version=0)


NUMBERS = st.none() | st.decimals(min_value=-1000, max_value=100_000, places=1)
MEASURED = st.builds(
    Measured,
    year=st.sampled_from([1, 4, 12]),
    direction=st.sampled_from(["", "up", "down"]),
    share=st.booleans(),
    count=st.booleans(),
    survey=st.booleans(),
)


@given(
    st.dictionaries(st.integers(2000, 2040), NUMBERS),
    MEASURED,
    st.sets(st.integers(2000, 2040), max_size=2),
)
def test_a_verdict_is_never_more_than_its_data(values, measured, breaks):
    """A verdict of a change: both values are there, nothing breaks, and it goes that way."""
    found = judge(values, 2040, measured, breaks)

    if found.verdict == Verdict.UNKNOWN:
        assert found.why
        return
    change = values[2040] - values[found.base]
    assert found.base <= 2040 - measured.year
    assert not any(found.base < one <= 2040 for one in breaks)
    assert found.change == change
    moved = found.verdict != Verdict.NO_CLEAR_CHANGE
    assert moved == (abs(change) > found.needed)
    assert found.needed >= (Decimal(1) if measured.share else 0)
    if moved:
        rose = {"up": Verdict.BETTER, "down": Verdict.WORSE, "": Verdict.UP}[measured.direction]
        fell = {"up": Verdict.WORSE, "down": Verdict.BETTER, "": Verdict.DOWN}[measured.direction]
        assert found.verdict == (rose if change > 0 else fell)


@given(st.dictionaries(st.integers(2000, 2040), NUMBERS), MEASURED)
def test_the_same_the_other_way_round_is_the_opposite(values, measured):
    """Mirrored values have mirrored verdicts: the rule leans to no side."""
    opposite = {
        Verdict.BETTER: Verdict.WORSE,
        Verdict.WORSE: Verdict.BETTER,
        Verdict.UP: Verdict.DOWN,
        Verdict.DOWN: Verdict.UP,
    }
    mirrored = {at: None if one is None else -one for at, one in values.items()}
    here, there = judge(values, 2040, measured), judge(mirrored, 2040, measured)

    assert there.verdict == opposite.get(here.verdict, here.verdict)
