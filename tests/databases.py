"""Test databases: migrated once for each state of the migrations, then copied.

A template of fewer migrations, each of them unchanged, is carried on instead of begun anew.

Every process of a run gets its own copy of the template, and a test that commits (a live server, a
lock) is followed by a fresh copy, so that what migrations made (roles, the page tree) is there for
the next test too. Both database engines do the same in their own way.
"""

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, connections
from django.db.models import Model
from psycopg import sql

from portal.caching.fragments import cache
from portal.settings import BASE_DIR, VAR_DIR

FOLDER = VAR_DIR / settings.SETTINGS_MODULE.replace(".settings", "").replace("tests", "test")
GIVEN = connection.settings_dict["NAME"]  # before a database of the tests takes its place
PACKAGES = ("portal", "law", "monitoring", "partnership", "content", "search")


def migrations() -> dict[str, str]:
    """A digest of each migration, and of the locked dependencies, which bring theirs."""
    files = [BASE_DIR / "requirements.txt"]
    for config in apps.get_app_configs():
        if config.name.startswith((*PACKAGES, "tests.")):
            files += sorted(Path(config.path).glob("migrations/*.py"))
    names = [str(file.relative_to(BASE_DIR)) for file in files]
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    return dict(zip(names, digests, strict=True))


def state() -> str:
    """A digest of them all."""
    return hashlib.sha256(json.dumps(migrations()).encode()).hexdigest()[:12]


class Applied:
    """Which migrations each template of this folder has, beside the templates themselves."""

    def __init__(self, template: str):
        self.file = FOLDER / f"{Path(template).stem}.json"

    def write(self) -> None:
        self.file.write_text(json.dumps(migrations()))

    def can_be_carried_on(self) -> bool:
        """Whether all that it has is there today, unchanged."""
        return self.file.exists() and (
            json.loads(self.file.read_text()).items() <= migrations().items()
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Processes that test on one engine wait here for the one that is making the template."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def migrate(name: str) -> None:
    connection.settings_dict["NAME"] = name
    call_command("migrate", verbosity=0)
    connection.close()


class SQLite:
    """Databases are files; a template is copied over with SQLite's own backup."""

    def __init__(self, process: str, kind: str = "template", version: str = ""):
        self.kind = kind
        self.template = FOLDER / f"{kind}-{version or state()}.sqlite3"
        self.name = FOLDER / f"{process}.sqlite3"

    def make_template(self, make: Callable[[str], None] = migrate) -> None:
        if not self.template.exists():
            unfinished = self.template.with_suffix(".unfinished")
            for old in FOLDER.glob(f"{self.kind}-*.sqlite3"):
                if make is migrate and Applied(old.name).can_be_carried_on():
                    shutil.copyfile(old, unfinished)
            for old in FOLDER.glob(f"{self.kind}-*"):
                if old != unfinished:
                    old.unlink()
            make(str(unfinished))
            unfinished.rename(self.template)
            Applied(self.template.name).write()

    def copy(self) -> None:
        for old in FOLDER.glob(f"{self.name.name}*"):
            old.unlink()
        shutil.copyfile(self.template, self.name)
        connection.settings_dict["NAME"] = str(self.name)

    def keep(self, name: str) -> Path:
        kept = self.name.with_name(f"{self.name.name}-{name}")
        connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as copy:
            connection.connection.backup(copy)
        return kept

    def restore(self, kept: Path | None) -> None:
        connection.close()
        connection.ensure_connection()
        with closing(sqlite3.connect(kept or self.template)) as template:
            template.backup(connection.connection)

    def remove(self) -> None:
        for file in FOLDER.glob(f"{self.name.name}*"):
            file.unlink()

    def url(self, name: str = "") -> str:
        return f"sqlite:///{name or self.name}"


class PostgreSQL:
    """Databases of one cluster; a copy is made with CREATE DATABASE … TEMPLATE."""

    def __init__(self, process: str, kind: str = "template", version: str = ""):
        self.settings = connection.settings_dict
        self.base = f"test_{GIVEN}"
        self.kind = kind
        self.template = f"{self.base}_{kind}_{version or state()}"
        self.name = f"{self.base}_{process}"
        self.kept: list[str] = []

    def run(self, *statements: sql.Composable) -> list[tuple]:
        """Run statements on the cluster's own database, and return the rows of the last, if any."""
        if not statements:
            return []
        address = {
            "host": self.settings["HOST"],
            "port": self.settings["PORT"],
            "user": self.settings["USER"],
            "password": self.settings["PASSWORD"],
        }
        given = {name: value for name, value in address.items() if value}
        with psycopg.connect(dbname="postgres", autocommit=True, **given) as cluster:
            rows: list[tuple] = []
            for statement in statements:
                answer = cluster.execute(statement)
                rows = answer.fetchall() if answer.description else []
            return rows

    def drop(self, name: str) -> sql.Composable:
        return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))

    def make_template(self, make: Callable[[str], None] = migrate) -> None:
        known = sql.SQL("SELECT datname FROM pg_database WHERE datname LIKE {}").format(
            sql.Literal(f"{self.base}_{self.kind}_%")
        )
        names = [name for (name,) in self.run(known)]
        if self.template in names:
            return
        unfinished = f"{self.base}_unfinished"
        carried_on = [
            name for name in names if make is migrate and Applied(name).can_be_carried_on()
        ]
        self.copy_from(carried_on[0] if carried_on else "template0", unfinished)
        self.run(*(self.drop(name) for name in names))
        make(unfinished)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        self.run(rename.format(sql.Identifier(unfinished), sql.Identifier(self.template)))
        Applied(self.template).write()

    def copy(self, template: str = "") -> None:
        self.copy_from(template or self.template, self.name)
        connection.settings_dict["NAME"] = self.name

    def copy_from(self, template: str, name: str) -> None:
        copied = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self.run(self.drop(name), copied.format(sql.Identifier(name), sql.Identifier(template)))

    def keep(self, name: str) -> str:
        kept = f"{self.name}_{name}"
        self.kept.append(kept)
        connections.close_all()
        self.copy_from(self.name, kept)
        return kept

    def restore(self, kept: str | None) -> None:
        connections.close_all()
        with one_at_a_time():  # a template is copied for one at a time
            self.copy(kept or "")

    def remove(self) -> None:
        self.run(*(self.drop(name) for name in (self.name, *self.kept)))

    def url(self, name: str = "") -> str:
        given = self.settings
        person = ":".join(filter(None, [given["USER"], given["PASSWORD"]]))
        host = f"{given['HOST']}:{given['PORT']}" if given["PORT"] else given["HOST"]
        return f"postgres://{person}@{host}/{name or self.name}"


class Rows:
    """What `load` makes of these tables when they are empty, for tests that are rolled back.

    It runs for the first test of a process that asks; the next ones get its rows again. The models
    stand in an order in which each can be written, and are all that `load` writes to.
    """

    def __init__(self, load: Callable[[], None], *models: type[Model]):
        self.load, self.models = load, models
        self.kept: list[list[dict[str, Any]]] = []

    def bring(self) -> None:
        if not self.kept:
            self.load()
            self.kept = [list(model._base_manager.values()) for model in self.models]
            return
        for model, rows in zip(self.models, self.kept, strict=True):
            model._base_manager.bulk_create(model(**row) for row in rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                cursor.execute(statement)


class TestDatabase:
    """The database of one process of a run."""

    __test__ = False

    def __init__(self, process: str):
        self.engine = (SQLite if connection.vendor == "sqlite" else PostgreSQL)(process)
        self.kept: dict[str, Any] = {}

    def make(self) -> None:
        connections.close_all()
        with one_at_a_time():
            self.engine.make_template()
            self.engine.copy()

    def restore(self) -> None:
        """Put back what migrations made, after a test that committed."""
        self._restore()

    def fill(self, name: str, load: Callable[[], None]) -> None:
        """Bring in what `load` makes of a fresh database: made once a process, then copied."""
        if name in self.kept:
            self._restore(self.kept[name])
        else:
            load()
            self.kept[name] = self.engine.keep(name)

    def _restore(self, kept: Any = None) -> None:
        self.engine.restore(kept)
        cache.clear()

    def remove(self) -> None:
        connections.close_all()
        self.engine.remove()

    def environment(self) -> dict[str, str]:
        """The environment of a command of manage.py that works on this database."""
        return {**os.environ, "PORTAL_DEMO": "1", "DATABASE_URL": self.engine.url()}
