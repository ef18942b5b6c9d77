"""Saved views and scopes of buyers: things of the small world."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from suppliers.models import Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    return {}
