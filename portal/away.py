"""Whether an error says that the database is away, rather than that something is wrong here."""

from django.db import InterfaceError, OperationalError


def is_away(error: BaseException | None) -> bool:
    """A connection refused, lost or closed, a lock waited for in vain, a disk that is full.

    SQLite calls a table that is missing an operational error too (SQLITE_ERROR): that is a fault.
    """
    cause = getattr(error, "__cause__", None)
    return (
        isinstance(error, OperationalError | InterfaceError)
        and getattr(cause, "sqlite_errorname", "") != "SQLITE_ERROR"
    )
