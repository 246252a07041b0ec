from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monitoring.indicators import periods
from monitoring.indicators.periods import Kind, Period

KINDS = st.sampled_from(list(Kind))
LANGUAGES = ("fi", "sv", "en")


@st.composite
def any_period(draw):
    kind = draw(KINDS)
    first = Period(date(periods.FIRST_YEAR, 1, 1), kind).position
    last = Period(date(periods.LAST_YEAR, 12, 1), kind).position
    return Period.at(draw(st.integers(first, last)), kind)


@given(any_period(), st.sampled_from(LANGUAGES))
def test_a_period_is_read_back_from_its_text_in_every_language(period, language):
    with override(language):
        assert periods.parse(str(period), period.kind) == period
        assert str(period.start.year) in period.name
        assert str(period.start.year) in period.when


@given(any_period())
def test_neighbours_differ_by_one_and_follow_each_other(period):
    following = Period.at(period.position + 1, period.kind)

    assert periods.span(str(period)) == (period.start, following.start)
    assert period < following


@given(st.text(max_size=12), KINDS)
def test_any_text_is_a_period_or_none(text, kind):
    period = periods.parse(text, kind)

    assert period is None or str(period) == text


@pytest.mark.parametrize(
    "text",
    ["", "2024M6", "2024M13", "2024M00", "2024-06", "2024q2", "2024Q5", "24", "0000", "1899",
     "2101", "２０２４", "2024M06 ", "2024M06\n"],
)  # fmt: skip
def test_other_forms_are_refused(text):
    assert periods.span(text) is None


def test_each_kind_has_its_own_form():
    assert periods.parse("2024Q2", Kind.MONTH) is None
    assert periods.parse("2024", Kind.QUARTER) is None
    assert periods.parse("2024M06", Kind.YEAR) is None
