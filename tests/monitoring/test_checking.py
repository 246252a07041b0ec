from decimal import Decimal

import pytest
from django.utils.translation import override

from monitoring.indicators.files import COLUMNS, LONGEST_CELL, SHOWN
from monitoring.indicators.models import Indicator
from monitoring.indicators.validation import check
from portal.places.models import Area
from tests.factories.monitoring import values

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("jobseekers", "rate")]
HEADER = "indicator,area,time,value,status,source_url,note"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def checked(*rows, header=HEADER):
    return check("\n".join([header, *rows]).encode())


def errors(report):
    return [(row, column, value) for row, column, value, _expected in report.errors.shown]


WRONG = {  # a row of values: the column, and a word of what was expected
    "jobless,FI,2024M06,1,,,": ("indicator", "jobseekers"),
    "jobseekers,91,2024M06,1,,,": ("area", "KU091"),
    "jobseekers,5,2024M06,1,,,": ("area", "TA05"),
    "jobseekers,ku091,2024M06,1,,,": ("area", "KU091"),
    "jobseekers,XX,2024M06,1,,,": ("area", "MK01"),
    "jobseekers,,2024M06,1,,,": ("area", "MK01"),
    "jobseekers,FI,2024Q2,1,,,": ("time", "2024M06"),
    "jobseekers,FI,2024-06,1,,,": ("time", "2024M06"),
    "jobseekers,FI,0000M01,1,,,": ("time", "2024M06"),
    "rate,FI,2024,1,,,": ("time", "2024Q2"),
    "jobseekers,FI,2024M06,many,,,": ("value", "A number"),
    "jobseekers,FI,2024M06,..,,,": ("value", "status"),
    "jobseekers,FI,2024M06,-,,,": ("value", "status"),
    "jobseekers,FI,2024M06,NaN,,,": ("value", "status"),
    "jobseekers,FI,2024M06,1e400,,,": ("value", "A number"),
    "jobseekers,FI,2024M06,-1,,,": ("value", "from 0"),
    "jobseekers,FI,2024M06,100000000000,,,": ("value", "eleven digits"),
    'jobseekers,FI,2024M06,"1,234",,,': ("value", "Did you mean 1234?"),
    'jobseekers,FI,2024M06,"12,000",,,': ("value", "Did you mean 12000?"),
    "jobseekers,FI,2024M06,12.000,,,": ("value", "Did you mean 12000?"),
    "jobseekers,FI,2024M06,12.0,,,": ("value", "whole number"),
    "rate,FI,2024Q2,6.000,,,": ("value", "1 decimals"),
    "jobseekers,FI,2024M06,1.5,,,": ("value", "whole number"),
    'rate,FI,2024Q2,"60,65",,,': ("value", "1 decimals"),
    "rate,FI,2024Q2,100.1,,,": ("value", "0 to 100"),
    "rate,FI,2024Q2,1000,,,": ("value", "0 to 100"),
    "jobseekers,FI,2024M06,,,,": ("value", "status"),
    "jobseekers,FI,2024M06,,provisional,,": ("value", "status"),
    "jobseekers,FI,2024M06,5,suppressed,,": ("value", "No value"),
    "jobseekers,FI,2024M06,5,secret,,": ("status", "suppressed"),
    "jobseekers,FI,2024M06,5,,javascript:alert(1),": ("source_url", "https://"),
    "jobseekers,FI,2024M06,5,,//example.org,": ("source_url", "https://"),
    f"jobseekers,FI,2024M06,5,,,{'x' * 501}": ("note", "500"),
    f"jobseekers,FI,2024M06,5,,,{'x' * (LONGEST_CELL + 1)}": ("note", "1000"),
    "jobseekers,FI,2024M06,5,,,bell\x07": ("note", "control"),
    "jobseekers,FI,2024M06,5": ("", "7 cells"),
    "jobseekers,FI,2024M06,5,,,,,": ("", "7 cells"),
}


@pytest.mark.parametrize("row", WRONG, ids=lambda row: row[:40])
def test_a_wrong_cell_is_named_with_what_was_expected(row):
    column, expected = WRONG[row]

    [error] = checked(row).errors.shown

    assert (error.row, error.column) == (2, column)
    assert expected in error.expected


def test_all_problems_are_listed_at_once():
    rows = [*WRONG]
    report = checked(*rows)

    assert {error.row for error in report.errors.shown} == set(range(2, len(rows) + 2))
    assert not report.importable


def test_an_indicator_that_may_be_negative_takes_negative_values(jobseekers, rate):
    Indicator.objects.update(may_be_negative=True)

    report = checked("jobseekers,FI,2024M06,-12,,,", "rate,FI,2024Q2,-110.5,,,")

    assert report.importable
    assert [row.observed.value for row, _old in report.new] == [-12, Decimal("-110.5")]


@pytest.mark.parametrize(
    ("above", "words"),
    [
        ("sep=,", "Delete this row"),
        ("Jobseekers by month", "It is row 2"),
        ("Jobseekers;;;\n\n", "It is row 4"),
    ],
)
def test_rows_above_the_header_are_named(above, words):
    report = checked("jobseekers,FI,2024M06,1,,,", header=f"{above}\n{HEADER}")

    [error] = report.errors.shown
    assert (error.row, error.value) == (1, above.partition("\n")[0])
    assert words in error.expected


def test_empty_columns_at_the_end_are_named():
    report = checked("jobseekers,FI,2024M06,1,,,,,", header=f"{HEADER},,")

    [error] = report.errors.shown
    assert error.row == 1
    assert "7 columns" in error.expected


def test_the_second_of_two_values_for_one_key_is_refused():
    report = checked("jobseekers,FI,2024M06,1,,,", "jobseekers,FI,2024M06,1,,,")

    assert errors(report) == [(3, "time", "2024M06")]
    assert "row 2" in report.errors.shown[0].expected


def test_a_thousand_problems_are_counted_and_some_hundred_shown():
    report = checked(*["jobseekers,XX,2024M06,1,,,"] * 1200)

    assert report.errors.total == 1200
    assert len(report.errors.shown) == SHOWN
    assert report.errors.more == 1200 - SHOWN


HEADERS = {
    "indicator,area,time": [(1, "value", "")],
    "indicator;area;period;value": [(1, "time", ""), (1, "", "period")],
    "indicator,area,time,value,value": [(1, "value", "value")],
    "jobseekers,FI,2024M06,5": [(1, name, "") for name in ("indicator", "area", "time", "value")]
    + [(1, "", name) for name in ("jobseekers", "fi", "2024m06", "5")],
}


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_that_is_not_right_is_told_column_by_column(header):
    assert errors(checked("jobseekers,FI,2024M06,5", header=header)) == HEADERS[header]


def test_a_missing_column_is_said_to_be_missing():
    [error] = checked(header="indicator,area,time").errors.shown

    assert error.expected == "The column is missing from the header row."


def test_twenty_thousand_columns_are_refused_without_delay():
    assert not checked("1", header=",".join(f"c{n}" for n in range(20_000))).importable


RIGHT = ["jobseekers", "FI", "2024M06", "46709", "", "https://example.org/", "Työttömät"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_usual_files_are_read(encoding, delimiter, end):
    text = end.join(delimiter.join(row) for row in (COLUMNS, RIGHT))

    report = check(text.encode(encoding))

    [change] = report.new
    assert report.importable
    assert change.row.observed == (46709, "", "https://example.org/", "Työttömät")


def test_a_decimal_comma_blank_rows_other_order_and_capitals_are_read():
    text = "Value;TIME;area;indicator\r\n;;;\r\n\r\n60,6;2024Q2;FI;rate\r\n"

    report = check(text.encode())

    [change] = report.new
    assert (change.row.number, float(change.row.observed.value)) == (4, 60.6)


REFUSED = {
    "latin-1": ",".join(COLUMNS).encode() + "\njobseekers,FI,2024M06,5,,,Työ".encode("latin-1"),
    "utf-16 without its mark": ",".join(COLUMNS).encode("utf-16-le"),
    "NUL": b"indicator,area,time,value\njobseekers,FI,2024M06,\x005",
    "empty": b"",
    "only spaces": b" \n \n",
    "only a header": b"indicator,area,time,value\n",
    "a workbook": b"PK\x03\x04 and so on",
    "binary": bytes(range(256)),
    "an open quote": b'indicator,area,time,value\njobseekers,FI,2024M06,"5',
    "a huge cell": b"indicator,area,time,value\njobseekers,FI,2024M06," + b"5" * 300_000,
}


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_cannot_be_read_are_refused_with_the_reason(name):
    [error] = check(REFUSED[name]).errors.shown

    assert error.expected


def test_latin_1_is_named_with_its_row():
    [error] = check(REFUSED["latin-1"]).errors.shown

    assert (error.row, error.value) == (2, "ö")
    assert "Windows-1252" in error.expected


def test_new_changed_and_unchanged_are_told_apart(jobseekers):
    values(jobseekers, _2024M05=100, _2024M06=110)

    report = checked(
        "jobseekers,FI,2024M05,100,,,", "jobseekers,FI,2024M06,111,,,", "jobseekers,FI,2024M07,9,,,"
    )

    assert report.unchanged == 1
    [changed] = report.changed
    assert (changed.old.value, changed.row.observed.value) == (110, 111)
    assert [change.row.period.number for change in report.new] == [7]


def test_columns_that_the_file_lacks_leave_what_is_there(jobseekers):
    [observation] = values(jobseekers, _2024M06=100)
    observation.note = "As published"
    observation.save()

    report = check(b"indicator,area,time,value\njobseekers,FI,2024M06,100\n")

    assert report.unchanged == 1


def test_values_far_from_others_are_pointed_out_and_importable(jobseekers, rate):
    values(jobseekers, _2024M05=100, _2024M06=110)
    values(rate, _2024Q1=60)

    report = checked(
        "jobseekers,FI,2024M06,1100,,,", "jobseekers,FI,2024M07,1150,,,", "rate,FI,2024Q2,71,,,"
    )

    assert report.importable
    assert [(warning.row, warning.column) for warning in report.warnings] == [
        (2, "value"),
        (4, "value"),
    ]


@pytest.mark.parametrize(
    ("value", "before", "far"),
    [
        ("jobseekers,FI,2024M06,200,,,", 100, False),
        ("jobseekers,FI,2024M06,201,,,", 100, True),
        ("jobseekers,FI,2024M06,50,,,", 100, False),
        ("jobseekers,FI,2024M06,49,,,", 100, True),
        ("rate,FI,2024Q2,70,,,", 60, False),
        ("rate,FI,2024Q2,70.1,,,", 60, True),
        ("rate,FI,2024Q2,50,,,", 60, False),
        ("rate,FI,2024Q2,49.9,,,", 60, True),
    ],
)
def test_far_is_over_half_of_the_larger_or_over_ten_points(jobseekers, rate, value, before, far):
    values(jobseekers, _2024M05=before)
    values(rate, _2024Q1=before)

    assert bool(checked(value).warnings) == far


def test_a_value_from_before_the_area_existed_is_pointed_out():
    report = checked("jobseekers,TA05,2024M06,5,,,", "jobseekers,TA05,2025M06,5,,,")

    assert [(warning.row, warning.column) for warning in report.warnings] == [(2, "area")]


@pytest.mark.parametrize(
    ("time", "doubtful"),
    [("2024M12", True), ("2025M01", False), ("2025M12", False), ("2026M01", True)],
)
def test_a_value_of_a_time_when_the_area_was_not_there_is_doubted(time, doubtful):
    Area.objects.filter(code="05").update(valid_to="2025-12-31")

    warnings = checked(f"jobseekers,TA05,{time},5,,,").warnings

    assert [one.column for one in warnings] == (["area"] if doubtful else [])
