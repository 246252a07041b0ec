"""Whether the portal can serve: what `/readyz` asks."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from portal.caching.fragments import cache

logger = structlog.get_logger(__name__)

_notes: dict[str, Callable[[], str]] = {}
_migrated: set[str] = set()


def register(name: str, note: Callable[[], str]) -> None:
    """An app's own word in the answer, such as how it searches; it is never a reason for 503."""
    _notes[name] = note


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        logger.warning("database_not_ready", exc_info=True)
        return False


def migrations() -> bool:
    """Whether every migration of this code is applied; once it is, it stays so for the process."""
    name = str(connection.settings_dict["NAME"])
    if name not in _migrated:
        try:
            executor = MigrationExecutor(connection)
        except DatabaseError:
            return False
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _migrated.add(name)
    return True


def cached() -> bool:
    cache.set("readyz", "here", 10)
    return cache.get("readyz") == "here"


CHECKS = {"database": database, "migrations": migrations, "cache": cached}


def report() -> tuple[bool, dict[str, str]]:
    """Whether all is there, and one word for each part."""
    states = {name: check() for name, check in CHECKS.items()}
    words = {name: "ok" if state else "failed" for name, state in states.items()}
    if all(states.values()):
        words |= {name: note() for name, note in _notes.items()}
    return all(states.values()), words
