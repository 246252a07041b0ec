from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal import working_days


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 5, 1),
        date(2026, 5, 14),  # Ascension Day
        date(2026, 6, 19),  # Midsummer Eve
        date(2027, 12, 6),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2027, 1, 6),
        date(2026, 11, 21),  # a Saturday
    ],
)
def test_offices_are_closed_on_holidays_their_eves_and_weekends(day):
    assert not working_days.is_working(day)


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2026, 4, 2), date(2026, 6, 18)])
def test_offices_work_on_the_days_before_that_only_feel_like_eves(day):
    assert working_days.is_working(day)


def test_the_days_over_christmas_are_long():
    assert working_days.after(date(2026, 12, 23), 1) == date(2026, 12, 28)
    assert working_days.after(date(2026, 12, 23), 15) == date(2027, 1, 19)


def test_no_days_after_a_day_is_the_day_itself():
    assert working_days.after(date(2026, 12, 24), 0) == date(2026, 12, 24)


some_days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(some_days, st.integers(1, 60))
def test_counting_forth_and_measuring_agree(day, number):
    end = working_days.after(day, number)

    assert working_days.is_working(end)
    assert working_days.between(day, end) == number
    assert working_days.between(end, day) == -number


@pytest.mark.parametrize(
    ("month", "day"),
    [
        ("2024-04", "2024-04-02"),  # Easter Monday
        ("2026-01", "2026-01-02"),
        ("2026-05", "2026-05-04"),
        ("2027-03", "2027-03-01"),
    ],
)
def test_the_first_working_day_of_a_month(month, day):
    assert working_days.first_of(date.fromisoformat(f"{month}-01")) == date.fromisoformat(day)
