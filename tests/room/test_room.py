"""A room in one folder: one line of INSTALLED_APPS gives it all that rooms have."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from portal.settings import BASE_DIR

CHECKS = ["tests/room/checks.py"]


@pytest.mark.timeout(600)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough")
def test_a_room_joins_by_one_line():
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-n0", "-q"),
            *("--ds=tests.room.settings", "--timeout=600", *CHECKS),
        ],
        cwd=BASE_DIR,
        env={name: each for name, each in os.environ.items() if name != "DATABASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout[-5000:] + done.stderr[-2000:]
