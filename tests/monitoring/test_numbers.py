from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from monitoring.indicators import numbers
from monitoring.indicators.models.indicators import DECIMALS

VALUES = st.decimals(0, 10**10, places=DECIMALS)
PLACES = st.integers(0, DECIMALS)


@given(VALUES, PLACES, st.sampled_from(["fi", "sv", "en"]))
def test_a_number_is_read_back_from_its_words_in_every_language(value, places, language):
    value = round(value, places)
    with override(language):
        words = numbers.words(value, places)

    assert numbers.parse(words, language) == value


@given(VALUES, PLACES)
def test_a_number_is_read_back_from_a_file(value, places):
    value = round(value, places)
    text = numbers.plain(value, places)

    assert numbers.parse(text) == value
    assert numbers.parse(text.replace(".", ",")) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("46709", "46709"), ("46 709", "46709"), ("46\u00a0709,5", "46709.5"), ("60,6", "60.6"),
     ("60.6", "60.6"), ("1,234", "1.234"), ("-5", "-5"), ("007", "7")],
)  # fmt: skip
def test_what_a_file_may_write(text, value):
    assert numbers.parse(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    ["", "..", "1e5", "1E400", "NaN", "Infinity", "0x1F", "1_000", "١٢", "1,234.5", "1.234,5",
     "4 67 09", "1 2", "5 %", "+5", "1" * 31, "5.", ".5", "=1+1"],
)  # fmt: skip
def test_what_is_no_number(text):
    assert numbers.parse(text) is None
