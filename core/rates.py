"""How often something may be done: counted in the shared cache, so that all processes count
together. A cache that is away lets everything through."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache

from core import clock


def within_rate(what: str, whom: str | None, limit: int, seconds: int) -> bool:
    """Count once; False when it was done more than ``limit`` times in a window of ``seconds``."""
    window = int(clock.now().timestamp()) // seconds
    key = f"rate:{what}:{whom}:{window}"
    if cache.add(key, 1, timeout=2 * seconds):
        return limit >= 1
    try:
        return int(cache.incr(key)) <= limit
    except ValueError:  # forgotten in between
        return True


@contextmanager
def one_of(what: str, places: int, seconds: int) -> Iterator[bool]:
    """Take one of ``places``, given back at the end, or after ``seconds`` at the latest; yields
    False when all are taken."""
    keys = [f"place:{what}:{number}" for number in range(places)]
    taken = next((key for key in keys if cache.add(key, 1, timeout=seconds)), None)
    try:
        yield taken is not None
    finally:
        if taken is not None:
            cache.delete(taken)
