"""Junk is answered 400 everywhere, in a readable page, before anything else reads it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from portal.request_validation import refuse_junk

pytestmark = pytest.mark.django_db

PATHS = ["/", "/en/search/", "/accounts/login/", "/cms/", "/livez", "/en/no-such-page/"]
FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "query", ["q=%00", "q=a%00b", "%00=a", "q=%ff%fe", "q=%c0%af", "q=%07", "q=%7f"]
)
def test_query_that_is_not_text_is_refused(client, path, query):
    response = client.get(path, QUERY_STRING=query)

    assert response.status_code == 400
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/en/a%00b/", "/en/%ff%fe/", "/cms/%01/"])
def test_path_that_is_not_text_is_refused(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["evil.example", "portal.example.org.evil.example", "", "a b"])
def test_foreign_host_is_refused_and_not_echoed(client, path, host):
    response = client.get(path, headers={"host": host})

    assert response.status_code == 400
    assert b"evil.example" not in response.content


def test_forwarded_host_is_not_believed(client):
    response = client.get("/accounts/login/", headers={"x-forwarded-host": "evil.example"})

    assert response.status_code == 200
    assert b"evil.example" not in response.content


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "no-such-charset", "utf-7", "punycode"])
def test_form_in_another_charset_is_refused(client, path, charset):
    response = client.generic("POST", path, b"a=b", content_type=f"{FORM}; charset={charset}")

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("login=%00", FORM),
        ("login=%ff", FORM),
        (b"login=\x00", FORM),
        (b"login=\xff\xfe", FORM),
        ("x", "multipart/form-data"),
        ("x", "multipart/form-data; boundary=" + "b" * 300),
        ("&".join(f"a{n}=1" for n in range(10_100)), FORM),
        (
            b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\na\x00b\r\n--B--\r\n',
            "multipart/form-data; boundary=B",
        ),
    ],
)
def test_broken_form_is_refused(client, body, content_type):
    response = client.generic("POST", "/accounts/login/", body, content_type=content_type)

    assert response.status_code == 400


def test_bytes_that_are_not_text_in_a_part_are_refused(client):
    part = b'--B\r\nContent-Disposition: form-data; name="login"\r\n\r\na\xff\xfeb\r\n--B--\r\n'

    response = client.generic(
        "POST", "/accounts/login/", part, content_type="multipart/form-data; boundary=B"
    )

    assert response.status_code == 400


def test_control_characters_that_were_pasted_are_dropped(client):
    response = client.post("/accounts/login/", {"login": "a\x0bb@example.org", "password": "x"})

    assert 'value="ab@example.org"' in response.text


def test_body_shorter_than_it_says_is_refused(client):
    response = client.generic(
        "POST", "/accounts/login/", "login=a", content_type=FORM, CONTENT_LENGTH="x"
    )

    assert response.status_code == 400


@pytest.mark.parametrize("header", ["HTTP_COOKIE", "HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE"])
def test_control_characters_in_headers_are_refused(client, header):
    assert client.get("/accounts/login/", **{header: "a\x00b"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {"accept-language": "x" * 8000},
        {"accept-language": ";;;,,q=9"},
        {"cookie": "a=b; ==; c"},
        {"range": "bytes=" + ",".join("0-1" for _ in range(500))},
        {"if-modified-since": "yesterday"},
        {"authorization": "Basic ?"},
        {"x-forwarded-for": "not, an, address"},
    ],
)
def test_odd_headers_are_lived_with(client, headers):
    assert client.get("/accounts/login/", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "language"), [("/fi/?q=%00", "fi"), ("/sv/?q=%00", "sv"), ("/en/?q=%00", "en")]
)
def test_refusal_is_in_the_language_of_the_address(client, path, language):
    response = client.get(path)

    assert f'lang="{language}"' in response.content.decode()


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PROPFIND", "NONSENSE"])
def test_a_method_that_is_not_understood_is_405(client, method):
    response = client.generic(method, "/en/law/")

    assert response.status_code == 405
    assert "GET" in response["Allow"]


@pytest.mark.parametrize(
    ("address", "usual"),
    [
        ("/FI/", "/fi/"),
        ("/FI/Haku/?q=Koti", "/fi/haku/?q=Koti"),
        ("/en/LAW/", "/en/law/"),
        ("/en/Kön/", "/en/k%C3%B6n/"),
        ("/api/v1/areas/", "/api/v1/areas"),
        ("/api/v1/areas/?kind=region", "/api/v1/areas?kind=region"),
        ("/API/V1/Areas?kind=region", "/api/v1/areas?kind=region"),
        ("/API/V1/areas/KU091", "/api/v1/areas/KU091"),
        ("/Api/v1/Docs/", "/api/v1/docs"),
        ("/API/v1/docs", "/api/v1/docs"),
    ],
)
def test_an_address_of_another_spelling_leads_to_the_usual_one(client, db, address, usual):
    answer = client.get(address)

    assert (answer.status_code, answer.headers.get("Location")) == (301, usual)


@pytest.mark.parametrize(
    "address", ["/xx/", "/fi/nowhere/", "/api/v1/nothing", "/accounts/Nowhere/"]
)
def test_what_is_nowhere_in_any_spelling_is_404(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/API/V1/", "/API/V1/Nothing", "/Api/nowhere", "/PxWeb/x"])
def test_a_program_is_told_in_its_own_form_whatever_the_letter_case(client, db, address):
    answer = client.get(address)

    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_characters_that_are_none_are_not_saved(client, db):
    request = RequestFactory().post("/", {"text": "a\uffffb\ufdd0c\x07d"})
    seen = {}
    refuse_junk(lambda one: seen.update(one.POST.items()) or HttpResponse())(request)

    assert seen == {"text": "abcd"}
