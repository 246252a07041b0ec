"""Errors of the API: one shape for all of them, RFC 9457's problem+json."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from . import request as asking

MEDIA_TYPE = "application/problem+json"
BAD_PARAMETER = "bad-parameter"
MOST_ERRORS = 20
KINDS: dict[str, tuple[int, Any, Any]] = {
    "bad-request": (
        400,
        _("The request cannot be read"),
        _("Its address, host or headers contain bytes that cannot be read."),
    ),
    BAD_PARAMETER: (
        400,
        _("A parameter is wrong"),
        _("“errors” names each parameter, what was given and what was expected."),
    ),
    "not-found": (
        404,
        _("There is nothing at this address"),
        _("It may have been removed, or may never have been public."),
    ),
    "method-not-allowed": (
        405,
        _("The API can only be read"),
        _("GET, HEAD and OPTIONS are answered."),
    ),
    "precondition-failed": (
        412,
        _("The response has changed"),
        _("It no longer has the ETag that If-Match names."),
    ),
    "too-many-requests": (
        429,
        _("Too many requests"),
        _("Wait for as many seconds as Retry-After says, then go on."),
    ),
    "fault": (
        500,
        _("Something went wrong in the portal"),
        _("It has been written down. Try again later."),
    ),
    "away": (
        503,
        _("The service is out of reach for a moment"),
        _("Wait for as many seconds as Retry-After says, then go on."),
    ),
}
OF_STATUS = {status: name for name, (status, *_words) in reversed(KINDS.items())}


class WrongParameters(Exception):
    """Parameters that cannot be read: for each its name, what was given, and what is wrong."""

    def __init__(self, errors: Sequence[dict[str, str]]):
        self.errors = list(errors)
        super().__init__(self.errors)


def wrong(parameter: str, value: str, detail: str) -> dict[str, str]:
    """One wrong parameter, as `errors` of a problem lists it."""
    return {"parameter": parameter[:100], "value": value[:100], "detail": detail}


def address(name: str) -> str:
    """The URI that identifies a kind of problem: its place on the page about the API."""
    return f"{settings.SITE_URL}{asking.DOCS}#{name}"


def problem(
    request, status: int, detail: str = "", errors: Sequence[dict[str, str]] = ()
) -> HttpResponse:
    """An error in the active language; `detail` stands instead of the kind's own words."""
    name = BAD_PARAMETER if errors else OF_STATUS.get(status, "fault")
    _status, title, usual = KINDS[name]
    body: dict[str, Any] = {
        "type": address(name),
        "title": str(title),
        "status": status,
        "detail": detail or " ".join(map(_told, errors[:MOST_ERRORS])) or str(usual),
        "instance": request.path_info[:500],
    }
    if errors:
        body["errors"] = list(errors)[:MOST_ERRORS]
    return HttpResponse(
        json.dumps(body, ensure_ascii=False),
        status=status,
        content_type=MEDIA_TYPE,
        headers={"Cache-Control": "no-store"},
    )


def _told(error: dict[str, str]) -> str:
    return f"“{error['parameter']}”: {error['detail']}"
