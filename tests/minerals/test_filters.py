"""Filters of lists: words are found wherever they stand, and no order has ties."""

from __future__ import annotations

import pytest

from accounts.models import User
from minerals.filters.declarations import DecisionFilter, ReferenceFilter
from minerals.models import MatchDecision, ReferenceEntry, ReferenceSnapshot
from tests.permissions.world import snapshot

pytestmark = pytest.mark.django_db


def add_rows(found: ReferenceSnapshot, *rows: tuple[int, str, str]) -> None:
    for row, name, country in rows:
        ReferenceEntry.objects.create(
            snapshot=found, row=row, metal="Gold", name=name, country=country
        )


def rows_of(query: dict[str, str]) -> list[int]:
    return [entry.row for entry in ReferenceFilter(query, ReferenceEntry.objects.all()).qs]


def test_words_may_stand_in_different_fields() -> None:
    add_rows(snapshot(), (5, "Bright Gold", "ITALY"), (6, "Bright Gold", "PERU"))
    assert rows_of({"search": "italy BRIGHT"}) == [5]
    assert rows_of({"search": "italy dark"}) == []


def test_decisions_are_found_like_everything_else() -> None:
    kind = {"metal": "tin", "kind": "rejected"}
    person = User.objects.create_user("p@example.test")
    for cid in ("CID900001", "CID900002"):
        MatchDecision.objects.create(
            text="Brigth", text_key="brigth", cid=cid, decided_by=person, **kind
        )
    found = DecisionFilter({"search": "900002 brigth"}, MatchDecision.objects.all()).qs
    assert [decision.cid for decision in found] == ["CID900002"]


@pytest.mark.parametrize("sort", ["", "country", "-metal"])
def test_equal_rows_keep_one_order_on_every_page(sort: str) -> None:
    add_rows(snapshot(), *((row, "Same", "CHINA") for row in range(5, 9)))
    order = ReferenceFilter({"sort": sort}, ReferenceEntry.objects.all()).qs.query.order_by
    assert order[-1] == "-pk"
