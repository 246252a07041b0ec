"""Proofs: tests that hold at any size, small in the suite and whole in `make prove`.

A proof is marked `proof` and takes its numbers from `size(small, full)`; with PROVE=1 they are the
full ones, and each proof ends with a line: how it went, how long it took, and the seed that
brings the same run again (`make prove SEED=…`).
"""

import os

PROVING = os.environ.get("PROVE") == "1"


def size(small: int, full: int) -> int:
    """The number for this run: `full` when proving, else `small`."""
    return full if PROVING else small


def pytest_terminal_summary(terminalreporter, config):
    if not PROVING:
        return
    seed = config.getoption("randomly_seed", None)
    for how in ("passed", "failed"):
        for report in terminalreporter.getreports(how):
            if report.when == "call":
                terminalreporter.write_line(
                    f"proof {how} in {report.duration:.1f} s, seed {seed}: {report.nodeid}"
                )
                for name, figure in report.user_properties:
                    terminalreporter.write_line(f"  {name}: {figure}")
