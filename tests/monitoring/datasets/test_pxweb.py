"""PxWebApi 2, read by the clients of the field as they are."""

from io import BytesIO
from urllib.parse import urlencode

import openpyxl
import pandas
import pxweb
import pytest
from django.test import Client
from pyjstat import pyjstat

from monitoring.datasets import example
from monitoring.datasets.models import Dataset
from monitoring.datasets.pxweb import selection
from tests.factories.datasets import released_dataset
from tests.monitoring.datasets.making import MOMENT, correct
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ROOT = "/pxweb/api/v2"
SITE = "https://portal.example.org"
DATA = f"{ROOT}/tables/{example.SLUG}/data"


def selected(**codes):
    return {
        "selection": [
            {"variableCode": variable, "valueCodes": values} for variable, values in codes.items()
        ]
    }


def post(client, body, **headers):
    return client.post(f"{DATA}?lang=en", body, content_type="application/json", **headers)


@pytest.fixture
def api(live_server, released):
    return pxweb.PxApi(f"{live_server.url}{ROOT}", language="en", disable_cache=True)


def test_pxwebpy_reads_the_dataset_as_it_is(api):
    [table] = api.all_tables()
    assert (table["id"], table["firstPeriod"]) == (example.SLUG, "2024")
    assert api.search(query="clients")["tables"] == [table]
    assert api.get_paths()

    variables = api.get_table_variables(example.SLUG)
    assert list(variables) == ["REF_AREA", "SEX", "AGE", "TIME_PERIOD"]
    assert variables["SEX"]["category"]["label"] == {"_T": "Total", "F": "Women", "M": "Men"}
    assert variables["SEX"]["elimination"]

    rows = api.get_table_data_all(example.SLUG, show="code")
    assert len(rows) == 72
    by_codes = {(row["Area"], row["Sex"], row["Age"]): row["value"] for row in rows}
    assert by_codes["TA01", "F", "Y15T24"] is None
    assert by_codes["TA03", "M", "Y55T64"] == 100

    [codelist] = variables["REF_AREA"]["codelists"]
    parts = api.get_code_list(codelist["id"])
    assert [one["code"] for one in parts["values"]] == ["TA01", "TA02", "TA03"]
    of_parts = api.get_table_data(
        example.SLUG,
        {"REF_AREA": "*", "SEX": "M", "AGE": "Y55T64", "TIME_PERIOD": "2024"},
        code_list={"REF_AREA": codelist["id"]},
    )
    assert [row["Area"] for row in of_parts] == ["Area 01", "Area 02", "Area 03"]


def test_pxwebpy_splits_what_is_more_than_one_answer_holds(api, monkeypatch):
    monkeypatch.setattr(selection, "MOST_CELLS", 20)
    api._client.configuration["maxDataCells"] = 20
    api.max_workers = 1

    assert len(api.get_table_data_all(example.SLUG)) == 72


@pytest.mark.filterwarnings("ignore:Shouldn't use this function:DeprecationWarning")  # its own
def test_pyjstat_reads_an_answer(client, released):
    answer = post(client, selected(REF_AREA=["*"], SEX=["F"], AGE=["Y15T24"], TIME_PERIOD=["*"]))

    frame = pyjstat.Dataset.read(answer.content.decode()).write("dataframe")

    assert list(frame["Area"]) == ["Whole country without Åland", "Area 01", "Area 02", "Area 03"]
    assert pandas.isna(frame["value"][1])
    assert "value" in frame.columns


def test_a_post_needs_neither_token_nor_cookie_and_sets_none(released):
    client = Client(enforce_csrf_checks=True)
    answer = post(client, selected(REF_AREA=["FI"], TIME_PERIOD=["2024"]))

    assert answer.status_code == 200
    assert not answer.cookies
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_values_are_dense_and_the_status_says_why_there_is_none(client, released):
    answer = post(
        client, selected(REF_AREA=["TA01"], SEX=["F"], AGE=["Y15T24"], TIME_PERIOD=["2024"])
    ).json()

    assert (answer["value"], answer["status"]) == ([None], {"0": "suppressed"})
    assert answer["extension"]["status"]["label"] == {"suppressed": "Suppressed: too few people"}
    assert answer["extension"]["example"] is True
    assert answer["label"].startswith("Example: ")


def test_a_correction_marks_its_values(client, released, figures):
    correct(released, figures, TA03_M_Y55T64=130)

    chosen = selected(REF_AREA=["TA03"], SEX=["M"], AGE=["*"], TIME_PERIOD=["2024"])
    answer = post(client, chosen).json()

    assert answer["value"][-1] == 130
    assert answer["status"]["5"] == "revised"
    assert "1" not in answer["status"]


def test_a_variable_that_is_left_out_stands_at_its_total(client, released):
    answer = post(client, selected(REF_AREA=["TA03"], TIME_PERIOD=["2024"])).json()

    assert (answer["id"], answer["value"]) == (["REF_AREA", "TIME_PERIOD"], [1000])


def test_nothing_selected_is_a_default(client, released):
    answer = client.get(f"{DATA}?lang=sv").json()

    assert answer["size"] == [4, 1, 1, 1]
    assert answer["dimension"]["SEX"]["category"]["label"] == {"_T": "Totalt"}


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ("TA02,TA01", ["TA01", "TA02"]),
        ("TA*", ["TA01", "TA02", "TA03"]),
        ("TA0?", ["TA01", "TA02", "TA03"]),
        ("top(1)", ["TA03"]),
        ("bottom(2)", ["FI", "TA01"]),
        ("from(TA02)", ["TA02", "TA03"]),
        ("to(TA01)", ["FI", "TA01"]),
        ("range(TA01,TA02),FI", ["FI", "TA01", "TA02"]),
    ],
)
def test_an_address_selects_by_names_masks_and_words(client, released, expression, codes):
    chosen = {"valueCodes[REF_AREA]": expression, "valueCodes[TIME_PERIOD]": "*"}

    answer = client.get(DATA, chosen).json()

    assert list(answer["dimension"]["REF_AREA"]["category"]["index"]) == codes


def test_csv_has_the_same_values(client, released):
    chosen = {"valueCodes[REF_AREA]": "TA01", "valueCodes[SEX]": "F", "valueCodes[AGE]": "*"}
    chosen |= {"valueCodes[TIME_PERIOD]": "2024", "outputFormat": "csv"}

    lines = client.get(DATA, chosen).content.decode().splitlines()

    assert lines[0] == "REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,NOTE"
    assert any(line.startswith("TA01,F,Y15T24,2024,,suppressed") for line in lines)


def test_a_spreadsheet_opens_the_workbook_with_typed_cells(client, released):
    chosen = {"valueCodes[REF_AREA]": "TA01,TA03", "valueCodes[SEX]": "F"}
    chosen |= {"valueCodes[AGE]": "Y15T24", "valueCodes[TIME_PERIOD]": "2024", "lang": "en"}

    content = client.get(DATA, chosen | {"outputFormat": "xlsx"}).content
    data, about = openpyxl.load_workbook(BytesIO(content)).worksheets
    header, *rows = data.iter_rows(values_only=True)

    assert header == (*("REF_AREA", "SEX", "AGE"), "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS", "NOTE")
    assert rows == [
        ("TA01", "F", "Y15T24", "2024", None, "suppressed", "Example"),
        ("TA03", "F", "Y15T24", "2024", 100, None, "Example"),
    ]
    assert "invented" in str(list(about.iter_rows(values_only=True)))


def test_the_requests_of_rs_pxweb_are_answered(client, released):
    """Its order (rOpenGov/pxweb, tests/testthat/test-pxweb_v2*.R), with our table and codes."""
    config = client.get(f"{ROOT}/config").json()
    assert {"maxCallsPerTimeWindow", "timeWindow", "maxDataCells"} <= config.keys()

    found = client.get(f"{ROOT}/tables", {"query": "clients", "lang": "en", "pageSize": 1}).json()
    assert [table["id"] for table in found["tables"]] == [example.SLUG]
    table = client.get(f"{ROOT}/tables/{example.SLUG}?lang=en").json()
    assert {"self", "metadata", "data"} == {link["rel"] for link in table["links"]}

    metadata = client.get(f"{ROOT}/tables/{example.SLUG}/metadata?lang=en").json()
    assert metadata["extension"]["px"]["tableid"] == example.SLUG
    [codelist] = metadata["dimension"]["AGE"]["extension"]["codeLists"]
    assert client.get(codelist["links"][0]["href"].removeprefix(SITE)).status_code == 200

    asked = {"lang": "en", "outputFormat": "json-stat2"}
    asked |= {"codelist[AGE]": codelist["id"], "outputValues[AGE]": "single"}
    body = selected(REF_AREA=["TA03"], SEX=["F", "M"], AGE=["*"], TIME_PERIOD=["top(1)"])
    answer = client.post(f"{DATA}?{urlencode(asked)}", body, content_type="application/json").json()

    assert list(answer["dimension"]) == ["REF_AREA", "SEX", "AGE", "TIME_PERIOD"]
    assert answer["size"] == [1, 2, 5, 1] and answer["value"] == [100] * 10


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("outputFormat=px", "json-stat2, csv, xlsx"),
        ("lang=de", "fi, sv, en"),
        ("valueCodes[REF_AREA]=TA99&valueCodes[TIME_PERIOD]=2024", "TA99"),
        ("valueCodes[NOTHING]=1", "REF_AREA"),
        ("valueCodes[REF_AREA]=top(x)&valueCodes[TIME_PERIOD]=*", "top(x)"),
        ("valueCodes[REF_AREA]=*", "TIME_PERIOD"),
        ("codelist[REF_AREA]=vs_other", "vs_other"),
    ],
)
def test_what_cannot_be_read_is_a_400_that_says_what_there_is(client, released, query, named):
    answer = client.get(f"{DATA}?{query}")

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert named in answer.content.decode()


@pytest.mark.parametrize("body", ["{", "[]", "1", '{"selection": [1]}', '{"selection": [{}]}'])
def test_a_body_that_is_no_selection_is_a_400(client, released, body):
    assert post(client, body).status_code == 400


def test_more_cells_than_one_answer_holds_are_refused(client, released, monkeypatch):
    monkeypatch.setattr(selection, "MOST_CELLS", 10)

    answer = post(client, selected(REF_AREA=["*"], SEX=["*"], AGE=["*"], TIME_PERIOD=["*"]))

    assert answer.status_code == 400


def test_what_is_not_released_is_not_there(client, dataset):
    assert client.get(f"{ROOT}/tables").json()["page"]["totalElements"] == 0
    for tail in ("", "/metadata", "/data"):
        assert client.get(f"{ROOT}/tables/{dataset.slug}{tail}").status_code == 404
    assert client.get(f"{ROOT}/codelists/vs_{dataset.slug}.SEX._T").status_code == 404


def test_an_answer_is_not_sent_again_to_who_has_it(client, released):
    etag = client.get(DATA)["ETag"]

    assert client.get(DATA, headers={"If-None-Match": etag}).status_code == 304


def test_the_list_of_tables_is_paged_and_narrowed(client, released):
    def found(query):
        return client.get(f"{ROOT}/tables?lang=en&{query}").json()["page"]["totalElements"]

    assert found("query=clients sex") == 1
    assert found("query=nothing") == 0
    assert found("pastDays=1") == 1
    Dataset.objects.update(released_at=MOMENT)
    assert found("pastDays=1") == 0
    assert client.get(f"{ROOT}/tables?pageSize=x").status_code == 400


def test_a_page_of_tables_leads_to_the_next(client, three_areas):
    for _number in range(3):
        released_dataset(three_areas[1:])
    page = client.get(f"{ROOT}/tables?lang=en&pageSize=2").json()["page"]
    links = {link["rel"]: link["href"] for link in page["links"]}

    assert (page["totalElements"], page["totalPages"]) == (3, 2)
    assert links.keys() == {"next", "last"}
    assert len(client.get(links["next"].removeprefix(SITE)).json()["tables"]) == 1


def test_more_cells_cost_no_more_queries(client, released):
    few = selected(REF_AREA=["FI"], SEX=["F"], AGE=["_T"], TIME_PERIOD=["2024"])
    many = selected(REF_AREA=["*"], SEX=["*"], AGE=["*"], TIME_PERIOD=["*"])
    post(client, few)

    assert queries_of(lambda: post(client, many)) == queries_of(lambda: post(client, few))
