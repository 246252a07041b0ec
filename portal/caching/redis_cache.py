"""Redis as a cache that may vanish: without it pages are slower, and nothing fails."""

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis import RedisError

SECONDS_WITHOUT = 5.0  # after a failure, so that a server that hangs costs one wait and not many

logger = structlog.get_logger(__name__)


class Client(RedisCacheClient):
    """Django's, but a server that is away answers like an empty cache that keeps nothing."""

    away_until = 0.0  # of this process, by time.monotonic()

    def _ask(self, ask: Callable[..., Any], otherwise: Any, *arguments: Any) -> Any:
        if time.monotonic() < Client.away_until:
            return otherwise
        try:
            return ask(*arguments)
        except (RedisError, OSError) as error:
            Client.away_until = time.monotonic() + SECONDS_WITHOUT
            logger.warning("cache_away", error=type(error).__name__)
            return otherwise

    def add(self, key, value, timeout):
        return self._ask(super().add, True, key, value, timeout)

    def get(self, key, default):
        return self._ask(super().get, default, key, default)

    def set(self, key, value, timeout):
        return self._ask(super().set, None, key, value, timeout)

    def touch(self, key, timeout):
        return self._ask(super().touch, False, key, timeout)

    def delete(self, key):
        return self._ask(super().delete, False, key)

    def get_many(self, keys):
        return self._ask(super().get_many, {}, keys)

    def has_key(self, key):
        return self._ask(super().has_key, False, key)

    def incr(self, key, delta):
        """Like Django's, a key that is not there is a ValueError."""
        value = self._ask(super().incr, None, key, delta)
        if value is None:
            raise ValueError(f"Key '{key}' not found.")
        return value

    def set_many(self, data, timeout):
        return self._ask(super().set_many, None, data, timeout)

    def delete_many(self, keys):
        return self._ask(super().delete_many, None, keys)

    def clear(self):
        return self._ask(super().clear, False)


class Cache(RedisCache):
    """The backend that a `redis://` CACHE_URL gets."""

    def __init__(self, server, params):
        waits = {"socket_connect_timeout": 0.3, "socket_timeout": 0.3}
        super().__init__(server, {**params, "OPTIONS": {**waits, **params.get("OPTIONS", {})}})
        self._class = Client
