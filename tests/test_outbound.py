"""The portal goes out by one function: nothing else opens a connection of its own."""

import ast
from pathlib import Path

from django.conf import settings

PACKAGES = ("portal", "law", "monitoring", "partnership", "content", "search")
WAYS_OUT = {"requests", "urllib3", "socket", "httpx", "aiohttp"}
DEEPER = {"http.client", "urllib.request"}
KNOWN = {
    ("portal/outbound.py", "urllib3"),
    ("portal/media/scanner.py", "socket"),  # the virus scanner's own, on a machine of the house
    ("portal/accounts/views.py", "requests"),  # an error that allauth raises
}


def imported(file: Path):
    """The modules that a file imports."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def test_nothing_but_the_one_function_opens_a_connection():
    found = {
        (str(file.relative_to(settings.BASE_DIR)), module.partition(".")[0])
        for package in PACKAGES
        for file in (settings.BASE_DIR / package).rglob("*.py")
        for module in imported(file)
        if module.partition(".")[0] in WAYS_OUT or module in DEEPER
    }

    assert found == KNOWN
