"""Many files through the broker and two worker processes, stored in a real database."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.embedded import broker
from portal.supervisor import Supervisor, worker_part

ROOT = Path(__file__).resolve().parent.parent


def measure(count: int = 1505) -> None:
    """On SQLite, and on PostgreSQL where ``BENCH_DATABASE_URL`` names an empty database."""
    run_on("SQLite", "", count)
    url = os.environ.get("BENCH_DATABASE_URL", "")
    if url:
        run_on("PostgreSQL", url, count)


def run_on(name: str, url: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder, broker() as broker_url:
        surroundings = {"VAR_DIR": folder, "REDIS_URL": broker_url, "DATABASE_URL": url}
        child = {**os.environ, **surroundings}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        with Supervisor(surroundings) as supervisor:
            supervisor.start(worker_part(2))
            command = [sys.executable, "-m", "benches.ingest_run", name, str(count)]
            subprocess.run(command, cwd=ROOT, env=child, check=True)
