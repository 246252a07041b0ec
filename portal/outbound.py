"""The one way out of the portal: GET from a host that the operator named, and from no other."""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPResponse
from socket import SocketIO, socket
from typing import NamedTuple
from urllib.parse import urlsplit

import structlog
import urllib3
from django.conf import settings
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

LARGEST = 10_000_000  # bytes, unpacked
SECONDS = 30  # of one try, from the question to the last byte
TRIES = 3
FIRST_WAIT, LONGEST_WAIT = 2.0, 60.0
NOT_MODIFIED = 304
WORTH_ANOTHER_TRY = (429, 500, 502, 503, 504)

logger = structlog.get_logger(__name__)


class CouldNotFetchError(Exception):
    """Nothing came that can be used; the message says from where and why.

    `after` is how many seconds later the host wants to be asked again, when it named that.
    """

    def __init__(self, address: str, problem: str, after: float | None = None) -> None:
        self.address, self.problem, self.after = address, problem, after
        super().__init__(f"{address}: {problem}")


class NotThereError(CouldNotFetchError):
    """The host answers, and has nothing at that address."""


class Answer(NamedTuple):
    """What came, and its mark for asking again; no text when it is as it was (`unchanged`)."""

    text: str
    etag: str = ""
    unchanged: bool = False


@dataclass
class Outbound:
    """Requests to the host of `base`, one after another, `pause` seconds apart, at most `most`.

    The connection is kept open between them. A redirect is not followed. One try lasts `seconds` at
    most, and there are `tries` of them: few where a reader waits. `allowed` is asked before each
    request; `sleep` and `clock` are what waits and what tells the time.
    """

    base: str
    contact: str
    most: int
    pause: float = 1.0
    tries: int = TRIES
    seconds: float = SECONDS
    allowed: Callable[[], bool] = lambda: True
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    count: int = 0
    _last: float | None = None
    _pool: urllib3.HTTPConnectionPool = field(init=False)

    def __post_init__(self) -> None:
        self._pool = urllib3.connection_from_url(
            self.base,
            maxsize=1,
            timeout=urllib3.Timeout(total=self.seconds, connect=min(10, self.seconds)),
            retries=False,
        )
        in_time = {"http": _InTime, "https": _InTimeOverTLS}
        self._pool.ConnectionCls = in_time[urlsplit(self.base).scheme]

    def get(self, path: str, *, accept: str = "*/*", etag: str = "") -> Answer:
        """What is at a path below `base`.

        A broken connection and a server that is busy or in trouble are asked again, `tries` times
        in all, after growing waits or the one that it names. CouldNotFetchError, or NotThereError
        for 404, when that was to no avail.
        """
        wait = FIRST_WAIT
        for left in reversed(range(self.tries)):
            try:
                return self._once(path, accept, etag)
            except _TryAgainError as error:
                asked = error.after
                if not left or (asked is not None and asked > LONGEST_WAIT):
                    raise CouldNotFetchError(path, error.problem, asked) from error
                self.sleep(wait if asked is None else asked)
                wait *= 4
        raise AssertionError  # the last try returns or raises

    def _once(self, path: str, accept: str, etag: str) -> Answer:
        self._take_turn(path)
        started = self.clock()
        headers = {
            "User-Agent": user_agent(self.contact),
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Connection": "keep-alive",
        }
        if etag:
            headers["If-None-Match"] = etag
        address = f"{urlsplit(self.base).path.rstrip('/')}/{path}"
        try:
            response = self._pool.urlopen(
                "GET",
                address,
                headers=headers,
                redirect=False,
                retries=False,
                preload_content=False,
                decode_content=True,
            )
        except (HTTPError, OSError) as error:
            raise _TryAgainError(f"no answer ({type(error).__name__})") from error
        try:
            return self._read(path, response, started)
        except (HTTPError, OSError) as error:
            raise _TryAgainError(f"the answer broke off ({type(error).__name__})") from error
        finally:
            response.drain_conn() if response.length_remaining == 0 else response.close()
            logger.info(
                "fetched",
                path=path,
                status=response.status,
                seconds=round(self.clock() - started, 2),
            )

    def _read(self, path: str, response: urllib3.BaseHTTPResponse, started: float) -> Answer:
        status, named = response.status, response.headers.get("Retry-After")
        if status == NOT_MODIFIED:
            return Answer("", response.headers.get("ETag", ""), unchanged=True)
        if status in WORTH_ANOTHER_TRY:
            raise _TryAgainError(f"answer {status}", _seconds(named))
        if status == 404:
            raise NotThereError(path, "answer 404")
        if 300 <= status < 400:
            raise CouldNotFetchError(path, f"answer {status}: redirects are not followed")
        if status != 200:
            raise CouldNotFetchError(path, f"answer {status}")
        body = bytearray()
        while piece := response.read1(65_536, decode_content=True):
            body += piece
            if len(body) > LARGEST:
                raise CouldNotFetchError(path, f"larger than {LARGEST // 1_000_000} MB")
            if self.clock() - started > self.seconds:
                raise _TryAgainError(f"not there within {self.seconds:g} seconds")
        try:
            return Answer(body.decode("utf-8-sig"), response.headers.get("ETag", ""))
        except UnicodeDecodeError as error:
            raise CouldNotFetchError(path, "the text is not UTF-8") from error

    def _take_turn(self, path: str) -> None:
        """Wait until a second has passed since the last one; refuse one too many."""
        if self.count >= self.most or not self.allowed():
            raise CouldNotFetchError(path, f"{self.most} requests were made: no more this time")
        if self._last is not None and (rest := self._last + self.pause - self.clock()) > 0:
            self.sleep(rest)
        self._last = self.clock()
        self.count += 1


class _Answer(HTTPResponse):
    """An answer whose header and body are there within the time of the connection, or TimeoutError.

    A socket's own time begins anew with each byte, so a server that drips could hold a reader's
    request, or a whole worker, for as long as it likes.
    """

    def __init__(self, sock: socket, *given, **named) -> None:
        super().__init__(sock, *given, **named)
        self.fp.close()
        until = time.monotonic() + (sock.gettimeout() or SECONDS)
        self.fp = io.BufferedReader(_Bytes(sock, until))


class _InTime(HTTPConnection):
    response_class = _Answer


class _InTimeOverTLS(HTTPSConnection):
    response_class = _Answer


class _Bytes(io.RawIOBase):
    """The bytes of a socket as long as there is time."""

    def __init__(self, sock: socket, until: float) -> None:
        self._sock, self._until = sock, until
        self._raw: SocketIO = sock.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int | None:
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer takes too long")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()


def user_agent(contact: str) -> str:
    """Who asks, and whom to write to about it."""
    return f"integration-portal/{settings.VERSION} (+{settings.SITE_URL}; {contact})"


class _TryAgainError(Exception):
    def __init__(self, problem: str, after: float | None = None) -> None:
        self.problem, self.after = problem, after
        super().__init__(problem)


def _seconds(named: str | None) -> float | None:
    """What Retry-After says, in seconds: a number or a moment."""
    if named is None:
        return None
    if named.strip().isdecimal():
        return float(named)
    try:
        moment = parsedate_to_datetime(named)
    except ValueError:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
