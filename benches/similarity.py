"""Holding every supplier's smelter list against every other one, for 375 to 1,505 of them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SIZES = (375, 750, 1505)


def measure(sizes: tuple[int, ...] = SIZES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        child = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
        )
        command = [sys.executable, "-m", "benches.similarity_run", *map(str, sizes)]
        subprocess.run(command, cwd=ROOT, env=child, check=True)
