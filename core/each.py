"""Working through many records of which one may be broken."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

logger = logging.getLogger(__name__)
Result = TypeVar("Result")


def each_by_itself(keys: Iterable[int], work: Callable[[int], Result]) -> list[Result]:
    """``work`` on every key, in its own transaction; one failure keeps nobody else waiting.

    Failures are logged with their key. Raises ExceptionGroup at the end, so that the task that
    ran it counts as failed.
    """
    results: list[Result] = []
    failures: list[Exception] = []
    for key in keys:
        try:
            results.append(work(key))
        except Exception as error:  # Whatever it is: the next one is not to blame.
            logger.exception("%s failed for %s.", getattr(work, "__name__", work), key)
            failures.append(error)
    if failures:
        raise ExceptionGroup(f"{len(failures)} failed, {len(results)} done", failures)
    return results
