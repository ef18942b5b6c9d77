"""A smelter list of 1,500 from the file to the register, on SQLite and on PostgreSQL
(``BENCH_DATABASE_URL``, an empty one)."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(smelters: int = 1_500) -> None:
    run_on("SQLite", "", smelters)
    url = os.environ.get("BENCH_DATABASE_URL", "")
    if url:
        run_on("PostgreSQL", url, smelters)


def run_on(name: str, url: str, smelters: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "REDIS_URL": "", "DATABASE_URL": url}
        child["MEDIA_ROOT"] = str(Path(folder) / "files")
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        command = [sys.executable, "-m", "benches.lists_run", name, str(smelters)]
        subprocess.run(command, cwd=ROOT, env=child, check=True)
