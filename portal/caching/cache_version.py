"""Which version of the portal is on show: another one after whatever changes what readers see.

What is kept between requests is kept under its version, so nobody has to remember to throw it away.
Each connection watches the statements that go through it: a transaction that writes to any table
but those that readers are never shown adds a row to `running_edition`, and the rows that there are
name the version. The row is committed with what was written, so every process of every machine has
the new version with its next request. Rows are only added, under numbers that never come again:
writers do not wait for each other, and a version that is over does not come back.

Days pass without anybody writing: the day in Helsinki is part of the version.
"""

import re
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import psycopg
from django.apps import apps
from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from .models import CacheVersion

# Whatever is not named here is shown. A label of an app stands for all its models.
NEVER_SHOWN = frozenset(
    {
        *("account", "mfa", "sessions", "socialaccount", "wagtailusers"),  # who people are
        *("accounts.User", "organisations.Representative", "organisations.Invitation"),
        *("organisations.JoinRequest", "organisations.HandOver", "organisations.EmailDomain"),
        *("notices", "feedback", "django_tasks_database"),  # what waits, and what was written
        *(
            "running.Counter",
            "running.CacheVersion",
            "running.ScheduledRun",
            "search.Change",
            "search.Document",
            "search.EmptySearch",
            "search.IndexState",
            "search.Text",
            "search.Vocabulary",
            "wagtailsearch",
        ),
        *("monitoring.Upload", "organisations.Draft", "organisations.Note"),  # what is at work
        *("programme.BarometerBox", "programme.BarometerKey", "programme.BarometerInvitation"),
        "datasets.SourceValue",  # what was received, before disclosure control
        *("law.FetchedStatute", "wagtailadmin", "wagtailcore.UploadedFile"),
        *("content.ReviewDigest", "content.ToldMention"),
        *("questions.Draft", "questions.Deflection", "questions.Message", "questions.Note"),
        *("questions.Preparation", "questions.RegisterYear", "questions.Source"),
        *("questions.AnswerTemplate", "questions.Absence"),
        *("events.Registration", "events.Needs", "events.Request"),
        *("events.CalendarAddress", "events.Feedback"),
        *("skills.Enrolment", "skills.LessonProgress", "skills.TestTry"),
        *("skills.Answer", "skills.Reflection"),
        *("wagtailcore.ModelLogEntry", "wagtailcore.PageLogEntry", "wagtailcore.Revision"),
        *("wagtailcore.Comment", "wagtailcore.CommentReply", "wagtailcore.PageSubscription"),
        *("media.Rendition", "wagtailimages.Rendition"),  # made of an image when it is first shown
    }
)
WRITES = re.compile(
    r'\b(?:INSERT (?:OR \w+ )?INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE(?: TABLE)?) "?(\w+)',
    re.I,
)
QUESTION = "SELECT COUNT(*), COALESCE(SUM(id >> 20), 0) FROM running_edition"
ASKING: dict[str, Callable[[Any], Any]] = {
    "sqlite": sqlite3.Cursor,
    "postgresql": psycopg.Cursor,  # whose statements are prepared, as Django's own are not
}
ROWS_KEPT = 8  # of the current version, until `clear` puts one in their place

_asked: ContextVar[list[str] | None] = ContextVar("asked", default=None)


def cache_version() -> str:
    """A word for what is on show today: one small query, within a request at most once.

    Ask before reading what is kept under it: what was read after it is never older than it says.
    """
    memory = _asked.get()
    if memory:
        return memory[0]
    rows, total = _ask(connections[DEFAULT_DB_ALIAS])
    _watch_of(connection).raised = None  # what this transaction writes from now on is not in it
    word = f"{rows}-{total}-{timezone.localdate()}"
    if memory is not None:
        memory.append(word)
    return word


def _ask(connection: Any) -> tuple[int, int]:
    """How many rows there are, and their sum.

    As the first question of a request it is the health check of a connection that was kept, too:
    one that is gone is opened anew and asked again.
    """
    waits = connection.health_check_enabled and not connection.health_check_done
    if connection.connection is None or connection.in_atomic_block or not waits:
        return _ask_over(connection)
    connection.health_check_done = True
    try:
        return _ask_over(connection)
    except (OperationalError, InterfaceError):
        connection.close()
        return _ask_over(connection)


def _ask_over(connection: Any) -> tuple[int, int]:
    """The same over a cursor that is kept with the connection, and prepared on PostgreSQL.

    Each answer from memory asks this and nothing else, so it is asked as cheaply as can be. Where
    queries are logged an ordinary cursor asks: a prepared statement leaves no words for the log.
    """
    if connection.queries_logged:
        with connection.cursor() as cursor:
            cursor.execute(QUESTION)
            return cursor.fetchone()
    connection.ensure_connection()
    watch = _watch_of(connection)
    if watch.asks is None or watch.asks.connection is not connection.connection:
        watch.asks = ASKING[connection.vendor](connection.connection)
    cursor = connection.make_cursor(watch.asks)
    cursor.execute(QUESTION)
    return cursor.fetchone()


@contextmanager
def asked_once() -> Iterator[None]:
    """Within it, `cache_version` asks the database once: a request, for one."""
    token = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(token)


def raise_version(connection: BaseDatabaseWrapper) -> None:
    """A new version, with the commit of the transaction that is open on the connection.

    Called for every statement; only what goes past them (COPY) has to call it itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO running_edition (id) VALUES (%s)", [secrets.randbits(62)])
    memory = _asked.get()
    if memory:
        memory.clear()


def clear() -> int:
    """One row instead of many, which is a version of its own. Run by the worker."""
    if CacheVersion.objects.count() <= ROWS_KEPT:
        return 0
    with transaction.atomic():
        own = CacheVersion.objects.create(pk=secrets.randbits(62))
        gone, _by_model = CacheVersion.objects.exclude(pk=own.pk).delete()
    return gone


class Watch:
    """What a connection's statements go through: it sees which tables they write to."""

    migrating = False

    def __init__(self, connection: BaseDatabaseWrapper):
        self.connection = connection
        self.asks: Any = None  # the cursor that asks for the version
        self.raised: Callable[[], None] | None = None

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any
    ) -> Any:
        if not is_shown(sql) or Watch.migrating:
            return execute(sql, params, many, context)
        connection = self.connection
        # SQLite ends a transaction of its own with the last row that RETURNING gives.
        joins = connection.vendor == "sqlite" and " RETURNING " in sql
        if connection.in_atomic_block or joins:
            result = execute(sql, params, many, context)
            self.raise_once()
            return result
        with transaction.atomic(connection.alias):
            result = execute(sql, params, many, context)
            self.raise_once()
        return result

    def raise_once(self) -> None:
        """Once a transaction; again when a savepoint has taken it back or somebody has asked."""
        waiting = [each[1] for each in self.connection.run_on_commit]
        if self.raised and self.raised in waiting:
            return
        raise_version(self.connection)
        if self.connection.in_atomic_block:
            self.raised = lambda: None
            transaction.on_commit(self.raised, using=self.connection.alias)


def watch(connection: BaseDatabaseWrapper, **signal: Any) -> None:
    """Receiver: a connection was opened."""
    if not any(isinstance(wrapper, Watch) for wrapper in connection.execute_wrappers):
        connection.execute_wrappers.insert(0, Watch(connection))


def _watch_of(connection: BaseDatabaseWrapper) -> Watch:
    return next(one for one in connection.execute_wrappers if isinstance(one, Watch))


def before_migrations(**signal: Any) -> None:
    """Receiver: there may be no table of versions yet."""
    Watch.migrating = True


def after_migrations(using: str, **signal: Any) -> None:
    """Receiver: whatever was migrated, the version is a new one."""
    Watch.migrating = False
    if CacheVersion._meta.db_table in connection.introspection.table_names():
        raise_version(connection)


def is_shown(sql: Any) -> bool:
    """Whether a statement writes to a table that readers may be shown something of."""
    text = sql if isinstance(sql, str) else sql.as_string(None)
    if text.startswith(("SELECT", "SAVEPOINT", "RELEASE")):
        return False
    written = WRITES.search(text)
    return written is not None and written[1] not in never_shown()


@cache
def never_shown() -> frozenset[str]:
    """The tables of NEVER_SHOWN."""
    models = apps.get_models(include_auto_created=True)
    return frozenset(
        model._meta.db_table
        for model in models
        if {model._meta.label, model._meta.app_label} & NEVER_SHOWN
    )
