"""Declarations with long lists, alike or not."""

from __future__ import annotations

import random
from typing import Any

from minerals.enums import MatchKind
from minerals.models import Declaration, SmelterLine
from minerals.services.plausibility import keep_print
from suppliers.models import Supplier
from suppliers.services.suppliers import SupplierInput, create_supplier
from tests.factories.minerals import make_declaration

ERRORS = ("Brigth Tin Wroks", "Kettel Gold", "Hevy Stone")


def many_suppliers(count: int, prefix: str = "P") -> list[Supplier]:
    return [
        create_supplier(None, SupplierInput(f"{prefix}-{number}", f"{prefix} {number} Ltd"))
        for number in range(count)
    ]


def cids(seed: int, count: int = 30) -> list[str]:
    lot = random.Random(seed)
    return [f"CID9{number:05d}" for number in lot.sample(range(300), count)]


def with_list(
    supplier: Supplier,
    named: list[str],
    typed: tuple[str, ...] = (),
    metal: str = "Tin",
    **fields: Any,
) -> Declaration:
    """``typed``: rows that nobody recognised, below those with an ID."""
    declaration = make_declaration(supplier, smelter_count=len(named) + len(typed), **fields)
    known = [
        SmelterLine(
            declaration=declaration, row=row, metal=metal, lookup=f"Works {cid}",
            standard_name=f"Works {cid}", cid=cid, matched_cid=cid, match=MatchKind.CID,
        )
        for row, cid in enumerate(named, start=5)
    ]  # fmt: skip
    unknown = [
        SmelterLine(
            declaration=declaration, row=row, metal=metal, typed_name=text,
            lookup="Smelter not listed", match=MatchKind.UNMATCHED,
        )
        for row, text in enumerate(typed, start=5 + len(known))
    ]  # fmt: skip
    SmelterLine.objects.bulk_create([*known, *unknown])
    keep_print(declaration)
    return declaration
