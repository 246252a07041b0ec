"""The portal goes out by one function: nothing else opens a connection of its own."""

import ast
import socket
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings

from portal.outbound import CouldNotFetchError, Outbound

PACKAGES = ("portal", "law", "monitoring", "partnership", "content", "search")
WAYS_OUT = {"requests", "urllib3", "socket", "httpx", "aiohttp"}
DEEPER = {"http.client", "urllib.request"}
KNOWN = {
    ("portal/outbound.py", "http"),
    ("portal/outbound.py", "socket"),
    ("portal/outbound.py", "urllib3"),
    ("portal/media/scanner.py", "socket"),  # the virus scanner's own, on a machine of the house
    ("portal/accounts/views.py", "requests"),  # an error that allauth raises
}


def imported(file: Path):
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_nothing_but_the_one_function_opens_a_connection():
    found = {
        (str(file.relative_to(settings.BASE_DIR)), module.partition(".")[0])
        for package in PACKAGES
        for file in (settings.BASE_DIR / package).rglob("*.py")
        for module in imported(file)
        if module.partition(".")[0] in WAYS_OUT or module in DEEPER
    }

    assert found == KNOWN


HANGS = 20  # seconds: far from the time that is given, and from a minute of drops


@contextmanager
def dripping(first: bytes, drop: bytes):
    """The address of a server that sends `first`, then `drop` ten times a second for a minute."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _address = server.accept()
            with connection:
                connection.recv(65_536)
                connection.sendall(first)
                try:
                    for _ in range(600):
                        connection.sendall(drop)
                        time.sleep(0.1)
                except OSError:
                    return

        Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.parametrize(
    ("first", "drop"),
    [
        (b"HTTP/1.1 200 OK\r\n", b"X-More: yes\r\n"),
        (b"HTTP/1.1 200 OK\r\nX-Endless: ", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"x"),
        (b"", b"H"),
    ],
    ids=["lines of a header", "one line of it", "body", "first line"],
)
def test_an_answer_that_drips_is_left_after_its_time(first, drop):
    with dripping(first, drop) as base:
        asking = Outbound(base, "keeper@example.org", most=1, tries=1, seconds=0.5)
        started = time.monotonic()

        with pytest.raises(CouldNotFetchError):
            asking.get("")

    assert time.monotonic() - started < HANGS


def test_two_answers_come_over_one_connection_each_with_its_own_time():
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes"
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            connection, _address = server.accept()
            with connection:
                for _ in range(2):
                    connection.recv(65_536)
                    time.sleep(0.3)
                    connection.sendall(answer)

        Thread(target=serve, daemon=True).start()
        base = f"http://127.0.0.1:{server.getsockname()[1]}"
        asking = Outbound(base, "keeper@example.org", most=2, pause=0, tries=1, seconds=0.5)

        assert [asking.get("").text, asking.get("").text] == ["yes", "yes"]
