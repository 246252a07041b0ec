import re

import pytest
from structlog.testing import capture_logs

pytestmark = pytest.mark.django_db


def test_answer_carries_the_id_of_the_proxy(client):
    response = client.get("/livez", headers={"x-request-id": "edge-1234.abcd"})

    assert response["X-Request-ID"] == "edge-1234.abcd"


@pytest.mark.parametrize(
    "given", ["", "short", "a" * 65, "with space 123", "line\u2028feed-1", "<b>12345</b>"]
)
def test_malformed_id_is_replaced(given, client):
    response = client.get("/livez", headers={"x-request-id": given} if given else {})

    assert re.fullmatch(r"[0-9a-f]{32}", response["X-Request-ID"])


def test_two_requests_have_two_ids(client):
    assert client.get("/livez")["X-Request-ID"] != client.get("/livez")["X-Request-ID"]


def lines_of(client, *requests):
    with capture_logs() as lines:
        for path in requests:
            client.get(path).close()
    return [line for line in lines if line["event"] == "request"]


def test_request_is_one_line(client):
    [line] = lines_of(client, "/livez")

    assert (line["method"], line["path"], line["code"]) == ("GET", "/livez", 200)
    assert line["ms"] >= 0


def test_words_of_the_query_are_not_logged(client):
    [line] = lines_of(client, "/robots.txt?q=aino@example.org")

    assert "aino" not in str(line)


def test_keys_in_addresses_are_not_logged(client):
    [line] = lines_of(client, "/accounts/confirm-email/MQ:1tkey:secret/")

    assert "secret" not in str(line)
    assert line["path"].startswith("/accounts/confirm-email/")


def test_static_files_are_not_logged(client):
    assert lines_of(client, "/static/css/site.css") == []
