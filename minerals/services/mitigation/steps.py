"""Writing down a step of a plan: in the plan, in the supplier's trail, and to those concerned."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from core.services.activity import record_activity
from minerals.models import Measure, MitigationPlan, MitigationStep
from minerals.services.mitigation.telling import tell_step

if TYPE_CHECKING:
    from accounts.models import User


def take_step(
    plan: MitigationPlan,
    code: str,
    day: dt.date,
    *,
    actor: User | None = None,
    reason: str = "",
    key: str = "",
    measure: Measure | None = None,
    date: dt.date | None = None,
    **data: Any,
) -> MitigationStep:
    """``key``: what a step that comes by itself is about (``rules.mitigation.DueStep``); ``date``:
    the day that people are told. Call it inside the transaction of what happened."""
    facts: dict[str, Any] = {**data}
    if key:
        facts["key"] = key
    if measure is not None:
        facts["measure"] = measure.pk
        facts["kind"] = measure.kind
        facts["name"] = measure.smelter.name if measure.smelter else measure.text[:120]
    if date is not None:
        facts["date"] = date.isoformat()
    step = MitigationStep.objects.create(
        plan=plan, code=code, on=day, actor=actor, reason=reason, data=facts
    )
    # What the system says of its own steps is a message of ours; the plan shows it translated.
    said = reason if actor is not None else ""
    record_activity(
        actor, f"mitigation.{code}", plan.supplier, plan=plan.pk, explanation=said, **facts
    )
    tell_step(plan, code, measure=measure, date=date)
    return step
