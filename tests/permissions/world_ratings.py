"""Ratings and tables of risk: things of the small world."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from accounts.models import User
from core import clock
from suppliers.models import Category, Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    supplier.rating_parts.create(
        kind="audit", score=Decimal(80), dated_on=clock.today(), source="by_hand"
    )
    category = Category.objects.create(code="RISK", name="Risky goods", path="RISK/")
    return {"risk_category": category.pk, "country": "CN", "kind": "service"}
