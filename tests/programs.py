"""A program that a run of the suite starts once: a browser."""

import os
import shutil
import socket
import subprocess
import time
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests import services


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str, within: float) -> bool:
    """Whether the address answers at all within so many seconds."""
    host, port = urlsplit(url).hostname, urlsplit(url).port
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{host}:{port}/livez", timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def tied(*command: str) -> list[str]:
    """The command, ended by the system when this process ends, however that is (on Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", *command] if setpriv else list(command)


def end(program: subprocess.Popen, within: float = 20) -> None:
    """Ask a program to stop, so that it stops what it has started; kill what does not."""
    program.terminate()
    try:
        program.wait(within)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium for the tests marked `browser`, started once a process."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop beside the ORM
    quiet = ("background-networking", "component-update", "sync", "quic", "gpu")
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(
            executable_path=services.chromium(),
            args=["--no-sandbox", *(f"--disable-{word}" for word in quiet)],
        )
        yield chrome
        chrome.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
