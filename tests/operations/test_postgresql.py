"""On SQLite, the tests that need PostgreSQL are run there, by a second pytest."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from portal.settings import BASE_DIR
from tests import services


@pytest.mark.skipif(connection.vendor != "sqlite", reason="this run is on PostgreSQL already")
def test_what_needs_postgresql_holds_there():
    if missing := services.SERVICES["postgres"].missing():
        services.skip_or_fail(missing)

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", "-q", "-m", "postgres"],
        cwd=BASE_DIR,
        env={**os.environ, "DATABASE_URL": services.postgres()},
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout[-5000:]
