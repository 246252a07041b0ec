"""The Finnish business register (PRH's open data, version 3), asked for the name of a business ID.

Joining never depends on it: whoever asks is told what it knows, or that it does not answer now. It
is asked while a reader waits, so once and for three seconds; one that is in trouble is left alone
for a minute, or for as long as it says. Without BUSINESS_REGISTER_URL a file of example companies
in the same form stands in.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.core.cache import cache

from portal.outbound import CouldNotFetchError, NotThereError, Outbound

EXAMPLES = Path(__file__).parent / "starter" / "register.json"
SECONDS = 3
LEFT_ALONE, LONGEST_LEFT_ALONE = 60, 3600  # seconds
AWAY = "organisations.register.away"
NAME = "1"  # the register's word for the official name among the names of a company
LONGEST_NAME = 200

logger = structlog.get_logger(__name__)


class Company(NamedTuple):
    """What the register knows of a business ID; `ended` is the day when it ceased."""

    business_id: str
    name: str
    ended: date | None = None


class RegisterAway(Exception):
    """The register does not answer now, or not in a way that can be read."""


def look_up(business_id: str) -> Company | None:
    """The company with a business ID in its stored form, or None when the register has none.

    RegisterAway when it cannot be asked now.
    """
    if not settings.BUSINESS_REGISTER_URL:
        company = _company(json.loads(EXAMPLES.read_text()), business_id)
        if company is None:
            raise RegisterAway("no register is set")
        return company
    if cache.get(AWAY):
        raise RegisterAway("it is left alone for a while")
    try:
        return _company(_asked(business_id), business_id)
    except NotThereError:
        return None
    except CouldNotFetchError as error:
        pause = min(max(error.after or 0, LEFT_ALONE), LONGEST_LEFT_ALONE)
        cache.set(AWAY, True, pause)
        logger.warning("register_away", problem=error.problem, seconds=pause)
        raise RegisterAway(error.problem) from error


def _asked(business_id: str) -> Any:
    """What the register answers; RegisterAway for what is no JSON."""
    outbound = Outbound(
        settings.BUSINESS_REGISTER_URL,
        settings.DEFAULT_FROM_EMAIL,
        most=1,
        tries=1,
        seconds=SECONDS,
    )
    path = f"companies?{urlencode({'businessId': business_id})}"
    answer = outbound.get(path, accept="application/json")
    try:
        return json.loads(answer.text)
    except (ValueError, RecursionError) as error:
        raise RegisterAway("the answer is no JSON") from error


def _company(answer: Any, business_id: str) -> Company | None:
    """The company in an answer of the form {"companies": [{"businessId": {"value": …}, …}]}."""
    rows = answer.get("companies") if isinstance(answer, Mapping) else None
    if not isinstance(rows, list):
        raise RegisterAway("the answer has another form")
    found = [row for row in rows if _part(row, "businessId", "value") == business_id]
    if not found:
        return None
    name = _name(found[0].get("names"))
    if not name:
        raise RegisterAway("the company has no name")
    return Company(business_id, name, _day(found[0].get("endDate")))


def _part(row: Any, *names: str) -> Any:
    for name in names:
        row = row.get(name) if isinstance(row, Mapping) else None
    return row


def _name(names: Any) -> str:
    """The official name that is in use, on one line."""
    for one in names if isinstance(names, list) else []:
        name = _part(one, "name")
        if _part(one, "type") == NAME and not _part(one, "endDate") and isinstance(name, str):
            return " ".join(name.split())[:LONGEST_NAME]
    return ""


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
