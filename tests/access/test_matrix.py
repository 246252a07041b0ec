"""The access matrix: every address, who may open it, and what the others get.

`tests/access/<app>.toml`, or `access.toml` in an app's own folder, has one `[[route]]` a way in:

    name = "organisations:mine"      # the URL name with its namespace, or its pattern
    path = "/en/partners/mine/"      # {words} are filled from tests/access/worlds/<app>.py
    may = ["signed_in"]              # everyone, signed_in, staff, or roles by name (see ROLES)
    answer = 200                     # what they get (default 200)
    anonymous = "login"              # what a reader without an account gets if not among `may`
    others = 404                     # what the rest get (default 404)
    outside = "login"                # under /cms/: what the rest get who do not work here
    org_member = 403                 # what one role gets, where it is neither
    method = "GET"                   # POST lines send `data` (a table), also filled from the worlds

`anonymous = "login"` means a redirect to the sign-in page. A route may have many lines; a route
without any fails the build. `[[prefix]] name = "wagtailadmin"` covers a namespace of Wagtail's or
allauth's whose addresses are walked by tests of their own.

`tests/access/worlds/<app>.py` has `build(people) -> dict` : it makes the rows that the lines name
(drafts, applications, …) with the factories, and may add people (org_owner, org_member,
other_org_owner) to `people`.
"""

import tomllib
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from portal.caching import memory
from portal.caching.fragments import cache

HERE = Path(__file__).parent
STAFF = ["editor", "lawyer", "statistician", "programme", "superuser"]
SIGNED_IN = ["member", "org_owner", "org_member", "other_org_owner", *STAFF]
ROLES = ["anonymous", *SIGNED_IN]
GROUPS = {"everyone": ROLES, "signed_in": SIGNED_IN, "staff": STAFF}

FILES = [
    *sorted(HERE.glob("*.toml")),
    *(file for app in apps.get_app_configs() if (file := Path(app.path) / "access.toml").exists()),
]
TABLES = [tomllib.loads(file.read_text()) for file in FILES]
NAMES = [file.stem if file.stem != "access" else file.parent.name for file in FILES]
LINES = [line for table in TABLES for line in table.get("route", [])]
PREFIXES = tuple(line["name"] for table in TABLES for line in table.get("prefix", []))


def walk(patterns, namespace="", route=""):
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, [namespace, pattern.namespace]))
            yield from walk(pattern.url_patterns, inner, here)
        elif isinstance(pattern, URLPattern):
            yield ":".join(filter(None, [namespace, pattern.name])) if pattern.name else here


def addresses():
    with translation.override("en"):
        return sorted(set(walk(get_resolver().url_patterns)))


def test_every_address_has_a_line():
    named = {line["name"] for line in LINES}

    without = [name for name in addresses() if name not in named and not name.startswith(PREFIXES)]

    assert without == []


def test_every_line_has_an_address():
    known = set(addresses())

    assert [line["name"] for line in LINES if line["name"] not in known] == []


def filled(value, world):
    if isinstance(value, str):
        return value.format_map(world)
    if isinstance(value, dict):
        return {key: filled(inner, world) for key, inner in value.items()}
    return value


def send(client, line, world):
    path = filled(line["path"], world)
    if line.get("method", "GET") == "POST":
        return client.post(path, filled(line.get("data", {}), world))
    return client.get(path)


def expected(line, role):
    may = {name for word in line["may"] for name in GROUPS.get(word, [word])}
    if role in line:
        return line[role]
    if role in may:
        return line.get("answer", 200)
    if role == "anonymous":
        return line.get("anonymous", "login")
    if role not in STAFF and "outside" in line:
        return line["outside"]
    return line.get("others", 404)


def given(response):
    if response.status_code == 302 and response["Location"].startswith("/accounts/login/"):
        return "login"
    return response.status_code


@contextmanager
def undone():
    """What one line does to the rows, and what was kept of it, is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    memory.forget()
    cache.clear()


@pytest.mark.parametrize("table", TABLES, ids=NAMES)
def test_matrix(table, world, people, client, subtests):
    """The rows are made once for the lines of a file; each line begins with them as they were."""
    for line in table.get("route", []):
        differences = []
        with undone():
            for role in ROLES:
                client.logout()
                if role != "anonymous":
                    client.force_login(people[role])
                answer = given(send(client, line, world))
                if answer != expected(line, role):
                    differences.append((role, answer, "expected", expected(line, role)))
        with subtests.test(f"{line.get('method', 'GET')} {line['name']}: {line['path']}"):
            assert not differences, "\n".join(map(str, differences))
