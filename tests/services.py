"""What some tests need beside Python, and what happens where it is missing.

A test marked `browser`, `postgres` or another key of SERVICES runs where that is there. Where
it is not, the test is skipped with the command that installs it; REQUIRE_SERVICES=1 makes it fail.
WITHOUT_SERVICES=1 finds none of them, as on a machine that has only Python.
"""

import os
import shutil
import socket
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import environ
import psycopg
import pytest
import redis

from portal.linguistics import voikko as reading
from portal.settings import BASE_DIR

NU = BASE_DIR / "var/services/nu/node_modules/vnu-jar/build/dist/vnu.jar"
VERAPDF = BASE_DIR / "var/services/verapdf"
WITHOUT = os.environ.get("WITHOUT_SERVICES") == "1"
if (BASE_DIR / ".env.services").exists() and not WITHOUT:
    environ.Env.read_env(BASE_DIR / ".env.services")

MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


@dataclass(frozen=True)
class Service:
    """Something outside Python: `find` gives its address or path, or None where it is missing."""

    name: str
    find: Callable[[], str | None]

    def missing(self) -> str | None:
        if not WITHOUT and self.find():
            return None
        return f"{self.name} is not there: `make services` installs and starts it"


@cache
def chromium() -> str | None:
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, filter(None, names))), None)
    return found or (MAC_CHROME if Path(MAC_CHROME).exists() else None)


@cache
def postgres() -> str | None:
    url = os.environ.get("TEST_POSTGRES_URL", "")
    if not url and os.environ.get("DATABASE_URL", "").startswith("postgres"):
        url = os.environ["DATABASE_URL"]
    if not url:
        return None
    try:
        psycopg.connect(url, connect_timeout=3).close()
    except psycopg.OperationalError:
        return None
    return url


@cache
def redis_server() -> str | None:
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        return None
    client = redis.Redis.from_url(url, socket_timeout=3)
    try:
        return url if client.ping() else None
    except redis.RedisError:
        return None
    finally:
        client.close()


@cache
def elasticsearch() -> str | None:
    url = os.environ.get("TEST_ELASTICSEARCH_URL", "")
    if not url:
        return None
    try:
        urllib.request.urlopen(f"{url}/_cat/health", timeout=5).close()
    except OSError:
        return None
    return url


@cache
def voikko() -> str | None:
    return "fi" if reading.available() else None


@cache
def nu() -> str | None:
    """The Nu Html Checker, where Java can run it."""
    return str(NU) if NU.exists() and shutil.which("java") else None


@cache
def verapdf() -> str | None:
    """The folder of veraPDF's jars, where Java can run it."""
    return str(VERAPDF) if (VERAPDF / "fetched").exists() and shutil.which("java") else None


@cache
def clamd() -> str | None:
    """The address of clamd's socket, where it answers."""
    url = os.environ.get("TEST_CLAMAV_URL", "")
    if not url:
        return None
    with socket.socket(socket.AF_UNIX) as scanner:
        try:
            scanner.connect(url.removeprefix("unix://"))
        except OSError:
            return None
    return url


@cache
def dovecot() -> str | None:
    """The address of a folder of Dovecot's, where it answers."""
    url = os.environ.get("TEST_INBOX_URL", "")
    if not url:
        return None
    address = urlsplit(url)
    try:
        socket.create_connection((address.hostname, address.port), timeout=3).close()
    except OSError:
        return None
    return url


SERVICES = {
    "browser": Service("Chromium", chromium),
    "postgres": Service("PostgreSQL", postgres),
    "redis": Service("Redis", redis_server),
    "elastic": Service("Elasticsearch", elasticsearch),
    "voikko": Service("Voikko", voikko),
    "nu": Service("The Nu Html Checker", nu),
    "verapdf": Service("veraPDF", verapdf),
    "clamav": Service("clamd", clamd),
    "dovecot": Service("Dovecot", dovecot),
}


def skip_or_fail(missing: str) -> None:
    """End a test for want of a service: skipped, or failed where none may be wanting."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(missing, pytrace=False)
    pytest.skip(missing)


def check_needs(item: pytest.Item) -> None:
    """Called before each test: ends it when something that it is marked to need is missing."""
    for marker, service in SERVICES.items():
        if item.get_closest_marker(marker) and (missing := service.missing()):
            skip_or_fail(missing)
