"""Trying another risk policy on 1,505 suppliers with 150 smelter rows each; nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure(suppliers: int = 1_505, rows: int = 150) -> None:
    """In a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        command = [sys.executable, "-m", "benches.risk_run", str(suppliers), str(rows)]
        subprocess.run(command, cwd=ROOT, env=child, check=True)
