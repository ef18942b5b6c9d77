"""50,000 suppliers in and out, on SQLite and on PostgreSQL (``BENCH_DATABASE_URL``, an empty one).

The import is held against a bare reading of the file and a bare bulk insert of what it says, and
against django-import-export on a sample.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(rows: int = 50_000) -> None:
    run_on("SQLite", "", rows)
    url = os.environ.get("BENCH_DATABASE_URL", "")
    if url:
        run_on("PostgreSQL", url, rows)


def run_on(name: str, url: str, rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "REDIS_URL": "", "DATABASE_URL": url}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        for step in ("run", "export-xlsx", "export-csv", "clear"):
            command = [sys.executable, "-m", "benches.imports_run", step, name, str(rows)]
            subprocess.run(command, cwd=ROOT, env=child, check=True)
