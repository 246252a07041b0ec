"""Structured logs: one event a line, JSON in production, readable in demo mode.

They tell what the service did and never what a reader typed: `masked` takes out keys, addresses of
people and queries from all that is written, and a refused request is named by its route alone.
"""

import http
import logging
import re
from functools import lru_cache
from typing import Any

import structlog

MASK = "…"
UNMASKED = ("request_id", "timestamp", "level", "logger", "letter", "job")
SIGNED = r"[A-Za-z0-9_.-]+(?::[A-Za-z0-9_-]{4,})?:[A-Za-z0-9_-]{20,}"
LONG_WORD = (
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[\d_-])[A-Za-z0-9_-]{20,}"
    r"|[0-9a-f]{24,}"
)
PERSON = r"[^\s@\"'<>(),/=?&]+@[^\s@\"'<>(),/]+"
IDENTITY_CODE = r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Z]\b"
QUERY = r"(?<=[\w/-])\?[^\s\"']+"
SECRETS = re.compile("|".join((SIGNED, PERSON, IDENTITY_CODE, QUERY, LONG_WORD)))
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”|=\([^)]*\)")


def mask(text: str) -> str:
    """The text without keys, addresses of people, identity codes and queries of addresses."""
    return SECRETS.sub(MASK, text)


@lru_cache(1000)
def mask_address(path: str) -> str:
    """The same for the path of an address, many of which are asked for again and again."""
    return mask(path)


def mask_quoted(text: str) -> str:
    """The same for the words of an error, which quote the value that was wrong."""
    return mask(QUOTED.sub(MASK, text))


def mask_traceback(text: str) -> str:
    """A traceback with its lines of code, and with the words of its errors masked."""
    return "\n".join(
        line if line.startswith((" ", "Traceback")) else mask_quoted(line)
        for line in text.split("\n")
    )


def clean(value: Any) -> Any:
    """The same of whatever is nested in lists and dictionaries."""
    if isinstance(value, str):
        return mask(value)
    if isinstance(value, dict):
        return {key: clean(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [clean(each) for each in value]
    return value


def masked(logger: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """The processor that every line passes."""
    return {
        name: value
        if name in UNMASKED
        else mask_traceback(value)
        if name == "exception"
        else clean(value)
        for name, value in event.items()
    }


def route(request: Any, status: int) -> str:
    """The address of a request: by its pattern if it may hold a key or could not be read (400)."""
    match = getattr(request, "resolver_match", None)
    if status == http.HTTPStatus.BAD_REQUEST or request.path_info.startswith("/accounts/"):
        return f"/{match.route}" if match else MASK
    return mask_address(request.path_info)


class Refusals(logging.Filter):
    """What Django says of a request that it refused: the status and the route, no traceback.

    Its own words quote what was sent, as does the traceback. When the database is away (503) the
    name of the error stands instead of the traceback; a fault (500) keeps it.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        status, request = getattr(record, "status_code", 500), getattr(record, "request", None)
        if hasattr(request, "path_info") and status != http.HTTPStatus.INTERNAL_SERVER_ERROR:
            error = record.exc_info[0] if record.exc_info and status >= 500 else None
            record.msg, record.args = (
                "%s: %s",
                (http.HTTPStatus(status).phrase, route(request, status)),
            )
            if error:
                record.msg, record.args = "%s (%s)", (record.getMessage(), error.__name__)
            record.exc_info = record.exc_text = None
        return True


class Masked(logging.Filter):
    """For handlers that are not ours, such as gunicorn's."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = mask_quoted(record.getMessage()), ()
        if record.exc_info:
            text = logging.Formatter().formatException(record.exc_info)
            record.exc_text, record.exc_info = mask_traceback(text), None
        return True


def before_send(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any] | None:
    """What goes to Sentry: faults alone, masked, and of the request its method and address."""
    record = hint.get("log_record")
    if getattr(record, "status_code", 500) != http.HTTPStatus.INTERNAL_SERVER_ERROR:
        return None
    request = event.pop("request", None) or {}
    event = clean(event)
    for error in (event.get("exception") or {}).get("values") or []:
        error["value"] = mask_quoted(error.get("value") or "")
    address = mask(str(request.get("url", "")).partition("?")[0])
    return event | {"request": {"method": request.get("method", ""), "url": address}}


SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.format_exc_info,
    masked,
]


def configuration(*, human: bool, level: str) -> dict:
    """Set structlog up and return Django's LOGGING: `human` for a terminal, else JSON lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False)
        if human
        else structlog.processors.JSONRenderer()
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"refusals": {"()": Refusals}},
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": SHARED,
            }
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["refusals"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},  # nothing past the filter
            "django.server": {"handlers": ["console"], "propagate": False},
            "wagtail": {"level": "WARNING"},  # its log of what people did is in the database
            "django_tasks": {"level": "WARNING"},  # they tell of every job and its every state
            "django_tasks_db": {"level": "WARNING"},
        },
    }
