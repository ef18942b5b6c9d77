"""A real Celery worker beside the tests, working on the tests' own database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from config.celery import app

ROOT = Path(__file__).resolve().parents[2]


def database_url() -> str:
    """The address of the database this test run uses, for another process."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{facts['NAME']}"
    password = f":{facts['PASSWORD']}" if facts["PASSWORD"] else ""
    user = f"{facts['USER']}{password}@" if facts["USER"] else ""
    host = facts["HOST"] or ""
    if host.startswith("/"):
        return f"postgresql://{user}/{facts['NAME']}?host={host}"
    return f"postgresql://{user}{host}:{facts['PORT'] or 5432}/{facts['NAME']}"


def worker_environment() -> dict[str, str]:
    return {
        **os.environ,
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.REDIS_URL,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "VAR_DIR": str(settings.VAR_DIR),
    }


def start_worker(processes: int = 2, **environment: str) -> subprocess.Popen[bytes]:
    options = ["--concurrency", str(processes), "--loglevel", "warning", "--without-gossip"]
    return subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "config", "worker", *options],
        cwd=ROOT,
        env={**worker_environment(), **environment},
        start_new_session=True,
    )


@contextmanager
def running_worker(processes: int = 2, **environment: str) -> Iterator[subprocess.Popen[bytes]]:
    """Start a worker, wait until it answers, stop it (and only it) afterwards."""
    app.control.purge()
    child = start_worker(processes, **environment)
    try:
        wait_for(lambda: bool(app.control.ping(timeout=0.5)), seconds=40, what="the worker")
        yield child
    finally:
        stop(child)


def stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def wait_for(condition: Callable[[], bool], *, seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError(f"Waited {seconds:g} s in vain for {what}.")
