"""A summary says what the data says: with gaps, hidden, equal, zero and negative values."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.charts import summaries
from monitoring.charts.figures import Kind, Measure, table
from tests.monitoring.charts.making import SUPPRESSED, a_figure, places, years

VALUES = st.lists(
    st.one_of(
        st.integers(-5000, 5000),
        st.just(0),
        st.just(7),
        st.none(),
        st.just(SUPPRESSED),
    ),
    min_size=1,
    max_size=9,
)
POINT = {"fi": ",", "sv": ",", "en": "."}


def numbers_in(words: str, language: str) -> set[Decimal]:
    """The numbers with the unit that a text says, whatever the language writes between digits."""
    found = re.findall(r"(-?\d[\d ., \u00a0]*?)\u00a0pcs", words)
    plain = (re.sub(r"[\s\u00a0]" if language != "en" else ",", "", one) for one in found)
    return {Decimal(one.replace(POINT[language], ".")) for one in plain}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@given(values=VALUES, other=VALUES)
@settings(deadline=None, max_examples=80)
def test_a_summary_says_the_data_and_nothing_else(language, values, other):
    size = min(len(values), len(other))
    measure = Measure("pcs")
    names = [f"Paikka {chr(65 + at)}" for at in range(size)]
    with override(language):
        for kind, slots in ((Kind.LINES, years(size)), (Kind.BARS, places(*names))):
            for by_name in ({"Ax": values[:size]}, {"Ax": values[:size], "Bx": other[:size]}):
                figure = a_figure(kind, slots, measure, **by_name)
                words = " ".join(summaries.sentences(figure))
                said = numbers_in(words, language)
                there = {value for one in figure.series for _at, value in one.values}
                assert said <= there
                for one in figure.series:
                    found = [value for _at, value in one.values]
                    if found and kind is Kind.LINES:
                        assert found[-1] in said
                    if len(found) >= 3 and len(set(found)) > 1:
                        assert {max(found), min(found)} <= said
                gone = [cell for cell in figure.cells() if cell.value is None]
                if any(one.values for one in figure.series):
                    reasoned = sum(bool(cell.reason) for cell in gone)
                    for count in {reasoned, len(gone) - reasoned} - {0}:
                        assert re.search(rf"(?<!\d){count}(?!\d)", words)
                told = numbers_in(summaries.finding(figure), language)
                assert told <= there


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@given(values=VALUES)
@settings(deadline=None, max_examples=40)
def test_the_table_has_the_same_rows(language, values):
    figure = a_figure(Kind.LINES, years(len(values)), Measure("pcs"), Ax=values)
    with override(language):
        rows = table(figure)
        numbers = [figure.measure.number(cell.value) if cell.value is not None else ""
                   for cell in figure.series[0].cells]  # fmt: skip

    assert [cells[0][0] for _slot, cells in rows] == numbers
    assert all(words for _slot, [(number, words)] in rows if not number)


def test_a_path_tells_each_step_and_the_time_to_its_middle():
    figure = a_figure(
        Kind.PATH, places("Registered", "Assessed", "Working"), Measure("%", 1, True),
        Jobseekers=[100, 84.5, "Not yet published"],
    )  # fmt: skip
    cells = figure.series[0].cells
    slow = (cells[0], cells[1]._replace(months=Decimal(4)), cells[2])
    figure = replace(figure, series=(replace(figure.series[0], cells=slow),))
    with override("en"):
        said = summaries.sentences(figure)
        title = summaries.finding(figure)

    assert said[0] == "Jobseekers: Registered 100.0%, Assessed 84.5% (half within 4 months)."
    assert said[1] == "1 value is missing; the table gives the reason."
    assert title == "A figure, “Assessed”: 84.5%"
