"""The front layer: what cannot be read is answered 400 before Django parses it.

It stands before all of MIDDLEWARE that reads the request. Broken hosts, addresses, headers,
charsets and form bodies would otherwise surface as faults wherever they are first touched: in a
query, a log line, a database.
"""

import re
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponseNotAllowed, RawPostDataException, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.http.request import split_domain_port, validate_host
from django.middleware.security import SecurityMiddleware
from django.utils import translation

from portal.linguistics.typed import NONCHARACTERS
from portal.middleware import preferred_language
from portal.views.errors import bad_request

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
UNWANTED = re.compile(f"{CONTROL.pattern}|{NONCHARACTERS.pattern}")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")
CHARSETS = ("utf-8", "utf8", "us-ascii")


class JunkError(Exception):
    """A request that cannot be read."""


def refuse_junk(get_response):
    """Answer 400 to requests with a foreign host, NUL bytes, a bad charset or a broken body.

    A method that nothing here understands, such as TRACE, is 405.
    """

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        try:
            check_host(request.META.get("HTTP_HOST", request.META.get("SERVER_NAME", "")))
            check_bytes(unquote_to_bytes(request.path_info))
            check_bytes(unquote_to_bytes(request.META.get("QUERY_STRING", "")))
            check_headers(request.META)
            if request.method not in ("GET", "HEAD", "OPTIONS"):
                check_body(request)
        except JunkError:
            return SecurityMiddleware(get_response).process_response(request, refusal(request))
        return get_response(request)

    return middleware


def refusal(request):
    """The 400 page, in a language, although nothing else of the request has been read."""
    request.user = AnonymousUser()
    request.META["HTTP_HOST"] = settings.ALLOWED_HOSTS[0].lstrip(".*") or "localhost"
    if CONTROL.search(request.META.get("HTTP_COOKIE", "")):
        request.META.pop("HTTP_COOKIE")
    language = translation.get_language_from_path(request.path_info)
    with translation.override(language or preferred_language(request)):
        response = bad_request(request)
        response.headers["Cache-Control"] = "no-store"
        return response


def check_host(host: str) -> None:
    domain, _port = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        raise JunkError


def check_bytes(raw: bytes) -> None:
    """Raise unless the bytes spell UTF-8 without control characters.

    Django percent-encodes again what it could not decode in a path, hence the unquoting there too.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise JunkError from None
    if CONTROL.search(text):
        raise JunkError


def check_headers(meta: dict) -> None:
    for name, value in meta.items():
        if name.startswith("HTTP_") and isinstance(value, str) and CONTROL.search(value):
            raise JunkError
    length = meta.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit()):
        raise JunkError


def check_body(request) -> None:
    """Forms must say a charset that Django reads, and be whole; their text must not hold NUL."""
    charset = request.content_params.get("charset", "utf-8").lower()
    if charset not in CHARSETS:
        raise JunkError
    if request.content_type not in FORM_TYPES:
        return
    if request.content_type == FORM_TYPES[0]:
        check_urlencoded(request)
    try:
        fields = [*request.POST.keys(), *(v for vs in request.POST.lists() for v in vs[1])]
    except (
        MultiPartParserError,
        BadRequest,
        SuspiciousOperation,
        UnreadablePostError,
        RawPostDataException,
        UnicodeError,
    ):
        raise JunkError from None
    if any("\x00" in field or "\ufffd" in field for field in fields):
        raise JunkError
    if any(UNWANTED.search(field) for field in fields):
        request.POST = without_unwanted(request.POST)


def without_unwanted(form):
    """Without control characters and noncharacters: pasting brings some, no field means them.

    Saved, they would break whatever is written of the text as XML: feeds, drawings, sheets.
    """
    clean = form.copy()
    for name, values in form.lists():
        clean.setlist(name, [UNWANTED.sub("", value) for value in values])
    return clean


def check_urlencoded(request) -> None:
    """Percent-encoded bytes must be UTF-8; Django itself would put replacement marks instead."""
    length = int(request.META.get("CONTENT_LENGTH") or 0)
    if length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise JunkError
    try:
        body = request.body
    except (UnreadablePostError, SuspiciousOperation):
        raise JunkError from None
    if len(body) != length:
        raise JunkError
    raw = unquote_to_bytes(body)
    try:
        raw.decode()
    except UnicodeDecodeError:
        raise JunkError from None
    if b"\x00" in raw:
        raise JunkError
