"""`make lint`: check the code, the templates and the translations; every check runs."""

import os
import re
import subprocess
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MOST_LINES = 500
MOST_CHARACTERS = 160  # of a line of a template
SOURCES = (".py", ".html", ".css", ".js")
FORBIDDEN_IN_TEMPLATES = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|href=[\"']javascript:"
)
INDEX_ADDRESS = re.compile(
    r"(extra-)?index-url[ =]+\S*:|--find-links|\"resolved\": *\"https?:|^registry *=", re.MULTILINE
)


def tracked() -> list[Path]:
    """The repository's files, those not committed yet included."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := BASE_DIR / name).is_file()]


def too_long(files: list[Path]) -> list[str]:
    """Files that no longer read in one sitting, migrations apart."""
    return [
        f"{path.relative_to(BASE_DIR)}: {lines} lines, at most {MOST_LINES}"
        for path in files
        if path.suffix in SOURCES and "migrations" not in path.parts
        if (lines := len(path.read_text().splitlines())) > MOST_LINES
    ]


def long_lines(files: list[Path]) -> list[str]:
    """Lines of templates that no screen shows whole, so that nobody reads them to their end."""
    return [
        f"{path.relative_to(BASE_DIR)}:{number}: {len(line)} characters, at most {MOST_CHARACTERS}"
        for path in files
        if path.suffix in (".html", ".txt") and "templates" in path.parts
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > MOST_CHARACTERS
    ]


def inline(files: list[Path]) -> list[str]:
    """Scripts and styles that the content security policy of pages would refuse."""
    return [
        f"{path.relative_to(BASE_DIR)}: {found.group().strip()} is refused by our own policy"
        for path in files
        if path.suffix in (".html", ".svg") and "templates" in path.parts
        if "letters" not in path.parts
        for found in FORBIDDEN_IN_TEMPLATES.finditer(path.read_text())
    ]


def index_addresses(files: list[Path]) -> list[str]:
    """Package index addresses: an installation takes the one it is configured with."""
    return [
        f"{path.relative_to(BASE_DIR)}: names a package index ({found.group().strip()})"
        for path in files
        if path.suffix in ("", ".txt", ".toml", ".cfg", ".ini", ".sh", ".yml", ".lock", ".md")
        for found in INDEX_ADDRESS.finditer(path.read_text(errors="replace"))
    ]


def commands(files: list[Path]) -> list[list[str]]:
    templates = [
        str(path) for path in files if path.suffix == ".html" and "templates" in path.parts
    ]
    return [
        [f"{BIN}/ruff", "check", "--quiet", "."],
        [f"{BIN}/ruff", "format", "--check", "--quiet", "."],
        [f"{BIN}/djade", "--check", *templates],
        [f"{BIN}/lint-imports", "--no-logo"],
        [f"{BIN}/mypy"],
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        [sys.executable, "scripts/messages.py", "--check"],
    ]


def main() -> int:
    files = tracked()
    faults = [*too_long(files), *long_lines(files), *inline(files), *index_addresses(files)]
    print("\n".join(faults), end="\n" if faults else "")
    failed = ["the tree"] if faults else []
    env = {**os.environ, "PORTAL_DEMO": "1"}
    for command in commands(files):
        name = " ".join(
            word for word in [Path(command[0]).name, *command[1:3]] if "/templates/" not in word
        )
        print(f"· {name}", flush=True)
        if subprocess.run(command, cwd=BASE_DIR, env=env).returncode:
            failed.append(name)
    print(f"Faults in: {', '.join(failed)}" if failed else "Nothing to mend.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
