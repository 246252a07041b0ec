#!/bin/sh
# Compile requirements.txt and requirements-dev.txt from pyproject.toml; ARGS= goes to uv
# (`make lock ARGS=--upgrade` takes the newest allowed versions, else the locked ones are kept).
# The index is the one that uv and pip are configured with, and its address is written nowhere.
set -eu
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS="${UV_SYSTEM_CERTS:-true}" UV_NATIVE_TLS="${UV_NATIVE_TLS:-true}"
compile() {
    # shellcheck disable=SC2086
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header ${ARGS:-} "$@"
}
compile pyproject.toml --output-file requirements.txt
compile pyproject.toml --group dev --constraint requirements.txt --output-file requirements-dev.txt
