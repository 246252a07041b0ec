"""A server on 127.0.0.1 that gives out invented acts as Finlex's open data does, faults and all."""

import gzip
import json
import re
from collections import deque
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

HOME = "/finlex/avoindata/v1"
STATUTE = re.compile(r"/akn/fi/act/(statute|statute-consolidated)/(\d{4})/(\d+)/(fin|swe)@(.*)")
LIST = re.compile(r"/akn/fi/act/(statute|statute-consolidated)/list")
ZONED = re.compile(r"T\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
EMPTY = "<AknXmlList><Results></Results></AknXmlList>"


@dataclass
class StandIn:
    """What it gives out, what it was asked, and the faults that come next.

    `originals` are by (number, year, language), `versions` by (number, year, language) in the order
    of the versions. `faults` are answered in turn instead of what was asked for: a number, a number
    with a Retry-After, "cut", "truncated", "empty", "doctype", "large", "elsewhere". `pinned` says
    that a version is answered with another one. `heard` is called with the number of each request
    before it is answered.
    """

    originals: dict[tuple[int, int, str], str] = field(default_factory=dict)
    titles: dict[tuple[int, int], str] = field(default_factory=dict)
    versions: dict[tuple[int, int, str], dict[str, str]] = field(default_factory=dict)
    faults: deque = field(default_factory=deque)
    always: dict[str, object] = field(default_factory=dict)
    pinned: dict[str, str] = field(default_factory=dict)
    etags: bool = False
    status: str = "NEW"
    heard: Callable[[int], None] = lambda number: None
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    connections: int = 0
    url: str = ""

    def publish(self, number, year, title="", **texts):
        """An act as it was given, by language."""
        self.titles[number, year] = title
        for language, text in texts.items():
            self.originals[number, year, language] = text

    def consolidate(self, number, year, version, **texts):
        """A consolidated version, by language."""
        for language, text in texts.items():
            self.versions.setdefault((number, year, language), {})[version] = text

    def answer(self, path: str, accept: str) -> tuple[int, str]:
        """Status and text, as the true one would give them."""
        address = urlsplit(path)
        query = {name: values[0] for name, values in parse_qs(address.query).items()}
        place = address.path.removeprefix(HOME)
        if found := LIST.fullmatch(place):
            return self._list(found[1], query)
        found = STATUTE.fullmatch(place)
        if not found:
            return (403, "Forbidden") if place in ("", "/") else (404, "No entry found")
        if accept.startswith("application/json"):
            return 406, "Not Acceptable"
        kind, year, number, language, version = found.groups()
        key = (int(number), int(year), {"fin": "fi", "swe": "sv"}[language])
        if kind == "statute":
            text = self.originals.get(key)
        else:
            every = self.versions.get(key, {})
            wanted = self.pinned.get(version, version)
            wanted = {"": min(every, default=""), "latest": max(every, default="")}.get(
                wanted, wanted
            )
            text = every.get(wanted)
        return (200, text) if text else (404, "No entry found in given path")

    def _list(self, kind: str, query: dict) -> tuple[int, str]:
        limit, page = int(query.get("limit", 5)), int(query.get("page", 1))
        since = query.get("publishedSince")
        if limit > 10 or (since and not ZONED.search(since)):
            return 400, "Bad Request"
        base = "https://opendata.finlex.fi/finlex/avoindata/v1/akn/fi/act"
        names = {"fi": "fin", "sv": "swe"}
        if kind == "statute":
            rows = [
                f"{base}/statute/{year}/{number}/{names[language]}@"
                for number, year, language in self.originals
                if query.get("titleContains", "") in self.titles[number, year]
                and self.titles[number, year].endswith("muuttamisesta")
                and language == "fi"
            ]
        else:
            rows = [
                f"{base}/statute-consolidated/{year}/{number}/{names[language]}@{version}"
                for (number, year, language), every in self.versions.items()
                for version in ["", *every]
                if str(number) == query.get("documentNumber")
                and str(year) == query.get("startYear")
            ]
        found = [{"akn_uri": one, "status": self.status} for one in rows]
        return 200, json.dumps(found[(page - 1) * limit : page * limit])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    standin: StandIn

    def setup(self):
        super().setup()
        self.standin.connections += 1

    def do_HEAD(self):
        self._send(403, "")

    def do_GET(self):
        standin = self.standin
        standin.asked.append(self.path.removeprefix(HOME))
        standin.heard(len(standin.asked))
        standin.hosts.add(self.headers["Host"])
        standin.agents.add(self.headers.get("User-Agent", ""))
        if not self.headers.get("User-Agent"):
            self._send(403, "Forbidden")
            return
        fault = next((one for part, one in standin.always.items() if part in self.path), None)
        if fault is None and standin.faults:
            fault = standin.faults.popleft()
        status, text = standin.answer(self.path, self.headers.get("Accept", ""))
        headers = {}
        match fault:
            case None:
                pass
            case "cut":
                self.close_connection = True
                return
            case "truncated":
                text = text[: len(text) // 2]
            case "broken off":
                self._send(status, text, sent=len(text) // 3)
                return
            case "empty":
                text = EMPTY
            case "doctype":
                text = f'<!DOCTYPE akomaNtoso [<!ENTITY a "b">]>{text}'
            case "large":
                text = text + " " * 11_000_000
            case "elsewhere":
                status, text = 302, ""
                headers["Location"] = "http://elsewhere.example.org/"
            case (status, after):
                text, headers["Retry-After"] = "", str(after)
            case status:
                text = "No entry found in given path" if status == 404 else ""
        if standin.etags and status == 200:
            headers["ETag"] = f'"{hash(text)}"'
            if self.headers.get("If-None-Match") == headers["ETag"]:
                status, text = 304, ""
        self._send(status, text, headers)

    def _send(self, status, text, headers=None, sent=None):
        body = gzip.compress(text.encode(), compresslevel=1)
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 304 and self.command == "GET":
            self.wfile.write(body if sent is None else body[: len(body) // 2])
        if sent is not None:
            self.close_connection = True

    def log_message(self, format, *args):
        """The test reads `asked` instead."""


@contextmanager
def serving():
    """A stand-in that answers at its `url` until the block ends."""
    standin = StandIn()
    handler = type("Handler", (_Handler,), {"standin": standin})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    standin.url = f"http://127.0.0.1:{server.server_port}{HOME}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield standin
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
