"""What docs/api.md says of every address."""

import pytest
from django.test import Client

from portal.api.schema import openapi
from tests.factories.law import ActFactory

from .test_schema import OPERATIONS, filled

pytestmark = pytest.mark.django_db

ACTS = "/api/v1/law/acts"


def problem_of(response):
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    body = response.json()
    assert body["status"] == response.status_code
    return body


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_answer_names_its_source_and_licence(path, data, client):
    meta = client.get(filled(path, data)).json()["meta"]

    assert meta["source"] and meta["licence"] == "CC BY 4.0"


@pytest.mark.parametrize("path", OPERATIONS)
def test_an_answer_can_be_kept_by_any_cache_and_read_by_any_site(path, data, client):
    response = client.get(filled(path, data), HTTP_ORIGIN="https://elsewhere.example.org")

    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Cookie" not in response.get("Vary", "") and "Language" not in response.get("Vary", "")
    assert not response.cookies


@pytest.mark.parametrize("path", OPERATIONS)
def test_what_has_not_changed_is_not_sent_again(path, data, client):
    etag = client.get(filled(path, data))["ETag"]

    for given in (etag, f"W/{etag}", f'"other", {etag}', "*"):
        response = client.get(filled(path, data), HTTP_IF_NONE_MATCH=given)
        assert response.status_code == 304 and not response.content
        assert response["ETag"] == etag and response["Cache-Control"] == "public, max-age=60"
    assert client.get(filled(path, data), HTTP_IF_NONE_MATCH='"other"').status_code == 200


def test_the_etag_changes_with_the_answer(data, client):
    before = client.get(ACTS)["ETag"]
    ActFactory(number=1, year=2020)

    assert client.get(ACTS, HTTP_IF_NONE_MATCH=before).status_code == 200


def test_a_failed_precondition_is_a_problem(data, client):
    response = client.get(ACTS, HTTP_IF_MATCH='"other"')

    assert response.status_code == 412
    assert problem_of(response)["type"].endswith("#precondition-failed")


def test_a_compressed_answer_keeps_its_etag_as_a_weak_one(data, client):
    for number in range(1, 20):
        ActFactory(number=number, year=2020)
    plain = client.get(ACTS)["ETag"]
    response = client.get(ACTS, HTTP_ACCEPT_ENCODING="gzip")

    assert response["Content-Encoding"] == "gzip" and response["ETag"] == f"W/{plain}"
    assert client.get(ACTS, HTTP_IF_NONE_MATCH=f"W/{plain}").status_code == 304


def test_last_modified_is_told_and_does_not_decide(data, client):
    response = client.get(ACTS)

    again = client.get(ACTS, HTTP_IF_MODIFIED_SINCE=response["Last-Modified"])
    assert again.status_code == 200


def test_a_list_comes_in_pages_with_links_and_a_total(db, client):
    for number in range(1, 6):
        ActFactory(number=number, year=2020)

    first = client.get(ACTS, {"limit": 2, "language": "en"}).json()
    second = client.get(first["links"]["next"]).json()
    third = client.get(second["links"]["next"]).json()

    assert [len(page["items"]) for page in (first, second, third)] == [2, 2, 1]
    assert first["meta"]["total"] == 5 and first["links"]["previous"] is None
    assert second["links"]["previous"].endswith("?limit=2&language=en&page=1")
    assert third["links"]["next"] is None
    assert len({item["act"] for page in (first, second, third) for item in page["items"]}) == 5


def test_an_empty_list_has_one_page(db, client):
    body = client.get(ACTS).json()

    assert body["items"] == [] and body["meta"]["total"] == 0
    assert body["links"] == {"next": None, "previous": None}


@pytest.mark.parametrize(
    ("query", "named", "detail"),
    [
        ("page=2", ["page"], "cannot be “2”"),
        ("page=x", ["page"], "A whole number, at least 1."),
        ("limit=501", ["limit"], "A whole number from 1 to 500."),
        ("language=de", ["language"], "One of these: fi, sv, en."),
        ("pgae=1", ["pgae"], "There is no such parameter here."),
        ("limit=1&limit=2", ["limit"], "Give it once."),
        ("page=x&limit=y&z=1", ["z", "page", "limit"], "There is no such parameter here."),
    ],
)
def test_wrong_parameters_are_all_named(data, client, query, named, detail):
    response = client.get(f"{ACTS}?{query}{'' if 'language' in query else '&language=en'}")
    body = problem_of(response)

    assert response.status_code == 400
    assert [error["parameter"] for error in body["errors"]] == named
    assert body["type"] == "https://portal.example.org/api/v1/docs#bad-parameter"
    if "language=de" not in query:
        assert detail in body["detail"]


def test_errors_are_in_the_language_that_the_address_names(data, client):
    titles = {
        problem_of(client.get(f"{ACTS}?page=x&language={code}"))["title"]
        for code in ("fi", "sv", "en")
    }

    assert len(titles) == 3


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/law/acts/1-2020",
        "/api/v1/law/acts/nothing",
        "/api/v1/areas/XX99",
        "/api/v1/nothing",
        "/api/v2/law/acts",
        "/api/",
    ],
)
def test_what_is_not_there_is_a_problem_of_one_shape(path, data, client):
    body = problem_of(client.get(path, {"language": "en"}))

    assert body["status"] == 404 and body["instance"] == path
    assert body["title"] == "There is nothing at this address"


def test_junk_is_answered_with_a_problem_that_any_site_may_read(client):
    response = client.get(f"{ACTS}?q=%00")

    assert problem_of(response)["type"].endswith("#bad-request")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_too_many_parameters_are_a_problem(db, client):
    assert problem_of(client.get(f"{ACTS}?{'a&' * 10_001}"))["status"] == 400


@pytest.mark.parametrize("path", [*OPERATIONS, "/api/v1/openapi.json"])
def test_only_reading_is_allowed(path, data, client):
    address = filled(path, data)
    for method in ("post", "put", "patch", "delete"):
        response = getattr(client, method)(address)
        assert problem_of(response)["status"] == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
    preflight = client.options(address, HTTP_ACCESS_CONTROL_REQUEST_HEADERS="if-none-match")
    assert preflight.status_code == 204 and not preflight.content
    assert "If-None-Match" in preflight["Access-Control-Allow-Headers"]
    assert preflight["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("path", OPERATIONS)
def test_head_tells_what_get_would(path, data, client):
    got, head = client.get(filled(path, data)), client.head(filled(path, data))

    assert head.status_code == 200 and not head.content
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head[name] == got[name]


def test_posting_needs_no_token_to_be_refused(data):
    assert Client(enforce_csrf_checks=True).post(ACTS).status_code == 405


def test_who_asks_very_often_is_told_when_to_go_on(data, client, settings):
    settings.API_REQUESTS_A_MINUTE = 2
    responses = [client.get(ACTS) for _time in range(3)]

    assert [response.status_code for response in responses] == [200, 200, 429]
    assert problem_of(responses[-1])["type"].endswith("#too-many-requests")
    assert int(responses[-1]["Retry-After"]) == 60
    assert client.get(ACTS, REMOTE_ADDR="192.0.2.7").status_code == 200


def test_nobody_is_recognised(data, people, client, django_assert_num_queries):
    client.force_login(people["superuser"])
    people["superuser"].language = "sv"
    people["superuser"].save()

    with django_assert_num_queries(3):
        response = client.get(ACTS)
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["Content-Language"] == "fi"
    assert not response.cookies


def test_a_fault_is_a_problem_too(data, client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("law.api._act", lambda act: 1 / 0)
    response = client.get(ACTS)

    assert problem_of(response)["status"] == 500
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_shows_every_operation_and_every_kind_of_error(language, client, db):
    page = client.get("/api/v1/docs", HTTP_ACCEPT_LANGUAGE=language)
    text = page.content.decode()
    schema = openapi(language)

    assert page["Content-Language"] == language
    for path, methods in schema["paths"].items():
        assert f"GET {path}" in text and methods["get"]["summary"] in text
    for name in ("bad-parameter", "not-found", "too-many-requests"):
        assert f'id="{name}"' in text
    assert "<script src" not in text.replace('<script src="/static/', "")
    assert (
        "default-src &#x27;none&#x27;" in text
        or "default-src 'none'" in (page["Content-Security-Policy"])
    )
