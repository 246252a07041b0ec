"""`make bench`: what pages cost, beside a bare Django view in the same run, as one JSON object.

One gunicorn worker with production settings answers one connection on the loopback address, on the
database of `make run` (or DATABASE_URL). For each address: queries of the first request of a
process and of a warm one, CPU of the application in milliseconds a request (mean), p50 and p99 of
the whole request in milliseconds, weight in bytes as gzip, and CPU as a ratio to the bare view and
to the bare view with one query and a small template. BENCH_REQUESTS sets how many are measured.
"""

import gzip
import http.client
import json
import os
import re
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import run

BASE_DIR = Path(__file__).resolve().parent.parent
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "300"))
WARM_UP = 20
HEADERS = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(which: str, env: dict[str, str]) -> Iterator[int]:
    """Serve the portal or the bare application with one worker; gives the port."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "bench_apps:application", "--pythonpath=scripts"]
    with tempfile.TemporaryDirectory() as counts:
        server = subprocess.Popen(
            [*command, "--workers=1", "--log-level=error", f"--bind=127.0.0.1:{port}"],
            cwd=BASE_DIR,
            env={**env, "BENCH": which, "PROMETHEUS_MULTIPROC_DIR": counts},
        )
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()
            server.wait(10)


def wait_for(port: int, server: subprocess.Popen) -> None:
    while server.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit("The server to measure did not start.")


def ask(port: int, path: str) -> tuple[float, http.client.HTTPResponse, bytes]:
    """One request: its milliseconds, the answer and its body as sent."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    started = time.perf_counter()
    connection.request("GET", path, headers=HEADERS)
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - started) * 1000
    connection.close()
    if answer.status != 200:
        sys.exit(f"{path} answered {answer.status}.")
    return spent, answer, body


def measure(which: str, path: str, env: dict[str, str]) -> dict[str, float]:
    """What one address costs, in a process of its own."""
    with serving(which, env) as port:
        _spent, first, _body = ask(port, path)
        for _turn in range(WARM_UP):
            ask(port, path)
        asked = [ask(port, path) for _turn in range(REQUESTS)]
    times = sorted(spent for spent, _answer, _body in asked)
    cpu = [float(answer.headers.get("X-Bench-CPU", 0)) for _spent, answer, _body in asked]
    _spent, last, body = asked[-1]
    return {
        "queries_cold": int(first.headers.get("X-Bench-Queries", 0)),
        "queries_warm": int(last.headers.get("X-Bench-Queries", 0)),
        "cpu_ms": round(statistics.mean(cpu), 2),
        "p50_ms": round(times[len(times) // 2], 2),
        "p99_ms": round(times[int(len(times) * 0.99)], 2),
        "gzip_bytes": len(body),
    }


def addresses(env: dict[str, str]) -> dict[str, str]:
    """The pages to measure: an article and the stylesheet are found by looking."""
    with serving("portal", env) as port:
        _spent, _answer, site_map = ask_plain(port, "/sitemap.xml")
        _spent, _answer, home = ask_plain(port, "/fi/")
    articles = re.findall(r"<loc>https?://[^/]+(/fi/ohjeet/(?!teema-)[^/<]+/)</loc>", site_map)
    stylesheet = re.search(r'href="(/static/css/site[^"]*\.css)"', home)
    if not articles or not stylesheet:
        sys.exit("There is no article to measure: run `make run` once first.")
    return {
        "home": "/fi/",
        "article": articles[0],
        "directory": "/fi/kumppanit/",
        "search": "/fi/haku/?q=kuntien",
        "static_file": stylesheet.group(1),
    }


def ask_plain(port: int, path: str) -> tuple[float, http.client.HTTPResponse, str]:
    spent, answer, body = ask(port, path)
    packed = answer.headers.get("Content-Encoding") == "gzip"
    return spent, answer, (gzip.decompress(body) if packed else body).decode()


def main() -> None:
    demo = run.environment(8000)
    run.set_up(demo)
    database = os.environ.get("DATABASE_URL", f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")
    env = {
        **demo,
        "DATABASE_URL": database,
        "PORTAL_DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SITE_URL": "https://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "WARNING",
    }
    results = {
        "bare_view": measure("bare", "/bare/", env),
        "bare_orm_view": measure("bare", "/orm/", env),
        **{name: measure("portal", path, env) for name, path in addresses(env).items()},
    }
    for result in results.values():
        for name in ("bare_view", "bare_orm_view"):
            result[f"cpu_to_{name}"] = round(result["cpu_ms"] / results[name]["cpu_ms"], 2)
    engine = database.partition(":")[0]
    print(json.dumps({"database": engine, "requests": REQUESTS, "pages": results}, indent=2))


if __name__ == "__main__":
    main()
