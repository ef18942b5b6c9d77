"""The shape of “waits for you” lines; each subject has a function that yields its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One line of a colleague's queue; ``url`` opens the thing with the decision in reach.

    ``severity``: error (overdue or blocking), warning (due soon or needs a decision), info.
    ``count``: how many things wait behind the line.
    """

    severity: Severity
    title: str
    url: str
    detail: str = ""
    due_on: dt.date | None = None
    count: int = 1


def with_rest(
    items: list[WorkItem], total: int, words: Callable[[int], str], url: str
) -> list[WorkItem]:
    """``items`` and, where they are not all of ``total``, a line that counts the others and opens
    their list. It says no more than the least pressing line above it."""
    rest = total - len(items)
    if rest <= 0:
        return items
    severity: Severity = items[-1].severity if items else "info"
    return [*items, WorkItem(severity, words(rest), url, count=rest)]


@dataclass(frozen=True, slots=True)
class SupplierTask:
    """One thing a supplier's contact is asked to do, in plain words.

    ``minutes``: how long it takes; ``action``: the verb of the button; ``is_done`` tasks are
    listed below, so that the person sees what is behind. Tasks of the same ``group`` stand in one
    card under that heading, each as a line that says ``item``.
    """

    title: str
    detail: str
    url: str
    action: str
    due_on: dt.date | None = None
    minutes: int | None = None
    is_done: bool = False
    group: str = ""
    item: str = ""
