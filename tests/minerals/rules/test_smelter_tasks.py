"""Which smelters a supplier is asked about, until when, and when that is over."""

from __future__ import annotations

import datetime as dt

import pytest

from minerals.rules.smelter_status import STATUSES
from minerals.rules.smelter_tasks import (
    AskedItem,
    StatusChange,
    asks_for_action,
    due_on,
    is_worse,
    items_to_ask,
    settled_by,
)

DAY = dt.date(2026, 3, 1)
A, B = "CID900001", "CID900002"


@pytest.mark.parametrize(
    ("before", "now", "worse"),
    [
        ("conformant", "non_conformant", True),
        ("conformant", "active", True),
        ("active", "conformant", False),
        ("eligible", "not_listed", True),
        ("not_listed", "eligible", False),
        ("non_conformant", "ceased_operation", False),
        ("", "non_conformant", True),
        ("", "eligible", False),
        ("conformant", "", False),
    ],
)
def test_worse(before: str, now: str, worse: bool) -> None:
    assert is_worse(StatusChange(before, now)) is worse


# Deadlines of the standards sheet, section 3.2; what is missing asks nothing of the supplier.
DAYS = {
    "ceased_operation": 30,
    "not_eligible": 30,
    "in_communication": 60,
    "eligible": 60,
    "outreach_required": 60,
    "not_listed": 30,
    "suspended_not_interested": 90,
    "non_conformant": 60,
    "unable_to_proceed": 30,
}


@pytest.mark.parametrize("status", [fact.code for fact in STATUSES])
def test_what_each_status_asks_and_until_when(status: str) -> None:
    changes = {A: StatusChange("conformant", status)}
    if status not in DAYS:
        assert not asks_for_action(status)
        assert items_to_ask([A], changes, (), DAY) == ()
        return
    due = DAY + dt.timedelta(days=DAYS[status])
    assert due_on(status, DAY) == due
    assert items_to_ask([A], changes, (), DAY) == (AskedItem(A, status, "conformant", due),)


def test_only_what_is_named_and_changed_and_not_asked_yet() -> None:
    changes = {
        A: StatusChange("conformant", "non_conformant"),
        B: StatusChange("conformant", "unable_to_proceed"),
    }
    both = items_to_ask([A, B, A, "CID900009"], changes, (), DAY)
    assert [item.cid for item in both] == [B, A], "the most urgent first"
    assert [item.cid for item in items_to_ask([A], changes, (), DAY)] == [A]
    assert items_to_ask([A], {}, (), DAY) == ()
    asked = {(A, "non_conformant"), (B, "non_conformant")}
    assert [item.cid for item in items_to_ask([A, B], changes, asked, DAY)] == [B]


@pytest.mark.parametrize(
    ("now", "named", "replaced", "reason"),
    [
        ("non_conformant", True, False, ""),
        ("eligible", True, False, ""),
        ("", True, False, ""),
        ("conformant", True, False, "status"),
        ("active", True, False, "status"),
        ("non_conformant", False, False, "not_named"),
        ("non_conformant", True, True, "replaced"),
        ("conformant", False, True, "not_named"),
    ],
)
def test_when_an_item_is_over(now: str, named: bool, replaced: bool, reason: str) -> None:
    assert settled_by(now, is_named=named, is_replaced=replaced) == reason
