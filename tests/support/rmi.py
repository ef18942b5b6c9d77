"""Where the real RMI workbooks are, if they are on this machine.

They may be used for testing but not redistributed, so a stranger's clone does not have them and
these tests skip. Where ``RMI_REQUIRED=1`` (continuous integration) their absence is a failure.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def rmi_dir() -> Path | None:
    """The folder with ``templates/``, ``cases/`` and ``legacy/``, or None."""
    configured = os.environ.get("RMI_DIR")
    folder = Path(configured) if configured else ROOT.parent / "shared" / "rmi"
    return folder if (folder / "cases" / "expected.json").is_file() else None


def require_rmi() -> Path:
    """The folder, or skip; a failure where the files are required."""
    folder = rmi_dir()
    if folder is not None:
        return folder
    if os.environ.get("RMI_REQUIRED") == "1":
        pytest.fail("RMI_REQUIRED=1, but the RMI workbooks are not there (set RMI_DIR).")
    pytest.skip("The real RMI workbooks are not on this machine (set RMI_DIR to their folder).")
