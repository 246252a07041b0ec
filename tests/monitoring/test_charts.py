from decimal import Decimal

import pytest
from django.utils.translation import override

from monitoring.charts.figures import Kind
from monitoring.indicators import figures, periods, summaries
from monitoring.indicators.models import Indicator
from monitoring.indicators.periods import parse
from monitoring.indicators.series import Point, Series
from portal.places.models import Area
from tests.factories.monitoring import IndicatorFactory, PercentFactory

FINLAND = Area(kind="country", code="FI", key="FI", name_fi="Suomi", name_en="Finland")


def a_series(indicator=None, **by_time):
    """A series by period, such as _2024M06=5; a text is the reason why there is no value."""
    indicator = indicator or IndicatorFactory.build()
    points = [
        Point(parse(time.strip("_"), indicator.period), None, value)
        if isinstance(value, str)
        else Point(parse(time.strip("_"), indicator.period), Decimal(str(value)))
        for time, value in by_time.items()
    ]
    return Series(indicator, FINLAND, tuple(points))


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def test_one_value_makes_no_picture():
    assert not figures.of_series(a_series(_2024M06=5)).can_be_drawn
    assert not figures.of_series(a_series(_2024M06=5, _2024M07="not-collected")).can_be_drawn


def test_five_periods_are_bars_and_six_a_line():
    five = {f"_2024M{month:02d}": 90 + month for month in range(1, 6)}

    assert figures.of_series(a_series(**five)).kind is Kind.BARS
    assert figures.of_series(a_series(**five, _2024M06=99)).kind is Kind.LINES


def test_a_period_that_was_never_brought_has_its_slot():
    figure = figures.of_series(a_series(_2024M06=100, _2024M07="suppressed", _2024M09=50))

    assert [cell.value for cell in figure.series[0].cells] == [100, None, None, 50]
    assert [cell.reason for cell in figure.series[0].cells] == [
        "", "Suppressed: too few people", "", "",
    ]  # fmt: skip


def test_the_country_stands_behind_an_area_for_the_same_periods():
    share = PercentFactory.build()
    area = a_series(share, _2024Q1=60, _2024Q2=61, _2024Q3=62)
    country = a_series(share, _2023Q1=5, _2024Q2=7)

    figure = figures.of_series(area, country)

    assert [one.reference for one in figure.series] == [False, True]
    assert [cell.value for cell in figure.series[1].cells] == [None, 7, None]


def test_the_counts_of_the_country_would_press_those_of_an_area_to_the_ground():
    area, country = a_series(_2024M06=10, _2024M07=9), a_series(_2024M06=4000, _2024M07=4001)

    assert not figures.of_series(area, country).references


def test_the_words_tell_value_change_range_and_what_is_missing():
    series = a_series(
        PercentFactory.build(), _2024Q1=60.6, _2024Q2=61.3, _2024Q3="not-collected", _2025Q1=59.6
    )

    assert summaries.sentences(series) == [
        "In the first quarter of 2025 the figure was 59.6%.",
        "That is 1.0 percentage points lower than in the first quarter of 2024 (60.6%).",
        "Of the 3 values the highest is 61.3%, in the second quarter of 2024, "
        "and the lowest 59.6%, in the first quarter of 2025.",
        "For 1 period there is no value; the table gives the reason.",
        "Between the first and the last value, 1 period has not been brought to the portal.",
    ]


CHANGES = {
    (
        46709,
        43952,
    ): "That is 2,757\u00a0persons (5.9%) less than in June 2024 (46,709\u00a0persons).",
    (100, 150): "That is 50\u00a0persons (50.0%) more than in June 2024 (100\u00a0persons).",
    (0, 5): "That is 5\u00a0persons more than in June 2024 (0\u00a0persons).",
    (7, 7): "That is the same as in June 2024.",
}


@pytest.mark.parametrize("pair", CHANGES)
def test_a_change_in_words(pair):
    assert (
        summaries.change(a_series(_2024M06=pair[0], _2025M05=1, _2025M06=pair[1])) == CHANGES[pair]
    )


@pytest.mark.parametrize(
    "by_time", [{"_2024M06": 5}, {"_2024M06": 5, "_2025M05": 6, "_2024M05": "not-collected"}]
)
def test_without_the_value_of_a_year_earlier_no_change_is_given(by_time):
    assert summaries.change(a_series(**by_time)).startswith("The portal has no value for the same")


def test_a_year_is_compared_with_the_year_before():
    yearly = IndicatorFactory.build(period=periods.Kind.YEAR)

    assert "5\u00a0persons (50.0%) more than in 2024" in summaries.change(
        a_series(yearly, _2024=10, _2025=15)
    )


def test_one_percentage_point_is_singular():
    series = a_series(PercentFactory.build(decimals=0), _2024Q1=16, _2025Q1=17)

    assert "1 percentage point higher" in summaries.change(series)


def test_a_series_without_values_says_so():
    assert summaries.sentences(a_series(_2024M06="not-yet-published")) == [
        "There is no value yet.",
        "For 1 period there is no value; the table gives the reason.",
    ]
    assert summaries.change(a_series()) == ""


def test_a_provisional_value_is_said_to_be_so():
    point = Point(parse("2024M06", periods.Kind.MONTH), Decimal(5), "provisional")
    series = Series(IndicatorFactory.build(kind=Indicator.Kind.COUNT), FINLAND, (point,))

    assert "Provisional." in summaries.sentences(series)
