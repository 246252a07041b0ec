"""The contracts of import-linter: an import against any of them fails `make lint`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from portal.settings import BASE_DIR
from tests.databases import PACKAGES

LINT = Path(sys.executable).parent / "lint-imports"
AGAINST = {
    "Rooms: imports run one way": ("law/timeline.py", "import content.pages.links"),
    "Inside portal": ("portal/api/parameters.py", "import portal.mail.outbox"),
    "Inside law": ("law/models/acts.py", "import law.glossary.marking"),
    "Inside content": ("content/pages/links.py", "import content.editorial.reviews"),
    "Inside partnership": (
        "partnership/organisations/reach.py",
        "import partnership.commitments.models",
    ),
    "Inside monitoring": (
        "monitoring/indicators/numbers.py",
        "import monitoring.datasets.models",
    ),
    "Charts": ("monitoring/charts/scales.py", "import monitoring.indicators.models"),
    "Disclosure control": ("monitoring/disclosure/tables.py", "import portal.days"),
    "Linguistics": ("portal/linguistics/typed.py", "import search.engines"),
}


@pytest.fixture
def copy(tmp_path):
    """The modules of the portal with the contracts, to be broken."""
    for package in PACKAGES:
        for path in (BASE_DIR / package).glob("**/*.py"):
            target = tmp_path / path.relative_to(BASE_DIR)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
    shutil.copy(BASE_DIR / "pyproject.toml", tmp_path)
    return tmp_path


def linted(folder):
    done = subprocess.run(
        [LINT, "--no-logo", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "COLUMNS": "200"},  # the name of a contract on one line
    )
    kept_or_not = [line for line in done.stdout.splitlines() if line.endswith((" KEPT", " BROKEN"))]
    return done.returncode, kept_or_not


def test_an_import_against_each_contract_is_found(copy):
    for path, planted in AGAINST.values():
        with (copy / path).open("a") as module:
            module.write(f"{planted}\n")
    code, said = linted(copy)
    assert code == 1
    assert len(said) == len(AGAINST)
    for name in AGAINST:
        assert next(line for line in said if line.startswith(name)).endswith("BROKEN"), name


def test_a_new_module_of_portal_has_to_be_given_its_place(copy):
    (copy / "portal" / "helpers.py").write_text('"""Nobody knows where this belongs."""\n')
    code, said = linted(copy)
    assert code == 1, said
