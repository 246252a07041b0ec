"""The API does what its description says: every operation, with good parameters and bad ones."""

import json
from urllib.parse import urlencode

import pytest

from portal.api.schema import openapi
from portal.api.urls import urlpatterns

from .schemas import differences

pytestmark = pytest.mark.django_db

OPERATIONS = {path: methods["get"] for path, methods in openapi("en")["paths"].items()}
BY_THE_DATA = (
    *("within", "area", "topic", "audience", "section", "organisation", "kind"),
    *("REF_AREA", "TIME_PERIOD", "dimensions", "release", "areas", "dataset"),
)
JUNK = [
    "",
    "x",
    "0",
    "-1",
    "1.5",
    "1_0",
    "١",
    "99999999999999999999",
    "2025-02-30",
    "1700000000",
    "null",
    "[]",
    "' OR 1=1 --",
    "ä" * 300,
    "%00"[1:],
    "\u202e",
]


def filled(path, data):
    """The path with the data's values; /organisations/{slug} takes the organisation's."""
    room = path.split("/")[3].removesuffix("s")
    return path.format_map({**data, "slug": data.get(room, "")})


def usable(shape):
    """A few values that a parameter of this shape must take."""
    if "enum" in shape:
        return shape["enum"]
    if shape.get("format") == "date":
        return ["2025-06-01", "1900-01-01", "9999-12-31"]
    if shape["type"] == "integer":
        return [shape["minimum"]]
    return ["a"]


def check(response, operation, schema):
    """Raise unless the answer is one that the operation declares, in its type and shape."""
    declared = operation["responses"]
    assert str(response.status_code) in declared, response.content[:300]
    found = declared[str(response.status_code)]
    if "$ref" in found:
        found = schema["components"]["responses"][found["$ref"].rpartition("/")[2]]
    media_type = response["Content-Type"].partition(";")[0]
    assert media_type in found["content"]
    if media_type != "text/csv":
        shape = found["content"][media_type]["schema"]
        assert differences(schema, shape, json.loads(response.content)) == []


def test_every_address_is_described():
    described = {path.removeprefix("/api/v1/") for path in OPERATIONS}
    routed = {
        str(pattern.pattern).replace("<", "{").replace(">", "}").rstrip("/")
        for pattern in urlpatterns
        if pattern.name not in ("start", "docs", "openapi")
    }

    assert described == routed


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_operation_answers_as_described(path, data, client):
    response = client.get(filled(path, data))

    assert response.status_code == 200
    check(response, OPERATIONS[path], openapi("en"))


@pytest.mark.parametrize("path", OPERATIONS)
def test_every_good_value_of_a_parameter_is_taken_or_finds_nothing(path, data, client):
    for parameter in OPERATIONS[path]["parameters"]:
        if parameter["in"] == "query":
            for value in usable(parameter["schema"]):
                response = client.get(filled(path, data), {parameter["name"]: value})
                check(response, OPERATIONS[path], openapi("en"))
                if response.status_code == 400:  # such as an area that there is not
                    named = response.json()["errors"][0]
                    assert named["parameter"] == parameter["name"] in BY_THE_DATA


@pytest.mark.parametrize("path", OPERATIONS)
def test_no_bad_value_of_a_parameter_is_a_fault(path, data, client, settings):
    settings.API_REQUESTS_A_MINUTE = 10_000
    for parameter in OPERATIONS[path]["parameters"]:
        for junk in JUNK:
            if parameter["in"] == "query":
                response = client.get(filled(path, data), {parameter["name"]: junk})
            else:
                response = client.get(filled(path, {**data, "slug": junk, parameter["name"]: junk}))
            if response.status_code in (301, 404) and parameter["in"] == "path":
                continue  # an empty or a slashed value leads elsewhere
            check(response, OPERATIONS[path], openapi("en"))
            if response.status_code == 400:
                assert response.json()["errors"][0]["parameter"] == parameter["name"]


@pytest.mark.parametrize("path", OPERATIONS)
def test_a_parameter_that_is_not_known_is_named(path, data, client):
    response = client.get(f"{filled(path, data)}?{urlencode({'a[]': '1'})}")

    check(response, OPERATIONS[path], openapi("en"))
    assert response.json()["errors"][0]["parameter"] == "a[]"


def test_the_description_is_openapi_3_1_and_in_three_languages(client):
    texts = {
        language: client.get("/api/v1/openapi.json", {"language": language}).json()
        for language in ("fi", "sv", "en")
    }

    assert texts["en"]["openapi"] == "3.1.0"
    assert texts["en"]["paths"].keys() == texts["fi"]["paths"].keys() == texts["sv"]["paths"].keys()
    assert (
        len({text["paths"]["/api/v1/law/acts"]["get"]["summary"] for text in texts.values()}) == 3
    )


def test_every_reference_of_the_description_leads_somewhere():
    schema = openapi("en")
    text = json.dumps(schema)

    for kind, parts in schema["components"].items():
        for name in parts:
            text = text.replace(f'"#/components/{kind}/{name}"', "")
    assert "#/components/" not in text


def test_operations_and_parameters_say_what_they_are():
    for path, operation in OPERATIONS.items():
        assert operation["summary"] and operation["description"], path
        assert all(parameter["description"] for parameter in operation["parameters"]), path


def test_what_is_written_for_who_reads_the_code_is_not_in_the_description():
    shapes = openapi("fi")["components"]["schemas"]

    assert [name for name, shape in shapes.items() if "description" in shape] == ["Problem"]
