"""Ratings of the demo's suppliers, what people said about some, and a draft of the policy."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from minerals.models import Declaration, RiskRating
from minerals.services.rating import rate_supplier
from minerals.services.risk_events import EventInput, record_event
from minerals.services.risk_overrides import LevelInput, set_level
from minerals.services.risk_policy import save_draft, start_draft

ASKED_FOR = dt.timedelta(days=90)
STRICTER = {"programme.A": 6, "level.high_from": 40}


def load_risk(buyer: User, specialist: User) -> None:
    """The best one is rumoured about, a worse one has refused an audit, of another somebody thinks
    better than what is computed."""
    rated = sorted(_rated(), key=lambda one: (one.score or 0, one.pk))
    if rated:
        _raise(buyer, rated[0])
    if len(rated) > 1 and rated[-1].level != "low":
        _ask(buyer, rated[-1])
    if len(rated) > 2:
        note = "Did not let our auditors in, twice (demo)."
        record_event(buyer, rated[1].supplier_id, EventInput("refused", clock.today(), note))
    start_draft(specialist)
    save_draft(specialist, STRICTER, "No policy should weigh more (demo).")


def _rated() -> list[RiskRating]:
    current = Declaration.objects.current().exclude(supplier=None).order_by("supplier")
    keys = current.values_list("supplier", flat=True).distinct()
    return [rating for key in keys if key and (rating := rate_supplier(key)) is not None]


def _raise(buyer: User, rating: RiskRating) -> None:
    if rating.computed_level != "high":
        reason = "A customer reports that ore of unknown origin was seen there (demo)."
        set_level(buyer, rating.supplier_id, LevelInput("high", reason))


def _ask(buyer: User, rating: RiskRating) -> None:
    reason = "The open smelter is out of the supply chain since last month, papers follow (demo)."
    until = clock.today() + ASKED_FOR
    level = "medium" if rating.computed_level == "high" else "low"
    set_level(buyer, rating.supplier_id, LevelInput(level, reason, until))
