"""What a run writes down holds nothing of what readers typed, and no keys."""

import http.client
import json
import logging
import socket
import subprocess
import sys

import pytest
import structlog
from django.core import signing
from django.db import OperationalError

from portal import logs
from portal.settings import BASE_DIR
from tests.programs import answers, free_port

CANARY = "Kanaria"
KEY = signing.dumps([7, 1732492800], salt="tests")
HASH = "c9a1b2-8d7e6f5a4b3c2d1e0f9a8b7c6d5e4f3a"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

GETS = [
    f"/en/about/feedback/?from={CANARY}",
    f"/en/search/?q={CANARY}&page={CANARY}",
    f"/en/law/?day={CANARY}",
    f"/en/%00{CANARY}",
    f"/en/%ff{CANARY}/",
    f"/api/v1/areas?limit={CANARY}",
    f"/en/{CANARY}@example.org/",
    f"/en/partners/invitations/{KEY}/",
    f"/fi/kumppanit/kutsut/{KEY}",
    f"/en/follow/stop/?key={KEY}",
    f"/en/follow/confirm/?key={KEY}",
    f"/accounts/confirm-email/{KEY}/",
    f"/accounts/confirm-email/{KEY}/%00",
    f"/accounts/password/reset/key/{HASH}/",
    f"/accounts/login/?next=/en/partners/invitations/{KEY}/",
]
POSTS = [
    ("/accounts/login/", f"login={CANARY}@example.org&password={CANARY}", {}),
    ("/en/about/feedback/", f"text={CANARY}&email={CANARY}@example.org", {}),
    ("/en/about/feedback/", f"text={CANARY}%ff", {}),
    ("/en/about/feedback/", f"text={CANARY}", {"Content-Type": "text/plain; charset=latin-1"}),
    (f"/en/partners/invitations/{KEY}/", f"answer={CANARY}", {}),
    (f"/en/follow/stop/?key={KEY}", f"key={KEY}", {"Origin": f"https://{CANARY}.example.org"}),
    ("/api/v1/areas", CANARY, {}),
]


@pytest.fixture
def run(transactional_db, test_database):
    """Serve the portal; gives its port, and a function that ends it and returns its log."""
    port = free_port()
    program = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi", "--access-logfile", "-"],
        cwd=BASE_DIR,
        env=test_database.environment()
        | {"PORT": str(port), "WEB_CONCURRENCY": "1", "LOG_LEVEL": "INFO"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def end():
        program.terminate()
        return program.communicate(timeout=30)[0]

    assert answers(f"http://127.0.0.1:{port}", within=60)
    yield port, end
    if program.poll() is None:
        end()


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(method, path, body, headers or {})
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_run_s_log_has_no_canary(run):
    port, end = run
    traces = {"User-Agent": CANARY, "Referer": f"http://127.0.0.1/{CANARY}?key={KEY}"}
    codes = [ask(port, "GET", path, headers=traces) for path in GETS]
    codes += [ask(port, "POST", path, body, FORM | more) for path, body, more in POSTS]
    codes += [ask(port, "GET", "/en/", headers={"Host": f"{CANARY}.example.org"})]
    with socket.create_connection(("127.0.0.1", port), timeout=20) as raw:
        raw.sendall(f"GET /{CANARY}?key={KEY} HTTP/{CANARY}\r\n\r\n".encode())
        raw.recv(1000)

    log = end()

    assert {400, 403, 404} <= set(codes) and max(codes) < 500
    assert "Bad Request" in log
    assert CANARY.lower() not in log.lower()
    assert KEY.rpartition(":")[2] not in log
    assert HASH not in log
    assert "Traceback" not in log


@pytest.fixture
def line():
    """A function that writes one record as the portal does, and gives the line."""
    formatter = structlog.stdlib.ProcessorFormatter(
        processor=structlog.processors.JSONRenderer(), foreign_pre_chain=logs.SHARED
    )

    def line(status, request, error):
        record = logging.LogRecord(
            "django.request", logging.ERROR, "", 0, "Said: %s", (request.path,), error
        )
        record.status_code, record.request = status, request
        logs.Refusals().filter(record)
        return json.loads(formatter.format(record))

    return line


def raised(error):
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_a_fault_keeps_its_traceback_but_not_the_value(line, rf):
    written = line(500, rf.get("/en/"), raised(ValueError(f"invalid literal: '{CANARY}'")))

    assert "Traceback" in written["exception"] and "ValueError" in written["exception"]
    assert CANARY not in str(written)


def test_a_database_that_is_away_is_one_line(line, rf):
    written = line(503, rf.get("/en/"), raised(OperationalError("connection refused")))

    assert written["event"] == "Service Unavailable: /en/ (OperationalError)"
    assert "exception" not in written


@pytest.mark.parametrize(
    "text",
    [
        "portal.mail.sending.send_due",
        "/en/guidance/what-the-integration-plan-of-2025-says/",
        "django.http.multipartparser.MultiPartParserError",
        "/fi/laki/681-2023/14-a/",
        "http://127.0.0.1:8000/fi/",
    ],
)
def test_what_is_no_secret_stays(text):
    assert logs.mask(text) == text


@pytest.mark.parametrize(
    "text",
    [
        KEY,
        HASH.partition("-")[2],
        f"{CANARY}@example.org",
        "131052-308T",
        "?q=words",
        "uV3dH0-x9QmTz_4bKpLw21",
    ],
    ids=["key", "hash", "address", "identity code", "query", "token"],  # a key tells its second
)
def test_what_is_one_goes(text):
    assert logs.mask(f"/en/{text}") == f"/en/{logs.MASK}"


class TestSentry:
    def test_a_fault_is_told_without_what_was_sent(self):
        event = {
            "request": {
                "method": "POST",
                "url": f"https://portal.example.org/en/invitations/{KEY}/?q={CANARY}",
                "query_string": CANARY,
                "cookies": {"session": CANARY},
                "headers": {"Referer": CANARY},
            },
            "logentry": {"message": "Failed: %s", "params": [f"/en/{KEY}/"]},
            "exception": {"values": [{"type": "ValueError", "value": f"bad: '{CANARY}'"}]},
        }

        told = str(logs.before_send(event, {}))

        assert "ValueError" in told and "portal.example.org" in told
        assert CANARY not in told and KEY not in told

    def test_refusals_are_no_faults(self):
        record = logging.makeLogRecord({"status_code": 400})

        assert logs.before_send({}, {"log_record": record}) is None


def test_an_address_that_comes_again_is_masked_once(monkeypatch):
    masked = []
    mask = logs.mask
    monkeypatch.setattr(logs, "mask", lambda text: masked.append(text) or mask(text))
    logs.mask_address.cache_clear()

    told = [logs.mask_address(f"/en/{'Ab1' * 8}/") for _turn in range(3)]

    assert told == [f"/en/{logs.MASK}/"] * 3
    assert len(masked) == 1
