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
echo "Installing what $lock names (about a minute)"
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
touch "$stamp"
