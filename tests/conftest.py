"""Fixtures shared by all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.rmi import require_rmi


@pytest.fixture(scope="session")
def rmi() -> Path:
    """The folder of real RMI workbooks; skips where it is absent."""
    return require_rmi()
