import re
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monitoring.indicators import charts, summaries
from monitoring.indicators.models import Indicator
from monitoring.indicators.periods import MONTHS, Kind, Period, parse
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


def test_one_value_makes_no_chart():
    assert charts.draw(a_series(_2024M06=5)) is None
    assert charts.draw(a_series(_2024M06=5, _2024M07="not-collected")) is None


def test_a_few_periods_make_bars_from_zero_and_leave_room_for_what_is_missing():
    chart = charts.draw(a_series(_2024M06=100, _2024M07="suppressed", _2024M09=50))

    assert chart.bars and chart.from_zero
    assert [mark.number for mark in chart.marks] == ["100", "–", "–", "50"]
    assert [mark.missing for mark in chart.marks] == [False, True, True, False]
    assert chart.marks[0].height == pytest.approx(2 * chart.marks[3].height, abs=0.2)
    assert chart.marks[1].label == "July 2024: Suppressed: too few people"


@pytest.mark.parametrize(
    ("lowest", "from_zero", "numbers"),
    [
        (100, True, ["0", "50", "100", "150"]),
        (101, False, ["100", "120", "140", "160"]),
        (-30, False, ["-50", "0", "50", "100", "150"]),
        (150, False, ["150", "200", "250", "300"]),
    ],
)
def test_an_axis_ends_at_the_round_numbers_around_its_values(lowest, from_zero, numbers):
    months = {f"_2024M{month:02d}": 150 for month in range(2, 8)}

    chart = charts.draw(a_series(_2024M01=lowest, **months))

    assert not chart.bars
    assert chart.from_zero == from_zero
    assert [tick.label for tick in chart.ticks] == numbers


def test_five_periods_are_bars_and_six_a_line_with_each_second_named():
    five = {f"_2024M{month:02d}": 90 + month for month in range(1, 6)}

    assert charts.draw(a_series(**five)).bars
    chart = charts.draw(a_series(**five, _2024M06=99))
    assert not chart.bars
    assert len(chart.periods) == 3


def test_many_periods_make_a_line_that_breaks_where_a_value_is_missing():
    by_time = {f"_2023M{month:02d}": month * 100 for month in range(1, 13)}
    by_time["_2023M05"] = "not-collected"
    del by_time["_2023M09"]

    chart = charts.draw(a_series(**by_time))

    assert not chart.bars
    assert [len(line.split()) for line in chart.lines] == [4, 3, 3]
    assert len(chart.periods) <= charts.LABELS_AT_MOST
    assert chart.periods[-1][1] == "12/2023"


def test_a_flat_line_says_that_its_axis_does_not_begin_at_zero():
    flat = charts.draw(a_series(**{f"_{year}M01": 1000 + year % 7 for year in range(2010, 2020)}))
    steep = charts.draw(a_series(**{f"_{year}M01": year - 2009 for year in range(2010, 2020)}))

    assert (flat.from_zero, steep.from_zero) == (False, True)


@given(
    st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=20),
    st.sampled_from(list(Kind)),
)
def test_every_value_lies_within_the_drawing(numbers, kind):
    points = tuple(
        Point(Period.at(2000 * 12 // MONTHS[kind] + index, kind), Decimal(number) / 10)
        for index, number in enumerate(numbers)
    )
    chart = charts.draw(Series(IndicatorFactory.build(period=kind, decimals=1), FINLAND, points))

    top, bottom = charts.TOP, charts.TOP + chart.height
    assert all(top <= mark.y <= bottom for mark in chart.marks)
    assert all(mark.left >= 0 and mark.left + mark.width <= 100 for mark in chart.marks)
    ticks = [tick.y for tick in chart.ticks]
    assert 2 <= len(ticks) <= 7
    assert ticks == sorted(ticks, reverse=True)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_drawing_is_markup_without_styles_in_any_language(language):
    series = a_series(PercentFactory.build(), _2024Q1=60.6, _2024Q2=61.3, _2024Q4=59.6)
    with override(language):
        chart = charts.draw(series)
        html = render_to_string("monitoring/chart.html", {"chart": chart, "title": "<T>"})

    assert "style" not in html
    assert "<T>" not in html
    coordinates = re.findall(r' (?:x|y|x1|y1|width|height|cx|cy)="([^"]+)"', html)
    assert all(re.fullmatch(r"-?\d+(\.\d+)?%?", value) for value in coordinates)
    assert ("60,6" in html) == (language != "en")


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
    yearly = IndicatorFactory.build(period=Kind.YEAR)

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
    point = Point(parse("2024M06", Kind.MONTH), Decimal(5), "provisional")
    series = Series(IndicatorFactory.build(kind=Indicator.Kind.COUNT), FINLAND, (point,))

    assert "The value is provisional and may still change." in summaries.sentences(series)


def test_negative_values_hang_from_the_line_of_zero():
    chart = charts.draw(a_series(_2024M06=-50, _2024M07=100))

    below, above = chart.marks
    zero = next(tick.y for tick in chart.ticks if tick.label == "0")
    assert (below.y, above.y + above.height) == (zero, zero)
    assert below.height == pytest.approx(above.height / 2, abs=0.2)
