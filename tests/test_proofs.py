"""`make prove` runs the same proofs at full size, and says how long each took and by which seed."""

import os
import subprocess
import sys

import pytest

from portal.settings import BASE_DIR
from tests.proofs import size

LITTLE = "tests/test_proofs.py::test_a_size_is_small_in_the_suite_and_full_in_a_proof"


@pytest.mark.proof
def test_a_size_is_small_in_the_suite_and_full_in_a_proof():
    assert size(1, 2) == (2 if os.environ.get("PROVE") == "1" else 1)


def test_a_proof_says_its_time_and_its_seed():
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-m", "proof", "--randomly-seed=7", LITTLE],
        cwd=BASE_DIR,
        env={k: v for k, v in os.environ.items() if "XDIST" not in k} | {"PROVE": "1"},
        capture_output=True,
        text=True,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "proof passed in 0.0 s, seed 7: " + LITTLE in run.stdout
