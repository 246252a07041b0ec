"""`make run` serves web and worker together, and ends both."""

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from portal.settings import BASE_DIR
from tests.programs import end, free_port, tied

SECONDS = 40


@pytest.fixture
def running(test_database, transactional_db):
    """The second half of `make run`, on this test's database; gives the process and its port."""
    port = free_port()
    process = subprocess.Popen(
        tied(
            *(sys.executable, "-c"),
            f"import os, run; raise SystemExit(run.serve({port}, dict(os.environ)))",
        ),
        cwd=BASE_DIR,
        env={
            **test_database.environment(),
            "PYTHONPATH": "scripts",
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "LOG_LEVEL": "INFO",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    yield process, port
    end(process)
    process.stdout.close()


def is_free(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_web_and_worker_start_together_and_stop_together(running, number):
    process, port = running
    awaited = {f"http://localhost:{port}", "worker_started"}
    for line in process.stdout:
        awaited -= {words for words in awaited if words in line}
        if not awaited:
            break
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez") as page:
        assert page.status == 200

    process.send_signal(number)
    said = process.stdout.read()

    assert process.wait(SECONDS) == 0, said
    assert "worker_stopped" in said
    assert is_free(port)


def test_a_taken_port_is_said_before_anything_is_done():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = subprocess.run(
            [sys.executable, "scripts/run.py", str(port)],
            cwd=BASE_DIR,
            capture_output=True,
            text=True,
        )

    assert done.returncode == 1
    assert f"make run PORT={port + 1}" in done.stderr


@pytest.mark.django_db(transaction=True)
def test_make_dev_serves_the_static_files_of_the_tree_with_no_set_up(test_database):
    port = free_port()
    process = subprocess.Popen(
        tied("make", "--assume-old=install-dev", "dev", f"PORT={port}"),
        cwd=BASE_DIR,
        env=test_database.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        page = once_there(process, f"http://127.0.0.1:{port}/en/")
        assert "/static/css/site.css" in page
        assert "@layer" in once_there(process, f"http://127.0.0.1:{port}/static/css/site.css")
    finally:
        end(process)


def once_there(process, address):
    """The text at an address of a server that is starting."""
    deadline = time.monotonic() + 2 * SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=SECONDS) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:
            raise
        except OSError:
            time.sleep(0.2)
    raise AssertionError("The server did not start.")
