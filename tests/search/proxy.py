"""A way to the real Elasticsearch over TLS, with a certificate and a key of its own.

The server that the tests start is bare: it has neither. This stands before it as the operator's own
proxy would, and may be stopped and started on its port as a server that restarts.
"""

import socket
import ssl
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

PASSED_ON = ("Accept", "Content-Type")
NOT_OURS = ("connection", "content-length", "transfer-encoding", "content-encoding")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_at: str
    key: str
    open: list[socket.socket]

    def setup(self):
        super().setup()
        self.open.append(self.connection)

    def pass_on(self):
        size = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(size) if size else None
        if self.headers.get("Authorization") != f"ApiKey {self.key}":
            headers = {"Content-Type": "application/json", "X-Elastic-Product": "Elasticsearch"}
            self.answer(401, headers, b'{"error": "no key"}')
            return
        to = HTTPConnection(urlsplit(self.server_at).netloc, timeout=10)
        headers = {name: self.headers[name] for name in PASSED_ON if name in self.headers}
        to.request(self.command, self.path, body, headers)
        answer = to.getresponse()
        self.answer(answer.status, dict(answer.getheaders()), answer.read())
        to.close()

    def __getattr__(self, name):
        if name.startswith("do_"):  # whatever the method
            return self.pass_on
        raise AttributeError(name)

    def answer(self, status, headers, body):
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() not in NOT_OURS:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args):
        """Nothing on the terminal."""


class Proxy:
    """Passes on to `server_at` what comes with `key`; `certificate` has its key too."""

    def __init__(self, server_at, certificate, key):
        self.handler = type("Here", (_Handler,), {"server_at": server_at, "key": key, "open": []})
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.context.load_cert_chain(certificate)
        self.port = 0
        self.start()

    def start(self):
        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), self.handler)
        self.server.daemon_threads = True
        self.port = self.server.server_port
        self.server.socket = self.context.wrap_socket(self.server.socket, server_side=True)
        Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        while self.handler.open:
            with suppress(OSError):
                self.handler.open.pop().shutdown(socket.SHUT_RDWR)
