"""What a run of the suite starts ends with it, and what it may do without is done without."""

import shutil
import signal
import subprocess
import sys
import time

import pytest

from portal.settings import BASE_DIR
from tests import services
from tests.programs import end, tied

STARTS_ONE_MORE = """
import subprocess, sys, time
from tests.programs import tied
print(subprocess.Popen(tied(sys.executable, "-c", "import time; time.sleep(60)")).pid, flush=True)
time.sleep(60)
"""


def runs(pid):
    found = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return found.stdout.strip()[:1] not in ("", "Z")


@pytest.mark.skipif(not shutil.which("setpriv"), reason="the system ties no programs together")
def test_what_was_started_ends_with_a_run_that_is_killed():
    run = subprocess.Popen(
        [sys.executable, "-c", STARTS_ONE_MORE], cwd=BASE_DIR, stdout=subprocess.PIPE, text=True
    )
    with run:
        started = int(run.stdout.readline())
        assert runs(started)
        run.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 20
    while runs(started) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not runs(started)


def test_a_program_is_asked_to_stop_before_it_is_killed():
    stops = "import signal, sys\nsignal.signal(15, lambda *_: sys.exit(7))\nprint(1, flush=True)"
    program = subprocess.Popen(
        tied(sys.executable, "-c", f"{stops}\nsignal.pause()"), stdout=subprocess.PIPE
    )
    with program:
        program.stdout.readline()
        end(program)

    assert program.returncode == 7


def test_without_services_none_is_found(monkeypatch):
    monkeypatch.setattr(services, "WITHOUT", True)
    for service in services.SERVICES.values():
        assert service.missing()
