"""A new list against the declarations of very many suppliers, shared by two worker processes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (375, 1505)


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    """On SQLite, and on PostgreSQL where ``BENCH_DATABASE_URL`` names an empty database."""
    for size in sizes:
        run_on("SQLite", "", size)
    url = os.environ.get("BENCH_DATABASE_URL", "")
    if url:
        run_on("PostgreSQL", url, max(sizes))


def run_on(name: str, url: str, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": url, "REDIS_URL": ""}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        command = [sys.executable, "-m", "benches.blast_run", name, str(count)]
        subprocess.run(command, cwd=ROOT, env=child, check=True)
