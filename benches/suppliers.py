"""Pages of suppliers at 50,000 suppliers against the same pages at 1,000."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(few: int = 1_000, many: int = 50_000) -> None:
    """On SQLite, and on PostgreSQL where ``BENCH_DATABASE_URL`` names an empty database."""
    run_on("SQLite", "", few, many)
    url = os.environ.get("BENCH_DATABASE_URL", "")
    if url:
        run_on("PostgreSQL", url, few, many)


def run_on(name: str, url: str, few: int, many: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": url, "REDIS_URL": ""}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        command = [sys.executable, "-m", "benches.suppliers_run", name, str(few), str(many)]
        subprocess.run(command, cwd=ROOT, env=child, check=True)
