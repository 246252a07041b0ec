"""Programs that a run of the suite starts once: a browser, and a stand-in for Elasticsearch."""

import os
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
            urllib.request.urlopen(f"http://{host}:{port}/", timeout=2).close()
            return True
        except OSError:
            time.sleep(0.1)
    return False


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory):
    """The address of an Elasticsearch, or of a program that answers like one for this run."""
    found = services.elasticsearch()
    if found is None or found.startswith("http"):
        yield found
        return
    port, data = free_port(), tmp_path_factory.mktemp("elasticsearch")
    command = [found, "start", "--only", "elasticsearch", "--elasticsearch-port", str(port)]
    with (data / "log").open("w") as log:
        program = subprocess.Popen(
            [*command, "--data-dir", str(data / "data")], stdout=log, stderr=log
        )
    url = f"http://127.0.0.1:{port}"
    if not answers(url, within=20):
        program.kill()
        pytest.fail((data / "log").read_text()[-2000:], pytrace=False)
    yield url
    program.terminate()
    program.wait(10)


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
