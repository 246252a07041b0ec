import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from partnership.organisations.business_id import check_digit, normalised

sevens = st.integers(0, 9_999_999).map(lambda number: f"{number:07d}")
valid = sevens.filter(lambda digits: check_digit(digits) is not None).map(
    lambda digits: f"{digits}-{check_digit(digits)}"
)


# The Finnish Tax Administration's, and one of a listed company.
@pytest.mark.parametrize("number", ["0245458-3", "0112038-9"])
def test_numbers_that_are_in_use_are_valid(number):
    assert normalised(number) == number


@given(valid)
def test_valid_number_is_read_in_every_way_that_people_write_it(number):
    digits, last = number.split("-")

    for written in (
        number,
        f" {number} ",
        f"FI{digits}{last}",
        f"{digits}–{last}",
        f"fi{digits}{last}",
    ):
        assert normalised(written) == number


@given(valid, st.integers(0, 6), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(number, position, difference):
    digit = str((int(number[position]) + difference) % 10)

    with pytest.raises(ValidationError):
        normalised(number[:position] + digit + number[position + 1 :])


@given(valid, st.integers(1, 9))
def test_wrong_check_digit_is_always_found(number, difference):
    with pytest.raises(ValidationError) as refused:
        normalised(f"{number[:-1]}{(int(number[-1]) + difference) % 10}")

    assert refused.value.code == "check_digit"


@given(st.text(max_size=15))
def test_anything_else_is_refused_with_the_expected_form(text):
    try:
        number = normalised(text)
    except ValidationError as refused:
        assert "1234567-1" in refused.message
    else:
        assert check_digit(number[:7]) == int(number[8])


def test_old_number_of_six_digits_gets_its_zero():
    assert normalised("245458-3") == "0245458-3"


def test_number_whose_remainder_is_one_is_never_given_out():
    assert check_digit("0000005") == 1
    assert check_digit("0000006") is None
