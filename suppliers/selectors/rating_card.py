"""The CSR rating on the page of a supplier: level, and each part with source and date."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from core import clock
from suppliers.models import Supplier
from suppliers.policies import assessments as policies
from suppliers.rules.rating import Rating
from suppliers.selectors.ratings import PartLine, newest_parts, part_lines, rating_of

TONES = {"A": "verified", "B": "verified", "C": "soon", "D": "now", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class RatingCard:
    """``rating`` is computed from the parts of today, as the stored one is every night."""

    supplier: Supplier
    rating: Rating
    parts: list[PartLine]
    may_record: bool

    @property
    def tone(self) -> str:
        return TONES[self.rating.level]

    @property
    def alarming(self) -> list[PartLine]:
        return [line for line in self.parts if line.kind in self.rating.alarming_parts]

    @property
    def unknown_count(self) -> int:
        return len(self.rating.unknown_parts)


def rating_card(actor: User, supplier: Supplier) -> RatingCard:
    """One query. For the company's own people only."""
    policies.require_view_all_assessments(actor)
    today = clock.today()
    parts = newest_parts(supplier)
    return RatingCard(
        supplier,
        rating_of(parts, today),
        part_lines(parts, today),
        policies.can_record_ratings(actor),
    )
