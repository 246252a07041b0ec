"""The cache that counts: tries to sign in, codes that were used, requests for a new password.

It is Django's default cache, for that is the one allauth asks. A row a count in the database, so
that every process of every machine counts together, whatever becomes of Redis. Each operation is
one statement. Nothing but what has expired is ever removed, and an error of the database is
raised: who counts then refuses (503, portal/away.py), and lets nobody through.
"""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.crypto import salted_hmac

FOREVER = 10 * 365 * 24 * 3600.0
LOCK_MILLISECONDS = 5000  # how long a count waits for a lock that somebody else holds
SKEW = 60  # seconds that the clocks of two machines may differ

COUNT = """
INSERT INTO running_counter AS c (key, number, value, started, ends)
VALUES (%(key)s, %(number)s, %(value)s, %(now)s, %(ends)s)
ON CONFLICT (key) DO UPDATE SET
  value = '',
  number = excluded.number
    + CASE WHEN c.started <= %(latest)s AND c.ends > %(now)s THEN c.number ELSE 0 END,
  started = CASE WHEN c.started <= %(latest)s AND c.ends > %(now)s
    THEN c.started ELSE excluded.started END,
  ends = CASE WHEN c.started <= %(latest)s AND c.ends > %(now)s
    THEN c.ends ELSE excluded.ends END
RETURNING number
"""
SET = """
INSERT INTO running_counter AS c (key, number, value, started, ends)
VALUES (%(key)s, %(number)s, %(value)s, %(now)s, %(ends)s)
ON CONFLICT (key) DO UPDATE SET number = excluded.number, value = excluded.value,
  started = excluded.started, ends = excluded.ends
"""
ADD = SET + "WHERE c.started > %(latest)s OR c.ends <= %(now)s RETURNING number"
GET = """
SELECT number, value FROM running_counter
WHERE key = %(key)s AND started <= %(latest)s AND ends > %(now)s
"""
INCREASE = """
UPDATE running_counter SET number = number + %(number)s
WHERE key = %(key)s AND value = '' AND started <= %(latest)s AND ends > %(now)s RETURNING number
"""
TOUCH = """
UPDATE running_counter SET started = %(now)s, ends = %(ends)s
WHERE key = %(key)s AND started <= %(latest)s AND ends > %(now)s RETURNING number
"""
DELETE = """
DELETE FROM running_counter
WHERE key = %(key)s AND started <= %(latest)s AND ends > %(now)s RETURNING number
"""
CLEAR = "DELETE FROM running_counter"
CLEAR_EXPIRED = """
DELETE FROM running_counter WHERE started > %(latest)s OR ends <= %(now)s
"""


class Counters(BaseCache):
    """Whole numbers, and what JSON can say; keys are kept as keyed hashes, for they name people.

    A row counts from `started` until it `ends`. One that starts in the future, because the clock
    was set back since, counts no more.
    """

    def __init__(self, location: str, params: dict[str, Any]):
        super().__init__(params)

    def count(self, key: str, timeout: float) -> int:
        """One more under this key, and how many that makes; the first sets the time to live."""
        return self._ask(COUNT, key, number=1, value="", timeout=timeout)[0]

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask(ADD, key, version, timeout=timeout, **_kept(value)) is not None

    def get(self, key, default=None, version=None):
        row = self._ask(GET, key, version)
        if row is None:
            return default
        number, value = row
        return json.loads(value) if value else number

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._ask(SET, key, version, timeout=timeout, **_kept(value))

    def incr(self, key, delta=1, version=None):
        """Like Django's: a key that is not there is a ValueError. The time to live stays."""
        row = self._ask(INCREASE, key, version, number=delta)
        if row is None:
            raise ValueError(f"Key '{key}' not found.")
        return row[0]

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask(TOUCH, key, version, timeout=timeout) is not None

    def delete(self, key, version=None):
        return self._ask(DELETE, key, version) is not None

    def clear(self):
        self._ask(CLEAR)

    def clear_expired(self) -> None:
        """Remove what no longer counts: a piece of the schedule."""
        self._ask(CLEAR_EXPIRED)

    def _ask(
        self, statement: str, key: str = "", version=None, *, timeout=DEFAULT_TIMEOUT, **given
    ) -> Any:
        """Run one statement, and give the row it returns, if it returns one."""
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        known = self.make_and_validate_key(key, version=version)
        now = time.time()
        parameters = {
            "key": salted_hmac("portal.running.counters", known).hexdigest(),
            "now": now,
            "latest": now + SKEW,
            "ends": now + (FOREVER if timeout is None else timeout),
            **given,
        }
        with short_waits() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone() if cursor.description else None


def _kept(value: Any) -> dict[str, Any]:
    """In which of the two columns a value is kept."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {"number": value, "value": ""}
    return {"number": 0, "value": json.dumps(value)}


@contextmanager
def short_waits() -> Iterator[CursorWrapper]:
    """A cursor that raises OperationalError after LOCK_MILLISECONDS at a locked row or database.

    What is counted within somebody's transaction waits as long as that transaction does.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            yield cursor
    elif connection.vendor == "sqlite":
        usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5))
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}")
            try:
                yield cursor
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual * 1000}")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_MILLISECONDS}ms'")
            yield cursor
