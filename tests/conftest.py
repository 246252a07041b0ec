"""The suite's few fixtures; what it needs beside Python is in services.py and programs.py."""

import hypothesis
import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.urls import get_resolver
from django.utils.module_loading import import_string

from portal import resources
from portal.accounts.roles import ROLES
from portal.operations.starter import steps
from tests.databases import TestDatabase
from tests.factories.accounts import UserFactory
from tests.services import check_needs

pytest_plugins = ["tests.programs", "tests.proofs", "tests.operations.keeping"]
hypothesis.settings.register_profile("suite", deadline=None)  # a timing never decides a test
hypothesis.settings.load_profile("suite")


def pytest_collection_modifyitems(config, items):
    """`postgres` is for a run on PostgreSQL; tests without a database are for one on SQLite."""
    left = [item for item in items if not _is_of(connection.vendor, item)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]


def _is_of(engine, item) -> bool:
    if engine == "sqlite":
        return not item.get_closest_marker("postgres")
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("postgres")
    return bool(marked or {"db", "transactional_db", "django_db_setup"} & set(item.fixturenames))


def pytest_runtest_setup(item):
    check_needs(item)


@pytest.fixture
def later_room(monkeypatch):
    """Registers a resource of a room that comes later, for one test."""
    monkeypatch.setattr(resources, "_types", dict(resources.resources()))
    monkeypatch.setattr(resources, "_found", {})
    return resources.register


@pytest.fixture
def only_room(monkeypatch):
    """Registers a resource, for one test, as if there were no others.

    The addresses, which are made once of what is registered, are made before.
    """
    assert get_resolver().url_patterns
    monkeypatch.setattr(resources, "_types", {})
    monkeypatch.setattr(resources, "_found", {})
    return resources.register


@pytest.fixture(scope="session")
def test_database(worker_id):
    return TestDatabase(worker_id)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, test_database):
    """Instead of pytest-django's own: a copy of a migrated template, restored after commits."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        test_database.make()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: test_database.restore())
        yield
        test_database.remove()


@pytest.fixture
def starter_site(transactional_db, test_database):
    """The starter content, as `manage.py demo` loads it, without the demo accounts."""
    test_database.fill("starter", load_starter_content)


def load_starter_content():
    for step in steps():
        if "accounts" not in step.function:
            import_string(step.function)(lambda done, total: None)


@pytest.fixture
def enter(client, db):
    """`enter(role, **fields)` signs in somebody new, with a role or only an account."""

    def enter(role=None, **fields):
        person = UserFactory(role=role, **fields)
        client.force_login(person)
        return person

    return enter


@pytest.fixture
def people(db):
    """One person in each role, a superuser, and a member of the public with an account."""
    return {role: UserFactory(role=role) for role in ROLES} | {
        "superuser": UserFactory(is_superuser=True),
        "member": UserFactory(),
    }
