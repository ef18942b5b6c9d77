"""What tests of minerals share: somebody at the desk, and no memory of other tests' lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import User
from minerals.selectors import reference, smelter_status
from tests.factories.minerals import Desk


@pytest.fixture(autouse=True)
def _fresh_lists() -> Iterator[None]:
    """Lists are kept in memory by their key, and tests use the same keys again."""
    forget_lists()
    yield
    forget_lists()


def forget_lists() -> None:
    reference._built_list.cache_clear()
    smelter_status._rows.cache_clear()
    smelter_status._referenced.cache_clear()


@pytest.fixture
def desk(tmp_path: Path, csr_specialist: User) -> Desk:
    return Desk(tmp_path, csr_specialist)
