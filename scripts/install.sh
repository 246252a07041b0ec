#!/bin/sh
# Make .venv and install what a lock file names, once for each state of the lock.
#   sh scripts/install.sh requirements.txt
# PYTHON names an interpreter when the first Python 3.11 or newer on PATH is not the one wanted.
set -eu
lock=$1
stamp=.venv/.installed-${lock%.txt}-$(cksum < "$lock" | tr -s ' \t' '-')
[ -e "$stamp" ] && [ -x .venv/bin/python ] && exit 0

if [ ! -x .venv/bin/python ]; then
    for python in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            found=$python
            break
        fi
    done
    if [ -z "${found:-}" ]; then
        echo 'Python 3.11 or newer is needed (Debian: apt install python3 python3-venv; macOS: brew install python@3.12).' >&2
        exit 1
    fi
    echo "Making .venv with $("$found" --version)"
    if ! "$found" -m venv .venv; then
        rm -rf .venv
        echo 'The venv module is missing (Debian: apt install python3-venv).' >&2
        exit 1
    fi
fi

# uv does it in a tenth of pip's time. It is taken from PATH or from .venv, else brought there by pip
# in the version that the lock of the developers names; where it cannot be had, pip does it all.
uv=$(command -v uv || true)
[ -n "$uv" ] || uv=$PWD/.venv/bin/uv
index=${PIP_INDEX_URL:-$(.venv/bin/python -m pip config get global.index-url 2>/dev/null || true)}
[ -z "$index" ] || export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"
# The system's certificates, as pip has them: a proxy may sign with its own. Older uv knows the second name.
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"
[ -z "${PIP_CERT:-}" ] || export SSL_CERT_FILE="${SSL_CERT_FILE:-$PIP_CERT}"
pip() { .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "$@"; }

echo "Installing what $lock names"
if [ ! -x "$uv" ]; then
    mkdir -p var
    awk '/^[^ #]/ { ours = /^uv==/ } ours && !/^ *#/' requirements-dev.txt > var/uv.txt
    pip -r var/uv.txt 2> /dev/null || true
fi
if ! { [ -x "$uv" ] && "$uv" pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"; }; then
    echo 'Without uv this takes two minutes.'
    pip -r "$lock"
fi
touch "$stamp"
