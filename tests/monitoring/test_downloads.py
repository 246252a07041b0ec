"""The files of an indicator: the same values in each, typed, open to every site, safe to open."""

import json
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from monitoring import downloads
from portal.places.models import Area
from tests.factories.monitoring import AreaFactory, IndicatorFactory, ObservationFactory, values
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
BASE = "/en/indicators/jobseekers"
ENDINGS = ["csv", "svg", "xlsx", "json", "metadata.json"]


@pytest.fixture
def series(jobseekers):
    values(jobseekers, _2024M05="not-collected", _2024M06=46709, _2024M07=0, _2024M08=43952)
    return jobseekers


@pytest.mark.parametrize("ending", ENDINGS)
def test_any_site_may_read_a_file_and_nobody_a_draft(client, series, ending):
    values(IndicatorFactory(slug="draft", published=False), _2024M06=5, _2024M07=6)

    answer = client.get(f"{BASE}.{ending}")

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert client.get(f"/en/indicators/draft.{ending}").status_code == 404


@pytest.mark.parametrize("ending", [one for one in ENDINGS if one != "metadata.json"])
def test_area_and_time_narrow_a_file_and_what_is_wrong_is_named(client, series, ending):
    assert client.get(f"{BASE}.{ending}?area=FI&time=2024").status_code == 200
    for query in ("area=XX", "time=soon"):
        assert client.get(f"{BASE}.{ending}?{query}").status_code == 400


def test_the_picture_has_a_style_that_its_policy_names_and_no_other(client, series):
    answer = client.get(f"{BASE}.svg")

    root = ElementTree.fromstring(answer.content)
    policy = answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert "default-src 'none'" in policy and "style-src 'sha256-" in policy
    assert "unsafe-inline" not in policy
    words = "".join(root.itertext())
    assert "46,709" in words and "43,952" in words and "CC BY 4.0" in words
    assert root.find("{http://www.w3.org/2000/svg}desc").text.startswith("In August 2024")


def test_one_value_makes_no_picture(client, jobseekers):
    values(jobseekers, _2024M05=1)

    assert client.get(f"{BASE}.svg").status_code == 404
    assert client.get(f"{BASE}.xlsx").status_code == 200


def test_a_workbook_has_typed_cells_and_takes_no_text_for_a_formula(client, series):
    ObservationFactory(indicator=series, time="2024M09", note="=1+1", value=Decimal(3))

    book = load_workbook(BytesIO(client.get(f"{BASE}.xlsx").content))

    sheet, about = book.worksheets
    rows = list(sheet.iter_rows(min_row=2))
    assert [row[4].value for row in rows] == [None, 46709, 0, 43952, 3]
    assert [row[4].data_type for row in rows[1:]] == ["n"] * 4
    assert rows[0][5].value == "Not collected"
    assert (rows[4][7].value, rows[4][7].data_type) == ("=1+1", "s")
    told = {row[0].value: row[1].value for row in about.iter_rows() if len(row) > 1}
    assert told["Source"] == "source en" and told["Licence"].startswith("CC BY 4.0")


def test_more_rows_than_a_workbook_takes_are_given_as_csv(client, series, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_ROWS", 3)

    answer = client.get(f"{BASE}.xlsx?area=FI")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{BASE}.csv?area=FI")


def test_json_stat_has_every_crossing_and_the_reason_for_none(client, series):
    other = AreaFactory(kind=Area.Kind.REGION, code="02", name_en="Southwest")
    ObservationFactory(indicator=series, area=other, time="2024M06", value=Decimal(9))

    answer = json.loads(client.get(f"{BASE}.json").content)

    assert answer["id"] == ["area", "time"] and answer["size"] == [2, 4]
    assert answer["value"] == [None, 46709, 0, 43952, None, 9, None, None]
    assert set(answer["status"]) == {"0", "4", "6", "7"}
    assert answer["dimension"]["area"]["category"]["label"]["MK02"] == "Southwest"
    assert answer["extension"]["license"].endswith("/by/4.0/")


def test_the_strip_leads_to_every_file_of_what_is_shown(client, series):
    page = BeautifulSoup(client.get(f"{BASE}/?area=FI&time=2024").content, "html.parser")

    strip = page.select_one(".reuse")
    found = [one["href"] for one in strip.select("li a")]
    for ending in ("svg", "csv", "xlsx", "json"):
        assert f"{BASE}.{ending}?area=FI&time=2024" in found
        assert client.get(f"{BASE}.{ending}?area=FI&time=2024").status_code == 200
    assert client.get(f"{BASE}.metadata.json").json()["names"]["en"] == series.name_en
    assert "Integration portal: " in strip.select_one("#citation").text
    assert strip.select_one("[data-copy=citation]")
    assert "<iframe" in strip.select_one("pre").text


def test_the_frame_shows_picture_and_table_and_leads_to_the_page(client, series):
    frame = client.get("/embed/indicator/?slug=jobseekers&language=en")

    page = BeautifulSoup(frame.content, "html.parser")
    assert "/jobseekers/?area=FI" in page.select_one("h1 a")["href"]
    assert page.select_one(".chart svg[role=img]")
    assert [one.text for one in page.select("tbody th")] == [
        "May 2024", "June 2024", "July 2024", "August 2024",
    ]  # fmt: skip
    assert client.get("/embed/indicator/?slug=nothing").status_code == 404
    assert client.get("/embed/indicator/?slug=jobseekers&area=XX").status_code == 400


def test_a_long_series_costs_a_file_the_queries_of_a_short_one(client, jobseekers):
    values(jobseekers, _2023M01=1, _2023M02=2)
    before = {ending: queries_of_page(client, f"{BASE}.{ending}") for ending in ENDINGS}
    values(jobseekers, **{f"_2024M{month:02d}": month for month in range(1, 13)})

    assert {ending: queries_of_page(client, f"{BASE}.{ending}") for ending in ENDINGS} == before
