"""Whole answers, kept in the memory of each process for readers who have not signed in.

A view says by `@kept(…)` that its answer is the same for all of them, and which parameters it
reads. Its answers are kept under the version of the portal (caching.cache_version) with its day,
the host, the address and those parameters: with whatever changes what is shown, and at midnight in
Helsinki, every process makes them anew. Within a day nothing else ages: what an hour brings
(a scheduled publication) is brought by the worker, whose writing makes a new version.

To be the same for everybody, an answer is made without the reader's cookies and without parameters
that its view does not read. Never kept: what sets a cookie (a form's token, a message), says that
it varies or is private, is streamed, is a search, or is anything but 200. Who has a session, or a
message to see, gets past all of this.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple, Self
from urllib.parse import parse_qsl, unquote_to_bytes, urlencode

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import ResponseHeaders
from django.middleware.gzip import re_accepts_gzip
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import get_conditional_response
from prometheus_client import Counter

from portal.caching.cache_version import asked_once, cache_version
from portal.request_validation import JunkError, check_bytes

DECLARED = "kept_by"
LONGEST_QUERY = 300
SECONDS_TO_WAIT = 3.0  # for another thread that is making the same answer
OVERHEAD = 2_000  # bytes of an answer besides its body: headers and key
UNKEPT = ("private", "no-store", "no-cache", "max-age=0")
OF_THE_BODY = ("content-length", "content-encoding", "content-type")

_answers = Counter("portal_answers", "Answers that are kept, by where they were from", ["source"])
from_memory, made = _answers.labels("memory"), _answers.labels("made")


class Parameters(NamedTuple):
    """Of a view: its answers are kept by what it `read`s, and not at all with what is `sought`."""

    read: frozenset[str]
    sought: frozenset[str]


def kept(*read: str, sought: tuple[str, ...] = ()) -> Callable:
    """A view whose answer to readers without an account may be kept.

    `read` are the parameters that it reads: the answer is made without any other. With one of
    `sought` – words somebody looks for – the answer is made each time.
    """

    def declared(view: Callable) -> Callable:
        setattr(view, DECLARED, Parameters(frozenset(read), frozenset(sought)))
        return view

    return declared


class KeptHeaders(ResponseHeaders):
    """The headers of an answer, checked and encoded once: each reader is given a copy."""

    def copy(self) -> Self:
        given = type(self)({})
        given._store = dict(self._store)
        return given


class Answer(NamedTuple):
    body: bytes
    headers: KeptHeaders

    @property
    def size(self) -> int:
        return len(self.body) + OVERHEAD


class Answers:
    """The answers of this process: at most `room` bytes, the least recently used leave first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.by_key: OrderedDict[Hashable, Answer] = OrderedDict()
        self.size = 0
        self.being_made: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable) -> Answer | None:
        with self.lock:
            found = self.by_key.get(key)
            if found:
                self.by_key.move_to_end(key)
            return found

    def put(self, key: Hashable, answer: Answer, room: int) -> None:
        with self.lock:
            self._drop(key)
            self.by_key[key] = answer
            self.size += answer.size
            while self.size > room:
                self._drop(next(iter(self.by_key)))

    def clear(self) -> None:
        with self.lock:
            self.by_key.clear()
            self.size = 0

    def _drop(self, key: Hashable) -> None:
        if old := self.by_key.pop(key, None):
            self.size -= old.size

    @contextmanager
    def one_maker(self, key: Hashable) -> Iterator[None]:
        """One thread at a time makes an answer; the others wait for it, for a while."""
        with self.lock:
            making = self.being_made.setdefault(key, threading.Lock())
        ours = making.acquire(timeout=SECONDS_TO_WAIT)
        try:
            yield
        finally:
            if ours:
                with self.lock:
                    self.being_made.pop(key, None)
                making.release()


answers = Answers()


def kept_answers(get_response: Callable) -> Callable:
    """Give readers without an account the answers that are kept, and keep what may be kept."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        with asked_once():
            query = query_kept_by(request) if settings.KEPT_ANSWERS_BYTES else None
            if query is None:
                return get_response(request)
            request.META.pop("HTTP_COOKIE", None)
            try:
                key = key_of(request, query)
            except DatabaseError:
                return get_response(request)  # which says so in its own words
            if found := answers.get(key):
                from_memory.inc()
                return answer_with(found, request)
            if request.method == "HEAD":
                return get_response(request)
            with answers.one_maker(key):
                if found := answers.get(key):
                    from_memory.inc()
                    return answer_with(found, request)
                return make(key, query, request, get_response)

    return middleware


def make(
    key: Hashable, query: str, request: HttpRequest, get_response: Callable
) -> HttpResponseBase:
    """An answer made for everybody, and kept; what may not be kept is made for this reader."""
    narrowed = query != request.META["QUERY_STRING"]
    asked = WSGIRequest({**request.META, "QUERY_STRING": query}) if narrowed else request
    response = get_response(asked)
    if not may_be_kept(response):
        return get_response(request) if narrowed else response
    made.inc()
    response.headers["ETag"] = etag_of(response)
    answer = Answer(response.content, KeptHeaders(response.headers))
    answers.put(key, answer, settings.KEPT_ANSWERS_BYTES)
    return answer_with(answer, request) if "HTTP_IF_NONE_MATCH" in request.META else response


def query_kept_by(request: HttpRequest) -> str | None:
    """The query by which the answer is kept, with what its view reads; None when it is not."""
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta:
        return None
    cookies = meta.get("HTTP_COOKIE", "")
    if settings.SESSION_COOKIE_NAME in cookies or CookieStorage.cookie_name in cookies:
        return None
    parameters = parameters_of(request.path_info)
    query = meta.get("QUERY_STRING", "")
    if parameters is None or not query:
        return None if parameters is None else ""
    if len(query) > LONGEST_QUERY:
        return None
    try:
        check_bytes(unquote_to_bytes(query))
    except JunkError:
        return None
    pairs = parse_qsl(query, keep_blank_values=True)
    if any(name in parameters.sought for name, _value in pairs):
        return None
    return urlencode(sorted(pair for pair in pairs if pair[0] in parameters.read))


@lru_cache(maxsize=4096)
def parameters_of(path: str) -> Parameters | None:
    """What the view at an address has declared. Only addresses with a language have such a view."""
    language = translation.get_language_from_path(path)
    if not language:
        return None
    with translation.override(language):
        try:
            return getattr(resolve(path).func, DECLARED, None)
        except Resolver404:
            return None


def key_of(request: HttpRequest, query: str) -> Hashable:
    """What an answer is kept under. A foreign host has no answers: it is refused when one is made.

    The address names the language.
    """
    meta = request.META
    return (
        cache_version(),
        meta.get("HTTP_HOST") or (meta["SERVER_NAME"], meta["SERVER_PORT"]),
        request.is_secure(),
        request.path_info,
        query,
        bool(re_accepts_gzip.search(meta.get("HTTP_ACCEPT_ENCODING", ""))),
    )


def may_be_kept(response: HttpResponseBase) -> bool:
    control = response.headers.get("Cache-Control", "")
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
        and not any(word in control for word in UNKEPT)
    )


def etag_of(response: HttpResponse) -> str:
    """Of the words that were compressed: each compression of them is another."""
    packed = response.headers.get("Content-Encoding") == "gzip"
    words = gzip.decompress(response.content) if packed else response.content
    return f'W/"{sha256(words).hexdigest()[:32]}"'


def answer_with(answer: Answer, request: HttpRequest) -> HttpResponseBase:
    """The kept answer, or 304 when the reader has it already."""
    response = HttpResponse(answer.body)
    response.headers = answer.headers.copy()
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return response
    given = get_conditional_response(request, etag=answer.headers["ETag"], response=response)
    if given is None or given is response:
        return response
    for name, value in answer.headers.items():
        if name.lower() not in OF_THE_BODY:
            given.headers.setdefault(name, value)
    return given
