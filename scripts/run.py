"""`make run`: set up what has changed since last time, then serve web and worker until stopped.

Each piece of the set-up leaves a stamp in var/stamps with the state it was made from, so that a
second start does nothing twice. The interpreter is .venv's; settings come from .env as always.
"""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
STAMPS = BASE_DIR / "var" / "stamps"
ACCOUNTS = BASE_DIR / ".demo-accounts.json"
PACKAGES = ("portal", "law", "monitoring", "partnership", "content", "search")
SECONDS_TO_STOP = 15


def from_env_file() -> dict[str, str]:
    """The variables that .env sets."""
    file = BASE_DIR / ".env"
    lines = file.read_text().splitlines() if file.exists() else []
    pairs = (line.removeprefix("export ").split("=", 1) for line in lines if "=" in line)
    return {name.strip(): value.strip().strip("'\"") for name, value in pairs}


def environment(port: int) -> dict[str, str]:
    """This process's environment; demo mode, address, and quiet logs are ours unless .env says."""
    ours = {
        "PORTAL_DEMO": "1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
    }
    return {**ours, **from_env_file(), **os.environ, "PYTHONUNBUFFERED": "1"}


def state_of(*patterns: str, **more: str) -> str:
    """A digest of these files' names, sizes and times, and of any further words."""
    digest = hashlib.sha256(repr(sorted(more.items())).encode())
    for pattern in patterns:
        for path in sorted(BASE_DIR.glob(pattern)):
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                digest.update(f"{path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def once(name: str, state: str, *command: str, env: dict[str, str]) -> None:
    """Run a command of manage.py, unless it has run for this state already."""
    stamp = STAMPS / name
    if stamp.exists() and stamp.read_text() == state:
        return
    started = time.monotonic()
    done = subprocess.run([sys.executable, "manage.py", *command], cwd=BASE_DIR, env=env)
    if done.returncode:
        sys.exit(f"`manage.py {command[0]}` did not succeed: see above.")
    stamp.write_text(state)
    print(f"manage.py {command[0]:<16} {time.monotonic() - started:>14.1f} s", flush=True)


def set_up(env: dict[str, str]) -> str:
    """What the web needs to start: looks and tables, side by side. Returns the tables' state."""
    STAMPS.mkdir(parents=True, exist_ok=True)
    locked = {"lock": hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes()).hexdigest()}
    with ThreadPoolExecutor() as pool:
        seen, kept = pool.submit(looks, env, locked), pool.submit(tables, env, locked)
        seen.result()
        return kept.result()


def looks(env: dict[str, str], locked: dict[str, str]) -> None:
    """Fonts, then static files."""
    once("fonts", state_of("portal/**/cut_fonts.py", **locked), "cut_fonts", env=env)
    static = state_of("static/**/*", "*/static/**/*", "var/fonts/*", **locked)
    once("static", static, "collectstatic", "--noinput", "--clear", "--verbosity=0", env=env)


def tables(env: dict[str, str], locked: dict[str, str]) -> str:
    """The tables; returns the state that they were made from."""
    database = env.get("DATABASE_URL", "")
    file = BASE_DIR / "var" / "db.sqlite3"
    if not database and not file.exists():
        (STAMPS / "database").unlink(missing_ok=True)
        (STAMPS / "starter").unlink(missing_ok=True)
    state = state_of(
        *(f"{package}/**/migrations/*.py" for package in PACKAGES), database=database, **locked
    )
    once("database", state, "migrate", "--verbosity=0", env=env)
    return state


def starter(env: dict[str, str], state: str) -> None:
    """The starter content of the first page, in tables of this state; the worker loads the rest."""
    if env["PORTAL_DEMO"].lower() in ("1", "true", "yes", "on"):
        content = state_of(
            *(f"{package}/**/starter*" for package in PACKAGES),
            *(f"{package}/**/starter/**/*" for package in PACKAGES),
            *(f"{package}/**/data/**/*" for package in PACKAGES),
            tables=state,
        )
        once("starter", content, "demo", "--first", env=env)


def check_port_is_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Try `make run PORT={port + 1}`.")


def wait_until_it_answers(port: int, web: subprocess.Popen) -> None:
    while web.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)


def welcome(port: int) -> None:
    if ACCOUNTS.exists():
        print("\nDemo accounts (also in .demo-accounts.json):")
        for role, account in json.loads(ACCOUNTS.read_text()).items():
            print(f"  {role:<16} {account['email']:<34} {account['password']}")
    print(f"\nThe portal is at    http://127.0.0.1:{port}")
    print(f"For passkeys use    http://localhost:{port}")
    print("The search and the example figures follow within some minutes.")
    print("Ctrl-C stops it.")
    print(
        "The words of the law come from Finlex: give `make law` in another terminal.\n", flush=True
    )


def serve(port: int, env: dict[str, str], meanwhile: Callable[[], None] = lambda: None) -> int:
    """Run web and worker until one of them ends or we are told to stop; then stop both.

    `meanwhile` is done while the web starts, which takes seconds, and before the worker does.
    """
    stopping = False

    def stop(number, frame):
        nonlocal stopping
        stopping = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    web = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "portal.wsgi"],
        cwd=BASE_DIR,
        env={**env, "PORT": str(port)},
        start_new_session=True,
    )
    both = [web]
    try:
        meanwhile()
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "work"], cwd=BASE_DIR, env=env, start_new_session=True
        )
        both.append(worker)
        wait_until_it_answers(port, web)
        if not stopping and web.poll() is None:
            welcome(port)
        while not stopping and all(process.poll() is None for process in both):
            time.sleep(0.2)
    finally:
        end(both)
    return 0 if stopping else 1


def end(both: list[subprocess.Popen]) -> None:
    """Ask them to end, and make them when they do not."""
    for process in both:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + SECONDS_TO_STOP
    for process in both:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def main(port: int) -> int:
    check_port_is_free(port)
    env = environment(port)
    state = set_up(env)
    return serve(port, env, lambda: starter(env, state))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
