"""The minerals risk of one supplier, in short."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from core import clock
from minerals.policies.risk import require_view_risk
from minerals.selectors.risk_page import RiskPage, risk_page
from minerals.selectors.risk_ratings import rating_on
from suppliers.models import Supplier


@dataclass(frozen=True, slots=True)
class RiskCard:
    """``page`` is None for a supplier that is not rated."""

    supplier: Supplier
    page: RiskPage | None


def risk_card(actor: User, supplier: Supplier) -> RiskCard:
    """One query. For the company's own people only."""
    require_view_risk(actor)
    rating = rating_on(supplier, clock.today())
    return RiskCard(supplier, risk_page(rating) if rating else None)
