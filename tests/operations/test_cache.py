import time

import pytest
from django.core.cache import caches

from portal.caching.fragments import cache
from portal.caching.redis_cache import Client
from tests import services
from tests.programs import free_port


@pytest.fixture
def use(settings):
    """Make a Redis at this address the cache of the portal."""

    def use(url):
        redis = {"BACKEND": "portal.caching.redis_cache.Cache", "LOCATION": url}
        settings.CACHES = {**settings.CACHES, "fragments": redis, "renditions": redis}
        Client.away_until = 0.0
        return caches["fragments"]

    yield use
    Client.away_until = 0.0


@pytest.mark.redis
def test_redis_keeps_what_it_is_given(use):
    redis = use(services.redis_server())
    redis.clear()

    redis.set("name", {"of": "Kainuu"})
    redis.set_many({"one": 1, "two": 2})

    assert redis.get("name") == {"of": "Kainuu"}
    assert redis.get_many(["one", "two", "three"]) == {"one": 1, "two": 2}
    assert redis.incr("one") == 2
    assert redis.add("one", 7) is False
    assert "two" in redis
    redis.delete_many(["one", "two"])
    assert redis.get("one", "gone") == "gone"


class TestAway:
    @pytest.fixture
    def away(self, use):
        return use(f"redis://127.0.0.1:{free_port()}/0")

    def test_it_is_like_an_empty_cache(self, away):
        away.set("name", "Kainuu")
        away.set_many({"one": 1})
        away.delete("name")

        assert away.get("name") is None
        assert away.get("name", "none") == "none"
        assert away.get_many(["name"]) == {}
        assert "name" not in away
        assert away.get_or_set("name", lambda: "made") == "made"
        with pytest.raises(ValueError, match="not found"):
            away.incr("count")

    def test_it_is_asked_again_after_a_while_and_not_at_once(self, away, use, monkeypatch):
        away.get("name")
        asked = []
        monkeypatch.setattr(Client, "get_client", lambda self, key=None, **_: asked.append(key))

        away.get("name")
        assert asked == []

        monkeypatch.setattr(Client, "away_until", time.monotonic() - 1)
        with pytest.raises(AttributeError):
            away.get("name")
        assert len(asked) == 1

    @pytest.mark.django_db
    def test_pages_are_served_and_readyz_tells(self, away, client):
        assert client.get("/fi/").status_code == 200

        response = client.get("/readyz")
        assert response.status_code == 503
        assert response.json()["cache"] == "failed"
        assert cache.get("readyz") is None
