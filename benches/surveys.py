"""Surveys: the scope of 50,000 suppliers, 1,505 invitations, the board, 20 uploads at once."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def measure() -> None:
    """Each part in a database of its own."""
    for part in ("scope", "invitations", "board", "uploads"):
        with tempfile.TemporaryDirectory() as folder:
            child = {**os.environ, "VAR_DIR": folder, "DATABASE_URL": "", "REDIS_URL": ""}
            subprocess.run(
                [sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, env=child, check=True
            )
            command = [sys.executable, "-m", "benches.surveys_run", part]
            subprocess.run(command, cwd=ROOT, env=child, check=True)
