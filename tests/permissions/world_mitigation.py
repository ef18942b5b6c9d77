"""A mitigation plan in which everything can be done: things of the small world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from core import clock
from minerals.models import Measure, MitigationPlan
from suppliers.models import Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use. The plan waits for the agreement, something is
    proposed, and somebody asks to close it."""
    today = clock.today()
    asker = User.objects.create_user("close-asker@example.test", None, name="close asker")
    plan = MitigationPlan.objects.create(
        supplier=supplier,
        level="high",
        opened_on=today,
        offered_on=today,
        plan_due_on=today + dt.timedelta(days=7),
        close_due_on=today + dt.timedelta(days=90),
        limit_on=today + dt.timedelta(days=180),
        proposal="restrict",
        proposed_on=today,
        reason_code="minerals",
        close_asked_by=asker,
        close_reason="Invented.",
    )
    due_on = today + dt.timedelta(days=30)

    def measure(kind: str, **fields: Any) -> int:
        return Measure.objects.create(plan=plan, kind=kind, due_on=due_on, **fields).pk

    return {
        "mitigation": plan.pk,
        "measure": measure("policy"),
        "measure_in": measure("correction", state="handed_in"),
        "measure_audit": measure("third_party_audit", accept_by=due_on),
        "later": str(today + dt.timedelta(days=40)),
    }
