"""`scripts/install.sh` installs with uv where it can be had, and with pip where it cannot."""

import os
import subprocess

import pytest

from portal.settings import BASE_DIR

LOCK = "django==5.2 \\\n    --hash=sha256:aa\n"
DEVELOPERS = (
    LOCK + "uv==0.9 \\\n    --hash=sha256:bb\n    # via portal\nwagtail==7 \\\n    --hash=x\n"
)
WORKS, REFUSES = "exit 0", "exit 1"
BRINGS_UV = 'case "$*" in *var/uv.txt) cp elsewhere/uv .venv/bin/uv;; esac'


@pytest.fixture
def install(tmp_path):
    """`install(python=…, uv=…)` runs it beside programs that do only this; gives what they did."""
    (tmp_path / "requirements.txt").write_text(LOCK)
    (tmp_path / "requirements-dev.txt").write_text(DEVELOPERS)

    def program(place, what):
        file = tmp_path / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f'#!/bin/sh\necho "$(basename $0) $*" >> did\n{what}\n')
        file.chmod(0o755)

    def install(python=WORKS, uv=None, on_path=True):
        program(".venv/bin/python", python)
        (tmp_path / "path").mkdir()
        if uv:
            program("path/uv" if on_path else "elsewhere/uv", uv)
        done = subprocess.run(
            ["sh", BASE_DIR / "scripts" / "install.sh", "requirements.txt"],
            cwd=tmp_path,
            env={**os.environ, "PATH": f"{tmp_path / 'path'}:/usr/bin:/bin", "PIP_INDEX_URL": ""},
            capture_output=True,
            text=True,
        )
        did = (tmp_path / "did").read_text().splitlines()
        stamped = list((tmp_path / ".venv").glob(".installed-*"))
        return done.returncode, [line for line in did if "install" in line], bool(stamped)

    return install


def test_uv_of_this_machine_is_used(install):
    status, did, stamped = install(uv=WORKS)

    assert (status, stamped) == (0, True)
    assert len(did) == 1
    assert did[0].startswith("uv pip install")
    assert "--require-hashes -r requirements.txt" in did[0]


def test_uv_trusts_what_the_system_trusts(install, tmp_path, monkeypatch):
    for name in ("UV_SYSTEM_CERTS", "UV_NATIVE_TLS"):  # newer and older uv
        monkeypatch.delenv(name, raising=False)

    install(uv='echo "$UV_SYSTEM_CERTS $UV_NATIVE_TLS" > trusts')

    assert (tmp_path / "trusts").read_text() == "true true\n"


def test_pip_brings_the_uv_that_the_lock_names(install, tmp_path):
    status, did, stamped = install(python=BRINGS_UV, uv=WORKS, on_path=False)

    assert (status, stamped) == (0, True)
    assert [line.split()[0] for line in did] == ["python", "uv"]
    assert (tmp_path / "var" / "uv.txt").read_text() == "uv==0.9 \\\n    --hash=sha256:bb\n"


@pytest.mark.parametrize("uv", [None, REFUSES])
def test_pip_installs_everything_where_uv_cannot_be_had_or_refuses(install, uv):
    status, did, stamped = install(uv=uv)

    assert (status, stamped) == (0, True)
    assert did[-1].startswith("python -m pip install")
    assert did[-1].endswith("--require-hashes -r requirements.txt")


def test_nothing_is_stamped_where_neither_can(install):
    status, did, stamped = install(python=REFUSES, uv=REFUSES)

    assert status != 0
    assert did
    assert not stamped
