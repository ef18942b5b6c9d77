"""Tests of the lifecycle say themselves which documents are to be signed."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _no_documents_asked(no_documents_asked: None) -> None:
    """The documents that come with the installation are out of use."""
