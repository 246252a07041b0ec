from datetime import datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from portal import health
from portal.caching.fragments import cache
from portal.resources import Listed, ResourceType
from portal.sitemaps import Views
from tests.factories.notices import LetterFactory

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


class TestHealth:
    def test_livez_asks_nothing_of_the_database(self, client, django_assert_num_queries):
        with django_assert_num_queries(0):
            response = client.get("/livez")

        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]

    def test_readyz_names_each_part(self, client):
        response = client.get("/readyz")

        assert response.status_code == 200
        assert response.json().items() >= {
            ("ready", True),
            ("database", "ok"),
            ("migrations", "ok"),
            ("cache", "ok"),
            ("search", "database"),
        }

    def test_readyz_tells_what_an_app_adds(self, client, monkeypatch):
        monkeypatch.setattr(health, "_notes", {})
        health.register("search", lambda: "database")

        assert client.get("/readyz").json()["search"] == "database"

    def test_not_ready_without_the_database(self, client, monkeypatch):
        def gone(*args):
            raise OperationalError("gone")

        monkeypatch.setattr(connection, "make_cursor", gone)
        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["database"] == "failed"

    def test_not_ready_with_a_migration_to_apply(self, client, monkeypatch):
        monkeypatch.setattr(health, "_migrated", set())
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM django_migrations WHERE app = 'running'")

        response = client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["migrations"] == "failed"

    def test_not_ready_when_the_cache_forgets(self, client, monkeypatch):
        monkeypatch.setattr(cache, "get", lambda key: None)

        assert client.get("/readyz").json()["cache"] == "failed"


class TestMetrics:
    def test_nobody_else_learns_that_they_exist(self, client, settings):
        settings.METRICS_TOKEN = "a-token"

        assert client.get("/metrics").status_code == 404
        wrong = {"authorization": "Bearer another-token"}
        assert client.get("/metrics", headers=wrong).status_code == 404

    def test_no_token_in_the_settings_opens_nothing(self, client, settings):
        settings.METRICS_TOKEN = ""

        assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404

    def test_token_opens_them(self, client, settings):
        settings.METRICS_TOKEN = "a-token"
        LetterFactory(created_at=timezone.now() - timedelta(minutes=5))

        page = client.get("/metrics", headers={"authorization": "Bearer a-token"}).text

        assert "django_http_requests_total" in page
        assert "portal_letters_waiting 1.0" in page
        assert "portal_letters_oldest_seconds 30" in page
        assert "portal_jobs_waiting 0.0" in page

    @pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("192.0.2.7", 404)])
    def test_demo_mode_opens_them_to_the_same_machine(self, address, status, client, settings):
        settings.DEMO = True

        assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


class TestCrawlers:
    def test_robots_name_the_site_map(self, client):
        text = client.get("/robots.txt").text

        assert "Disallow: /cms/" in text
        assert "Sitemap: https://portal.example.org/sitemap.xml" in text

    def entries(self, client):
        tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
        return {
            urlsplit(entry.findtext(f"{SITEMAP}loc")).path: {
                link.get("hreflang"): urlsplit(link.get("href")).path
                for link in entry.findall(f"{XHTML}link")
            }
            for entry in tree
        }

    def test_site_map_names_each_page_in_its_languages(self, client):
        homes = {"fi": "/fi/", "sv": "/sv/", "en": "/en/"}

        entries = self.entries(client)

        assert {path: entries[path] for path in homes.values()} == dict.fromkeys(
            homes.values(), homes
        )

    def test_everything_in_the_site_map_can_be_read(self, client):
        for path in self.entries(client):
            assert client.get(path).status_code == 200, path

    def test_a_room_adds_its_own(self, client, only_room):
        only_room(ResourceType("way", can=(Listed(sitemaps={"ways_in": Views("robots")}),)))

        assert set(self.entries(client)) == {"/robots.txt"}


class TestWellKnown:
    def test_security_txt_holds_for_less_than_a_year(self, client):
        fields = dict(
            line.split(": ", 1)
            for line in client.get("/.well-known/security.txt").text.splitlines()
        )

        assert fields["Contact"].startswith("mailto:")
        expires = datetime.fromisoformat(fields["Expires"])
        assert timedelta(days=30) < expires - timezone.now() < timedelta(days=365)

    def test_password_managers_find_the_change_of_password(self, client):
        response = client.get("/.well-known/change-password")

        assert response["Location"] == "/accounts/password/change/"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["/livez", "/readyz", "/robots.txt", "/.well-known/security.txt"])
def test_machines_only_read(method, path, client):
    assert getattr(client, method)(path).status_code == 405
