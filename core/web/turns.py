"""Heavy work of many requests one after the other, so that pages stay quick meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_turn = threading.BoundedSemaphore(1)


@contextmanager
def in_turn() -> Iterator[None]:
    """One at a time in this process; the others wait without using it. Enter it outside of a
    transaction: who waits must hold no lock."""
    with _turn:
        yield
