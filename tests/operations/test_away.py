"""The database is away: every page says so, in words, and when to ask again."""

import sqlite3

import pytest
from django.db import InterfaceError, OperationalError, connection

from portal.away import is_away

pytestmark = pytest.mark.django_db

WORDS = {
    "fi": "Palvelu ei ole hetkeen tavoitettavissa",
    "sv": "Tjänsten kan inte nås för en stund",
    "en": "The service is out of reach for a moment",
}


@pytest.fixture
def database_away(client, monkeypatch):
    """No cursor of any kind: `cache_version` asks with one of its own."""

    def gone(*args, **kwargs):
        raise OperationalError("connection refused")

    client.raise_request_exception = False
    monkeypatch.setattr(connection, "make_cursor", gone)


@pytest.mark.usefixtures("database_away")
class TestAway:
    @pytest.mark.parametrize("language", WORDS)
    def test_pages_say_so_in_the_language_of_the_address(self, client, language):
        response = client.get(f"/{language}/")

        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert response["Cache-Control"] == "no-store"
        assert WORDS[language] in response.text

    @pytest.mark.parametrize("language", WORDS)
    def test_elsewhere_in_the_language_of_the_browser(self, client, language):
        client.cookies["__Host-session"] = "somebody"
        response = client.get("/accounts/profile/", headers={"accept-language": language})

        assert response.status_code == 503
        assert WORDS[language] in response.text

    def test_the_api_has_its_own_shape(self, client):
        response = client.get("/api/v1/areas?language=sv")

        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert response.json()["status"] == 503

    def test_a_post_is_refused_likewise(self, client):
        response = client.post(
            "/accounts/login/", {"login": "aino@example.org", "password": "a long password"}
        )

        assert response.status_code == 503


def caused(error, cause):
    error.__cause__ = cause
    return error


def sqlite(name):
    error = sqlite3.OperationalError()
    error.sqlite_errorname = name
    return error


def test_a_fault_is_no_absence():
    assert is_away(InterfaceError("connection already closed"))
    assert is_away(caused(OperationalError(), sqlite("SQLITE_BUSY")))
    assert not is_away(caused(OperationalError(), sqlite("SQLITE_ERROR")))
    assert not is_away(ValueError())
    assert not is_away(None)
