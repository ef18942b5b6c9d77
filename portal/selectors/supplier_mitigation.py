"""Mitigation plans of one supplier on its page."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from core import clock
from core.badges import Badge
from minerals.models import MitigationPlan
from minerals.selectors.mitigation import plans_of, with_progress
from minerals.selectors.mitigation_words import NextDate, next_words, state_badge
from suppliers.models import Supplier

SHOWN = 5


@dataclass(frozen=True, slots=True)
class PlanLine:
    plan: MitigationPlan
    state: Badge
    next: NextDate | None


@dataclass(frozen=True, slots=True)
class MitigationCard:
    """The running plan first, then the latest ones."""

    rows: list[PlanLine]


def mitigation_card(actor: User, supplier: Supplier) -> MitigationCard:
    today = clock.today()
    found = with_progress(plans_of(actor, supplier)).order_by("-opened_on", "-pk")[:SHOWN]
    return MitigationCard(
        [PlanLine(one, state_badge(one), next_words(one, today)) for one in found]
    )
