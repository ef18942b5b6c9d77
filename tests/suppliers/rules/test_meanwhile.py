"""What of a record only somebody else changed, and what both did."""

from __future__ import annotations

from suppliers.rules.meanwhile import compare

BASE = {"name": "A", "city": "Wuxi", "minerals": ["tin"]}


def test_different_fields_come_together() -> None:
    found = compare(BASE, {**BASE, "city": "Suzhou"}, {**BASE, "name": "B"})
    assert (found.others, found.both) == (("city",), frozenset())
    assert found.merged == {"name": "B", "city": "Suzhou", "minerals": ["tin"]}


def test_the_same_field_twice_is_to_be_decided() -> None:
    found = compare(BASE, {**BASE, "city": "Suzhou", "minerals": []}, {**BASE, "city": "Wuhan"})
    assert (found.others, found.both) == (("city", "minerals"), frozenset({"city"}))
    assert found.merged == {"name": "A", "city": "Wuhan", "minerals": []}


def test_the_same_value_from_both_is_no_question() -> None:
    found = compare(BASE, {**BASE, "city": "Suzhou"}, {**BASE, "city": "Suzhou"})
    assert (found.others, found.both) == (("city",), frozenset())
