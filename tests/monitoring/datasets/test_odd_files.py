"""Broken and odd files in every form: none is half-loaded, and each message names the cell."""

from datetime import date, datetime
from io import BytesIO

import pytest

from monitoring.datasets import services
from monitoring.datasets.models import Release, SourceValue
from portal.languages import in_language
from tests.monitoring.datasets.files import (
    COUNTED,
    DAY,
    EXTRACT,
    GOOD,
    HEADER,
    archive,
    csv,
    damaged,
    dimension,
    extract,
    good,
    hidden,
    json_stat,
    titled,
    workbook,
)

pytestmark = pytest.mark.django_db
HETU = "131052-308T"
ROW = ("TA01", "F", "Y15T24", 2024, 12, None)

# What is wrong: how the file is made, and the row, the column and the value that the message names.
BROKEN = {
    "no bytes": (lambda: b"", 0, "", ""),
    "blank lines": (lambda: b"\n\r\n,,,\n", 0, "", ""),
    "only a header": (csv, 0, "", ""),
    "another encoding": (
        lambda: csv(GOOD) + "TA01,F,Y15T24,2023,1,ä\n".encode("latin-1"),
        3,
        "",
        "ä",
    ),
    "UTF-16 without its mark": (lambda: csv(GOOD).decode().encode("utf-16-le"), 0, "", ""),
    "a cut UTF-16": (lambda: csv(GOOD).decode().encode("utf-16")[:-1], 0, "", ""),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 0, "", ""),
    "a document": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", 0, "", ""),
    "a page": (lambda: b"<!doctype html><table><tr><td>TA01</td></tr></table>", 0, "", ""),
    "a column is missing": (
        lambda: csv(("TA01", "F", "2024", "1"), header=("REF_AREA", "SEX", *HEADER[3:5])),
        1,
        "AGE",
        "",
    ),
    "a column too many": (lambda: csv(("1", *GOOD), header=("X", *HEADER)), 1, "", "X"),
    "a column twice": (lambda: csv(("F", *GOOD), header=("SEX", *HEADER)), 1, "SEX", "SEX"),
    "a column without a name": (lambda: csv(("", *GOOD), header=("", *HEADER)), 1, "", ""),
    "a header of its own": (lambda: b"alue;arvo\nTA01;1\n", 1, "REF_AREA", ""),
    "no header": (lambda: csv(header=GOOD), 1, "REF_AREA", ""),
    "a header too far down": (lambda: b"title\n" * 40 + csv(GOOD), 1, "REF_AREA", ""),
    "a cell too few": (lambda: csv(GOOD[:5]), 2, "", "TA01,F,Y15T24,2024,12"),
    "a cell too many": (lambda: csv((*GOOD, "")), 2, "", "TA01,F,Y15T24,2024,12,,"),
    "a comma for decimals between commas": (
        lambda: csv(good(OBS_VALUE="12,5")),
        2,
        "",
        "TA01,F,Y15T24,2024,12,5,",
    ),
    "an open quotation mark": (lambda: csv(GOOD) + b'"TA01,F\n', 3, "", ""),
    "text after a quotation mark": (lambda: csv(GOOD) + b'"TA01"x,F\n', 3, "", ""),
    "an unknown area": (lambda: csv(good(REF_AREA="TA99")), 2, "REF_AREA", "TA99"),
    "an area without its letters": (lambda: csv(good(REF_AREA="1")), 2, "REF_AREA", "1"),
    "an area of another kind": (lambda: csv(good(REF_AREA="KU091")), 2, "REF_AREA", "KU091"),
    "no area": (lambda: csv(good(REF_AREA="")), 2, "REF_AREA", ""),
    "an unknown code": (lambda: csv(good(SEX="X")), 2, "SEX", "X"),
    "a code in another case": (lambda: csv(good(SEX="f")), 2, "SEX", "f"),
    "a code of another dimension": (lambda: csv(good(AGE="F")), 2, "AGE", "F"),
    "a month": (lambda: csv(good(TIME_PERIOD="2024M01")), 2, "TIME_PERIOD", "2024M01"),
    "a day within": (lambda: csv(good(TIME_PERIOD="2024-03-15")), 2, "TIME_PERIOD", "2024-03-15"),
    "a year before all": (lambda: csv(good(TIME_PERIOD="0024")), 2, "TIME_PERIOD", "0024"),
    "no period": (lambda: csv(good(TIME_PERIOD="")), 2, "TIME_PERIOD", ""),
    "no value": (lambda: csv(good(OBS_VALUE="")), 2, "OBS_VALUE", ""),
    "a word": (lambda: csv(good(OBS_VALUE="twelve")), 2, "OBS_VALUE", "twelve"),
    "dots": (lambda: csv(good(OBS_VALUE="..")), 2, "OBS_VALUE", ".."),
    "below zero": (lambda: csv(good(OBS_VALUE="-1")), 2, "OBS_VALUE", "-1"),
    "a decimal": (lambda: csv(good(OBS_VALUE="12.5")), 2, "OBS_VALUE", "12.5"),
    "thousands": (lambda: csv(good(OBS_VALUE="12.000")), 2, "OBS_VALUE", "12.000"),
    "a power of ten": (lambda: csv(good(OBS_VALUE="1E+3")), 2, "OBS_VALUE", "1E+3"),
    "a formula": (lambda: csv(good(OBS_VALUE="=1+1")), 2, "OBS_VALUE", "=1+1"),
    "beyond all": (lambda: csv(good(OBS_VALUE="9" * 12)), 2, "OBS_VALUE", "9" * 12),
    "infinity": (lambda: csv(good(OBS_VALUE="inf")), 2, "OBS_VALUE", "inf"),
    "digits of another script": (lambda: csv(good(OBS_VALUE="١٢")), 2, "OBS_VALUE", "١٢"),
    "an unknown status": (lambda: csv(good(OBS_STATUS="secret")), 2, "OBS_STATUS", "secret"),
    "a value and a reason": (lambda: csv(good(OBS_STATUS="suppressed")), 2, "OBS_VALUE", "12"),
    "the same cell twice": (lambda: csv(GOOD, GOOD), 3, "OBS_VALUE", "12"),
    # Workbooks.
    "the beginning of a workbook": (lambda: b"PK\x03\x04" + bytes(50), 0, "", ""),
    "a damaged workbook": (lambda: damaged(workbook(HEADER, ROW)), 0, "", ""),
    "half a workbook": (lambda: workbook(HEADER, ROW)[:2000], 0, "", ""),
    "an old or a locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(50), 0, "", ""),
    "an archive": (lambda: archive(data=csv(GOOD)), 0, "", ""),
    "an archive too large": (lambda: archive(data=bytes(201 * 1024 * 1024)), 0, "", ""),
    "an empty workbook": (workbook, 0, "", ""),
    "a workbook with all of it hidden": (lambda: hidden(workbook(HEADER, ROW)), 0, "", ""),
    "a formula without its value": (
        lambda: workbook(HEADER, (*ROW[:4], "=1+1")),
        2,
        "OBS_VALUE",
        "",
    ),
    "a value that became a day": (
        lambda: workbook(HEADER, (*ROW[:4], date(2024, 12, 5))),
        2,
        "OBS_VALUE",
        "***",
    ),
    "a year that became a day": (
        lambda: workbook(HEADER, (*ROW[:3], date(1905, 7, 16), 12)),
        2,
        "TIME_PERIOD",
        "1905-07-16",
    ),
    "a value that is a yes": (lambda: workbook(HEADER, (*ROW[:4], True)), 2, "OBS_VALUE", "TRUE"),
    "a decimal in a cell": (lambda: workbook(HEADER, (*ROW[:4], 0.1 + 0.2)), 2, "OBS_VALUE", "0.3"),
    "a cell beside the table": (
        lambda: workbook(HEADER, (*ROW, "note")),
        2,
        "",
        "TA01; F; Y15T24; 2024; 12; ; note",
    ),
    "cells merged downwards": (
        lambda: titled(ROW, (None, "M", "Y15T24", 2024, 13)),
        6,
        "REF_AREA",
        "",
    ),
    # JSON-stat.
    "no JSON": (lambda: b'{"class": "dataset",', 0, "", ""),
    "an old JSON-stat": (lambda: b'{"dataset": {"value": [1]}}', 0, "class", ""),
    "a collection": (lambda: json_stat(**{"class": "collection"}), 0, "class", "collection"),
    "another version": (lambda: json_stat(version="1.0"), 0, "version", "1.0"),
    "no dimensions": (lambda: json_stat(id=...), 0, "id", ""),
    "sizes that are words": (lambda: json_stat(size=["1"] * 4), 0, "size", "['1', '1', '1', '1']"),
    "a list too short": (lambda: json_stat(value=[12]), 0, "value", "1"),
    "a place beyond": (lambda: json_stat(value={"7": 1}), 0, "value", "7"),
    "a place twice": (
        lambda: json_stat(value=...)[:-1] + b', "value": {"0": 1, "0": 2}}',
        0,
        "0",
        "0",
    ),
    "no number": (lambda: json_stat().replace(b"12", b"NaN"), 0, "value", "NaN"),
    "codes too few": (
        lambda: json_stat(dimension=dimension(SEX={"index": ["F"]})),
        0,
        "dimension.SEX.category.index",
        "",
    ),
    "a dimension that there is not": (
        lambda: json_stat(
            id=["REF_AREA", "SEX", "AGES", "TIME_PERIOD"],
            dimension=dimension(AGES={"index": ["Y15T24"]}),
        ),
        0,
        "",
        "AGES",
    ),
    "a code that there is not": (
        lambda: json_stat(dimension=dimension(SEX={"index": ["F", "X"]})),
        2,
        "SEX",
        "X",
    ),
    "null without a reason": (lambda: json_stat(value=[12, None]), 2, "OBS_VALUE", ""),
    "a value in words": (lambda: json_stat(value=[12, "many"]), 2, "OBS_VALUE", "many"),
    "a mark of its own": (lambda: json_stat(status={"1": "e"}), 2, "OBS_STATUS", "e"),
    "nested without end": (lambda: b'{"a":' * 100_000, 0, "", ""),
    # Extracts from Koto-AJ, and whatever is about single persons.
    "another version of the extract": (
        lambda: extract(COUNTED, above=(("Koto-AJ", "koontipoiminta", "2"), *EXTRACT[1:])),
        1,
        "",
        "koto-aj;koontipoiminta;2",
    ),
    "an extract without its coverage": (
        lambda: extract(COUNTED, above=(*EXTRACT[:2], *EXTRACT[3:])),
        1,
        "kattavuus",
        "",
    ),
    "an extract without its day": (
        lambda: extract(COUNTED, above=(EXTRACT[0], *EXTRACT[2:])),
        1,
        "poimittu",
        "",
    ),
    "an unknown word in the extract": (
        lambda: extract((*COUNTED[:2], "Muut", *COUNTED[3:])),
        6,
        "SEX",
        "Muut",
    ),
    "an extract without counts": (
        lambda: extract(COUNTED[:4], above=(*EXTRACT[:4], EXTRACT[4][:4])),
        5,
        "OBS_VALUE",
        "",
    ),
    "a column of names": (
        lambda: extract((*COUNTED, "x"), above=(*EXTRACT[:4], (*EXTRACT[4], "Sukunimi"))),
        5,
        "SUKUNIMI",
        "SUKUNIMI",
    ),
    "a column of days of birth": (
        lambda: csv((*GOOD, "1.2.1985"), header=(*HEADER, "date_of_birth")),
        1,
        "DATE_OF_BIRTH",
        "DATE_OF_BIRTH",
    ),
    "an identity code": (lambda: csv(good(SEX=HETU)), 2, "SEX", "***"),
    "an identity code in a workbook": (
        lambda: workbook(HEADER, (HETU, *ROW[1:])),
        2,
        "REF_AREA",
        "***",
    ),
    "an identity code in a cell too many": (lambda: csv((*GOOD, HETU)), 2, "", "***"),
    "a day of birth": (lambda: extract((*COUNTED[:3], "3.4.1985", "1")), 6, "AGE", "***"),
    "an address of a person": (
        lambda: csv(good(AGE="matti@example.org")),
        2,
        "AGE",
        "***",
    ),
    "a row for each person": (
        lambda: extract(*[(*COUNTED[:4], "1")] * 3),
        0,
        "OBS_VALUE",
        "",
    ),
}


def bring(dataset, content):
    return services.bring(dataset, BytesIO(content), "file")


def test_there_are_more_than_sixty_kinds():
    assert len(BROKEN) > 60


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_leaves_nothing_and_its_message_names_the_cell(open_dataset, kind):
    make, row, column, value = BROKEN[kind]

    with pytest.raises(services.Refused) as refused:
        bring(open_dataset, make())

    told = refused.value.errors.shown
    assert (row, column, value) in [error[:3] for error in told]
    assert all(error.expected for error in told)
    assert not any(HETU in cell for error in told for cell in map(str, error))
    assert not SourceValue.objects.exists()
    assert not Release.objects.exists()


ODD = {
    "numbers in cells": lambda: workbook(HEADER, ROW),
    "a title over the table": lambda: titled(ROW),
    "a day for a year": lambda: workbook(HEADER, (*ROW[:3], DAY, 12)),
    "a moment for a year": lambda: workbook(HEADER, (*ROW[:3], datetime(2024, 1, 1), 12)),
    "text in cells": lambda: workbook(HEADER, GOOD),
    "a sheet further on": lambda: workbook(("Read me",), name="Info", Data=(HEADER, ROW)),
    "blank rows in a workbook": lambda: workbook(HEADER, (), ROW, (), ()),
    "a title over text": lambda: b"Clients by area\n\n" + csv(GOOD),
    "Excel's own first row": lambda: b"sep=;\n" + csv(GOOD, sign=";"),
    "semicolons": lambda: csv(GOOD, sign=";"),
    "columns in another order": lambda: csv(GOOD[::-1], header=HEADER[::-1]),
    "spaces around cells": lambda: csv(tuple(f" {cell} " for cell in GOOD)),
    "dense values": lambda: json_stat(
        size=[1, 1, 1, 1], dimension=dimension(SEX={"index": ["F"]}), value=[12]
    ),
    "sparse values": lambda: json_stat(value={"0": 12}),
    "a dimension by its role": lambda: json_stat(
        id=["area", "SEX", "AGE", "year"],
        role={"geo": ["area"], "time": ["year"]},
        dimension=dimension(area={"index": ["TA01"]}, year={"index": ["2024"]}),
        value={"0": 12},
    ),
    "a measure beside": lambda: json_stat(
        id=["REF_AREA", "SEX", "AGE", "TIME_PERIOD", "contents"],
        size=[1, 2, 1, 1, 1],
        role={"metric": ["contents"]},
        dimension=dimension(contents={"label": {"n": "Clients"}}),
        value={"0": 12},
    ),
    "our own mark": lambda: json_stat(value={"0": 12}, status={"0": "revised"}),
    "an extract": lambda: extract(COUNTED),
    "an extract in a workbook": lambda: workbook(*EXTRACT, COUNTED),
    "an extract in codes": lambda: extract(("TA01", "2024", "F", "Y15T24", "12")),
}


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_file_is_read_as_the_same_row(open_dataset, kind):
    release = bring(open_dataset, ODD[kind]())

    value = SourceValue.objects.get(release=release)
    assert (value.area.key, value.value, value.time, release.rows) == ("TA01", 12, 2024, 1)


def test_a_reason_comes_with_every_form(open_dataset):
    release = bring(open_dataset, json_stat(value=[None, None], status="not-collected"))

    assert set(release.values.values_list("value", "status")) == {(None, "not-collected")}


def test_which_sheet_was_read_is_said(open_dataset):
    with in_language("en"):
        release = bring(open_dataset, ODD["a sheet further on"]())

    assert [one["words"] for one in release.warnings] == [
        "The sheet “Data” was read, and not “Info”."
    ]


def test_what_an_extract_says_of_its_coverage_is_said(open_dataset):
    release = bring(open_dataset, extract(COUNTED))

    assert "Koto-AJ: kattavuus 40/292" in [one["words"] for one in release.warnings]
