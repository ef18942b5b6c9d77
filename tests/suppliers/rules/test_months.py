"""Counting in months."""

from __future__ import annotations

import datetime as dt

import pytest

from suppliers.rules.months import months_later


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-06-30", 6, "2026-12-30"),
        ("2026-11-25", 36, "2029-11-25"),
    ],
)
def test_months_later(day: str, months: int, expected: str) -> None:
    assert months_later(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)
