"""What a supplier has to do after a new list: about which smelters, until when, when it is over.

Deadlines by status are those of our standards sheet, section 3.2 (``rules.smelter_status``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from minerals.rules.smelter_status import BY_CODE, NOT_LISTED, STATUSES

SettledBy = Literal["", "not_named", "status", "replaced", "by_hand"]

# From good to bad: the table of statuses is written in this order.
_PLACE: Mapping[str, int] = {fact.code: place for place, fact in enumerate(STATUSES)}


@dataclass(frozen=True, slots=True)
class StatusChange:
    """What a list made of a smelter: codes of ``rules.smelter_status``, ``""`` for a word that
    nobody has explained yet."""

    before: str
    now: str


@dataclass(frozen=True, slots=True)
class AskedItem:
    """One smelter a supplier is asked about; ``due_on`` by its status."""

    cid: str
    status: str
    status_before: str
    due_on: dt.date


def is_worse(change: StatusChange) -> bool:
    """A word nobody has explained was worth as much as no entry; as the new status it says
    nothing yet."""
    if not change.now:
        return False
    return _PLACE[change.now] > _PLACE[change.before or NOT_LISTED]


def asks_for_action(status: str) -> bool:
    fact = BY_CODE.get(status)
    return fact is not None and fact.asks_supplier


def items_to_ask(
    named: Iterable[str],
    changes: Mapping[str, StatusChange],
    asked: Collection[tuple[str, str]],
    day: dt.date,
) -> tuple[AskedItem, ...]:
    """The smelters a supplier must act on, most urgent first, from ``day`` on.

    ``named``: IDs that its declarations name. ``changes``: of the smelters whose status the list
    changed. ``asked``: ID and status of what the supplier is asked already; it is not asked twice.
    """
    found = [
        AskedItem(cid, change.now, change.before, due_on(change.now, day))
        for cid in sorted(set(named) & changes.keys())
        for change in [changes[cid]]
        if is_worse(change) and asks_for_action(change.now) and (cid, change.now) not in asked
    ]
    return tuple(sorted(found, key=lambda item: (item.due_on, item.cid)))


def due_on(status: str, day: dt.date) -> dt.date:
    """Raises KeyError for a code that is no status."""
    return day + dt.timedelta(days=BY_CODE[status].days)


def settled_by(now: str, *, is_named: bool, is_replaced: bool) -> SettledBy:
    """Why an item is over; ``""`` while it is open.

    ``now``: the status of today. ``is_replaced``: a later list made the smelter worse still, and
    a newer task asks about it. A status that is better but still asks for something ends nothing.
    """
    if not is_named:
        return "not_named"
    if now and not asks_for_action(now):
        return "status"
    return "replaced" if is_replaced else ""
