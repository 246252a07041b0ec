"""Test databases: migrated once for each state of the migrations, then copied.

Every process of a run gets its own copy of the template, and a test that commits (a live server, a
lock) is followed by a fresh copy, so that what migrations made (roles, the page tree) is there for
the next test too. Both database engines do the same in their own way.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql

from portal.settings import BASE_DIR, VAR_DIR

FOLDER = VAR_DIR / "test"
PACKAGES = ("portal", "monitoring", "partnership", "content", "search")


def state() -> str:
    """A digest of the migrations and of the locked dependencies, which bring theirs."""
    digest = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes())
    for package in PACKAGES:
        for file in sorted((BASE_DIR / package).glob("**/migrations/*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Processes of a run wait here for the one that is making the template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(name: str) -> None:
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    connection.close()


class SQLite:
    """Databases are files; a template is copied over with SQLite's own backup."""

    def __init__(self, process: str):
        self.template = FOLDER / f"template-{state()}.sqlite3"
        self.name = FOLDER / f"{process}.sqlite3"

    def make_template(self) -> None:
        if not self.template.exists():
            for old in FOLDER.glob("template-*"):
                old.unlink()
            unfinished = self.template.with_suffix(".unfinished")
            migrate(str(unfinished))
            unfinished.rename(self.template)

    def copy(self) -> None:
        for old in FOLDER.glob(f"{self.name.name}*"):
            old.unlink()
        shutil.copyfile(self.template, self.name)
        connection.settings_dict["NAME"] = str(self.name)

    def restore(self) -> None:
        connection.close()
        connection.ensure_connection()
        template = sqlite3.connect(self.template)
        template.backup(connection.connection)
        template.close()

    def remove(self) -> None:
        for file in FOLDER.glob(f"{self.name.name}*"):
            file.unlink()

    def url(self) -> str:
        return f"sqlite:///{self.name}"


class PostgreSQL:
    """Databases of one cluster; a copy is made with CREATE DATABASE … TEMPLATE."""

    def __init__(self, process: str):
        self.settings = connection.settings_dict
        self.base = f"test_{self.settings['NAME']}"
        self.template = f"{self.base}_template_{state()}"
        self.name = f"{self.base}_{process}"

    def run(self, *statements: sql.Composable) -> list[tuple]:
        """Run statements on the cluster's own database, and return the rows of the last."""
        address = {
            "host": self.settings["HOST"],
            "port": self.settings["PORT"],
            "user": self.settings["USER"],
            "password": self.settings["PASSWORD"],
        }
        given = {name: value for name, value in address.items() if value}
        with psycopg.connect(dbname="postgres", autocommit=True, **given) as cluster:
            for statement in statements:
                rows = cluster.execute(statement)
            return rows.fetchall() if rows.description else []

    def drop(self, name: str) -> sql.Composable:
        return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))

    def make_template(self) -> None:
        known = sql.SQL("SELECT datname FROM pg_database WHERE datname LIKE {}").format(
            sql.Literal(f"{self.base}_template_%")
        )
        names = [name for (name,) in self.run(known)]
        if self.template in names:
            return
        unfinished = f"{self.base}_unfinished"
        self.run(
            *(self.drop(name) for name in (*names, unfinished)),
            sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)),
        )
        migrate(unfinished)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.run(rename.format(sql.Identifier(unfinished), sql.Identifier(self.template)))

    def copy(self) -> None:
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.run(
            self.drop(self.name),
            copied.format(sql.Identifier(self.name), sql.Identifier(self.template)),
        )
        connection.settings_dict["NAME"] = self.name

    def restore(self) -> None:
        connections.close_all()
        with one_at_a_time():  # a template is copied for one at a time
            self.copy()

    def remove(self) -> None:
        self.run(self.drop(self.name))

    def url(self) -> str:
        given = self.settings
        person = ":".join(filter(None, [given["USER"], given["PASSWORD"]]))
        host = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else given["HOST"]
        return f"postgres://{person}@{host}/{self.name}"


class TestDatabase:
    """The database of one process of a run."""

    __test__ = False

    def __init__(self, process: str):
        self.engine = (SQLite if connection.vendor == "sqlite" else PostgreSQL)(process)

    def make(self) -> None:
        connections.close_all()
        with one_at_a_time():
            self.engine.make_template()
            self.engine.copy()

    def restore(self) -> None:
        """Put back what migrations made, after a test that committed."""
        self.engine.restore()
        cache.clear()

    def remove(self) -> None:
        connections.close_all()
        self.engine.remove()

    def environment(self) -> dict[str, str]:
        """The environment of a command of manage.py that works on this database."""
        return {**os.environ, "PORTAL_DEMO": "1", "DATABASE_URL": self.engine.url()}
