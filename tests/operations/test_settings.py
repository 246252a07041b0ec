import os
import re
import subprocess
import sys

import pytest

from portal.settings import BASE_DIR

READ = re.compile(r"""env(?:\.\w+)?\(\s*"([A-Z0-9_]+)"|environ(?:\.get\(|\[)["']([A-Z0-9_]+)["']""")
LISTED = re.compile(r"^#? ?([A-Z][A-Z0-9_]+)=", re.MULTILINE)


def test_every_variable_is_in_the_example_and_no_other():
    sources = [BASE_DIR / "portal" / "settings.py", BASE_DIR / "gunicorn.conf.py"]
    found = [READ.findall(source.read_text()) for source in sources]
    read = {first or second for pairs in found for first, second in pairs}

    assert set(LISTED.findall((BASE_DIR / ".env.example").read_text())) == read


def start(**variables):
    """Load the settings in a fresh process that knows only these variables."""
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=BASE_DIR,
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
    )


@pytest.mark.skipif((BASE_DIR / ".env").exists(), reason="there is a .env file, which would answer")
class TestProduction:
    def test_no_start_without_a_secret(self):
        assert "Set SECRET_KEY" in start(SITE_URL="https://portal.example.org").stderr

    def test_no_start_without_an_address(self):
        assert "Set SITE_URL" in start(SECRET_KEY="secret").stderr

    def test_starts_with_both(self):
        assert start(SECRET_KEY="secret", SITE_URL="https://p.example.org").returncode == 0

    def test_demo_mode_needs_nothing(self):
        assert start(PORTAL_DEMO="1").returncode == 0
