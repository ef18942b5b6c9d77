# `make run` and `make test` do everything on a fresh machine (Python 3.11, make, a package index).
PYTHON ?= python3
PY := .venv/bin/python
SHELL := /bin/bash
export PYTHONUNBUFFERED := 1

.PHONY: run test setup setup-dev bench lint messages lock checks-doc clean

run: setup
	@DEMO_MODE=$${DEMO_MODE:-1} $(PY) manage.py portal

setup:
	@$(PYTHON) scripts/bootstrap.py requirements/base.txt
	@$(PY) scripts/messages.py compile

setup-dev:
	@$(PYTHON) scripts/bootstrap.py requirements/dev.txt
	@$(PY) scripts/messages.py compile

# Tests with a browser or a worker of their own want the machine for themselves.
ALONE = e2e or worker

test: setup-dev lint
	@$(PY) -m pytest -n auto --maxprocesses 4 -m "not ($(ALONE))"
	@$(PY) -m pytest -m "$(ALONE)"

lint:
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-cache | grep -E 'KEPT|BROKEN|->|Contracts:' ; test $${PIPESTATUS[0]} -eq 0
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) scripts/checks_doc.py --check
	@$(PY) scripts/workflow_doc.py --check

bench: setup-dev
	@$(PY) -m benches

messages: setup-dev
	@$(PY) scripts/messages.py update
	@$(PY) scripts/messages.py compile

# For maintainers: needs the program uv on the path.
lock:
	cd requirements && uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet base.in -o base.txt
	cd requirements && uv pip compile --universal --generate-hashes --no-header --python-version 3.11 --quiet dev.in -o dev.txt

clean:
	rm -rf .venv var .mypy_cache .ruff_cache .pytest_cache
