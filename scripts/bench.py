"""`make bench`: what pages cost, as multiples of a bare Django view, as one JSON object.

The cost of a page is CPU, of the web process and of PostgreSQL's together, a request: the figures
of two requests of one gunicorn worker with production settings are subtracted, so that whatever
lies between them is counted. Times of waiting are not. On SQLite and on PostgreSQL:

- `pages`: each page made anew (KEPT_ANSWERS_MB=0), as a multiple of a bare view with one query of
  the ORM and a small template: the goal is 6 for home and article, 9 for the others, and 3 ms of
  PostgreSQL for each
- `ten_times`: the same with ten times the pages and three more kinds of page, and how that compares
- `search_quality`: what the tuning half of the gold set's questions found, by language and kind,
  on the database and on the Elasticsearch that BENCH_ELASTICSEARCH_URL or TEST_ELASTICSEARCH_URL
  names (`manage.py search_quality`)
- `from_memory`: answers that the process has kept, as a multiple of a bare view that is a constant:
  the goal is 1.3

Databases are made for the run and thrown away, PostgreSQL's beside the one that BENCH_POSTGRES_URL
or TEST_POSTGRES_URL (.env.services) names. BENCH_REQUESTS sets how many requests are measured;
BENCH_SQLITE (a file) and BENCH_POSTGRES_TEMPLATE (a name) are filled databases to copy instead.
"""

import gzip
import http.client
import json
import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import run

BASE_DIR = Path(__file__).resolve().parent.parent
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "200"))
WARM_UP = 20
TRIES = 5
ROUNDS = 4  # the pages are measured in turns, so that what else the machine does is spread over all
HEADERS = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}
TICK_MS = 1000 / os.sysconf("SC_CLK_TCK")
GOALS = {"home": 6, "article": 6}
GOAL_OF_OTHERS, GOAL_OF_POSTGRESQL_MS, GOAL_FROM_MEMORY = 9, 3, 1.3
PAGES = {
    "home": r"(/fi/)",
    "article": r"(/fi/ohjeet/(?!teema-)[^/]+/)",
    "list": r"(/fi/ohjeet/)",
    "directory": r"(/fi/kumppanit/)",
    "area": r"(/fi/alueet/TA\d+/)",
    "areas": r"(/fi/alueet/)",
    "situation": r"(/fi/tilannekuva/)",
    "section": r"(/fi/laki/[^/]+/14/)",
    "indicator": r"(/fi/indikaattorit/[^/]+/)",
}
SEARCH = "/fi/haku/?q=kuntien"
TEN_TIMES = {"DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": str(BASE_DIR / "scripts")}


class Server:
    """One gunicorn worker, and what its answers say they cost."""

    def __init__(self, port: int):
        self.port = port

    def ask(self, path: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request("GET", path, headers=HEADERS)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            sys.exit(f"{path} answered {answer.status}.")
        return answer, body

    def text(self, path: str) -> str:
        answer, body = self.ask(path)
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(body) if packed else body).decode()

    def cost(self, path: str, requests: int) -> tuple[float, float, int]:
        """Milliseconds of the application and of PostgreSQL, and queries, of one warm request.

        A connection with PostgreSQL that came of age meanwhile is measured again.
        """
        for _try in range(TRIES):
            for _turn in range(WARM_UP):
                self.ask(path)
            before, _body = self.ask(path)
            in_database = database_ms(before)
            for _turn in range(requests):
                after, _body = self.ask(path)
            if after.headers["X-Bench-Backend"] == before.headers["X-Bench-Backend"]:
                break
        else:
            sys.exit("The connection with PostgreSQL was made anew whenever it was measured.")
        spent = float(after.headers["X-Bench-CPU"]) - float(before.headers["X-Bench-CPU"])
        return (
            spent / requests,
            (database_ms(after) - in_database) / requests,
            int(after.headers["X-Bench-Queries"]),
        )


def database_ms(answer: http.client.HTTPResponse) -> float:
    """CPU that the process of PostgreSQL which served an answer has used so far."""
    pid = answer.headers["X-Bench-Backend"]
    if not pid:
        return 0.0
    exact = Path("/proc", pid, "schedstat")
    if exact.exists():
        return int(exact.read_text().split()[0]) / 1e6
    user, system = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) * TICK_MS


@contextmanager
def serving(which: str, env: dict[str, str]) -> Iterator[Server]:
    """Serve the portal or the bare application with one worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "bench_apps:application", "--pythonpath=scripts"]
    with tempfile.TemporaryDirectory() as counts:
        server = subprocess.Popen(
            [
                *command,
                *f"--workers=1 --timeout=300 --log-level=error --bind=127.0.0.1:{port}".split(),
            ],
            cwd=BASE_DIR,
            env={**env, "BENCH": which, "PROMETHEUS_MULTIPROC_DIR": counts},
        )
        try:
            wait_for(port, server)
            yield Server(port)
        finally:
            server.terminate()
            server.wait(60)


def wait_for(port: int, server: subprocess.Popen) -> None:
    while server.poll() is None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
    sys.exit("The server to measure did not start.")


def addresses(server: Server) -> dict[str, str]:
    """One address of each kind of page that is measured, by looking at the site map."""
    site_map = server.text("/sitemap.xml")
    found = {
        name: re.search(rf"<loc>https?://[^/]+{pattern}</loc>", site_map)
        for name, pattern in PAGES.items()
    }
    if missing := [name for name, match in found.items() if match is None]:
        sys.exit(f"The site map has no {', '.join(missing)}.")
    return {**{name: match[1] for name, match in found.items() if match}, "search": SEARCH}


class Costs:
    """Sums of what was measured in several rounds."""

    def __init__(self) -> None:
        self.rounds: dict[str, list[tuple[float, float, int]]] = {}

    def add(self, name: str, cost: tuple[float, float, int]) -> None:
        self.rounds.setdefault(name, []).append(cost)

    def of(self, name: str) -> tuple[float, float, int]:
        """The round that was disturbed least."""
        return min(self.rounds[name], key=lambda cost: cost[0] + cost[1])

    def beside(self, name: str, bare: str) -> dict[str, float]:
        """What a page costs, and as a multiple of a bare view."""
        app, database, queries = self.of(name)
        multiple = (app + database) / sum(self.of(bare)[:2])
        return {
            "multiple": round(multiple, 2),
            "app_ms": round(app, 2),
            "database_ms": round(database, 2),
            "queries": queries,
        }


def measure(env: dict[str, str], larger: dict[str, str]) -> dict:
    """All figures of one engine: on its database, and on the one with ten times the pages."""
    made_anew, kept = {"KEPT_ANSWERS_MB": "0"}, {"KEPT_ANSWERS_MB": "16"}
    costs, many, memory = Costs(), Costs(), Costs()
    with ExitStack() as stack:
        bare = stack.enter_context(serving("bare", env))
        portal = stack.enter_context(serving("portal", env | made_anew))
        ten_times = stack.enter_context(serving("portal", larger | made_anew))
        keeping = stack.enter_context(serving("portal", env | kept))
        pages = addresses(portal)
        for _round in range(ROUNDS):
            each = REQUESTS // ROUNDS
            for path in ("/orm/", "/bare/"):
                costs.add(path, bare.cost(path, each * 2))
                many.add(path, costs.rounds[path][-1])
                memory.add(path, costs.rounds[path][-1])
            for name, path in pages.items():
                costs.add(name, portal.cost(path, each))
                many.add(name, ten_times.cost(path, each))
                memory.add(name, keeping.cost(path, each * 2))
    return {
        "bare_ms": {
            path.strip("/"): round(sum(costs.of(path)[:2]), 2) for path in ("/bare/", "/orm/")
        },
        "pages": {
            name: held(costs.beside(name, "/orm/"), GOALS.get(name, GOAL_OF_OTHERS))
            for name in pages
        },
        "ten_times": {
            name: many.beside(name, "/orm/")
            | {"to_pages": round(sum(many.of(name)[:2]) / sum(costs.of(name)[:2]), 2)}
            for name in pages
        },
        "from_memory": {
            name: held(memory.beside(name, "/bare/"), GOAL_FROM_MEMORY)
            for name in pages
            if name != "search"
        },
    }


def held(cost: dict, goal: float) -> dict:
    """A page beside its goal, and whether it holds, PostgreSQL's milliseconds too."""
    holds = cost["multiple"] <= goal and cost["database_ms"] <= GOAL_OF_POSTGRESQL_MS
    return cost | {"goal": goal, "holds": holds}


def manage(*command: str, env: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], cwd=BASE_DIR, env=env, stdout=subprocess.DEVNULL
    )
    if done.returncode:
        sys.exit(f"`manage.py {command[0]}` did not succeed: see above.")


def fill(env: dict[str, str]) -> None:
    """Tables and starter content."""
    manage("migrate", "--verbosity=0", env=env | {"PORTAL_DEMO": "1"})
    manage("demo", env=env | {"PORTAL_DEMO": "1"})


def multiply(env: dict[str, str]) -> None:
    """Ten times the pages and three more kinds, in a copy of a filled database."""
    manage("migrate", "--run-syncdb", "--verbosity=0", env=env)
    manage("ten_times", env=env)


@contextmanager
def on_sqlite(env: dict[str, str]) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The environments for both databases, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        one, ten = Path(folder, "one.sqlite3"), Path(folder, "ten.sqlite3")
        env = env | {"DATABASE_URL": f"sqlite:///{one}"}
        if ready := os.environ.get("BENCH_SQLITE"):
            shutil.copy(ready, one)
        else:
            fill(env)
        shutil.copy(one, ten)
        larger = env | TEN_TIMES | {"DATABASE_URL": f"sqlite:///{ten}"}
        multiply(larger)
        yield env, larger


@contextmanager
def on_postgresql(env: dict[str, str], url: str) -> Iterator[tuple[dict[str, str], dict[str, str]]]:
    """The environments for both databases, which are dropped afterwards."""
    server = url.rpartition("/")[0]
    name = f"bench_{secrets.token_hex(4)}"
    one, ten = f"{name}_one", f"{name}_ten"
    env = env | {"DATABASE_URL": f"{server}/{one}"}
    larger = env | TEN_TIMES | {"DATABASE_URL": f"{server}/{ten}"}
    template = os.environ.get("BENCH_POSTGRES_TEMPLATE", "template1")
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        try:
            connection.execute(f"CREATE DATABASE {one} TEMPLATE {template}")
            if template == "template1":
                fill(env)
            connection.execute(f"CREATE DATABASE {ten} TEMPLATE {one}")
            multiply(larger)
            yield env, larger
        finally:
            for database in (one, ten):
                connection.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def service(name: str) -> str:
    """The address that BENCH_<name> or TEST_<name> gives; empty when nobody has said one."""
    services = BASE_DIR / ".env.services"
    found = (
        re.search(rf"^TEST_{name}=(.+)$", services.read_text(), re.M) if services.exists() else None
    )
    return os.environ.get(f"BENCH_{name}") or (found[1] if found else "")


def elasticsearch_url() -> str:
    """An index for this run alone, or empty."""
    url = service("ELASTICSEARCH_URL")
    return f"{url}/bench-{secrets.token_hex(4)}" if url else ""


def search_quality(env: dict[str, str], elasticsearch: str = "") -> dict:
    """The table of `manage.py search_quality`, by engine; the index in Elasticsearch is dropped."""
    env = env | {"ELASTICSEARCH_URL": elasticsearch}
    try:
        if elasticsearch:
            manage("search_index", "--rebuild", env=env)
        done = subprocess.run(
            [sys.executable, "manage.py", "search_quality", "--json"],
            cwd=BASE_DIR,
            env=env,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        if elasticsearch:
            manage("search_index", "--drop", env=env)
    return json.loads(done.stdout)


def main() -> None:
    demo = run.environment(8000)
    manage("collectstatic", "--noinput", "--verbosity=0", env=demo | {"PORTAL_DEMO": "1"})
    env = {
        **demo,
        "PORTAL_DEMO": "0",
        "SECRET_KEY": secrets.token_urlsafe(32),
        "SITE_URL": "https://127.0.0.1",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXY_COUNT": "1",
        "LOG_LEVEL": "WARNING",
    }
    told: dict[str, object] = {"requests": REQUESTS}
    with on_sqlite(env) as both:
        told["sqlite"] = measure(*both)
        quality = search_quality(both[0], elasticsearch_url())
    if url := service("POSTGRES_URL"):
        with on_postgresql(env, url) as both:
            told["postgresql"] = measure(*both)
            quality |= search_quality(both[0])
    told["search_quality"] = quality
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
