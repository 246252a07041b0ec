# The portal's commands. `make help` lists them; scripts/ holds what does not fit in a line.

PORT = 8000
ARGS =
SEED = 1
CONTACT =

.PHONY: help run law dev test prove lint format messages bench services lock install install-dev

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

run: install ## set the portal up and serve it with starter content: http://127.0.0.1:8000 (PORT= changes it)
	@exec .venv/bin/python scripts/run.py $(PORT)

law: install ## fetch the words of the law from Finlex while the portal runs (CONTACT= is an e-mail address)
	@exec .venv/bin/python scripts/make_law.py $(PORT) $(CONTACT)

dev: export PORTAL_DEMO = 1
dev: export PYTHONPATH = scripts
dev: export DJANGO_SETTINGS_MODULE = dev_settings
dev: export SITE_URL = http://127.0.0.1:$(PORT)
dev: install-dev ## serve with reload after each change, for those who write code: http://127.0.0.1:8000
	@.venv/bin/python manage.py migrate --verbosity=0
	@exec .venv/bin/python manage.py runserver $(PORT)

test: install-dev ## run the tests on DATABASE_URL, SQLite when unset (ARGS= goes to pytest, REQUIRE_SERVICES=1 allows no skips)
	@exec .venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

prove: install-dev ## the proofs of the suite at full size, each with its time (SEED= brings the same run again)
	@PROVE=1 exec .venv/bin/python -m pytest -m proof --timeout 3600 --randomly-seed=$(SEED) --hypothesis-seed=$(SEED) $(ARGS)

lint: install-dev ## check style, types, imports, templates and translations
	@exec .venv/bin/python scripts/lint.py

format: install-dev ## put the code and the templates into the form that lint wants
	@.venv/bin/ruff check --quiet --fix .
	@.venv/bin/ruff format --quiet .
	@git ls-files 'templates/*.html' | xargs .venv/bin/djade

messages: install-dev ## collect the interface's strings and compile their translations (needs gettext to collect)
	@exec .venv/bin/python scripts/messages.py

bench: install-dev ## measure pages beside a bare view, and how good the search is, and print one JSON object; then a million values beside their bare load (on standard error)
	@.venv/bin/python scripts/bench.py
	@PROVE=1 exec .venv/bin/python -m pytest -q -m proof --timeout 3600 tests/monitoring/datasets/test_size.py >&2

services: ## install and start what the tests can use: PostgreSQL, Redis, Elasticsearch, Chromium, Voikko (Debian)
	@exec sh scripts/services.sh

lock: install-dev ## compile the lock files from pyproject.toml
	@ARGS="$(ARGS)" exec sh scripts/lock.sh

install:
	@sh scripts/install.sh requirements.txt

install-dev:
	@sh scripts/install.sh requirements-dev.txt
