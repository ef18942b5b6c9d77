"""What a new rating means for the supplier's mitigation."""

from __future__ import annotations

import datetime as dt

from minerals.enums import MeasureKind, RiskLevel
from minerals.models import Measure, MitigationPlan, RiskRating
from minerals.rules.mitigation import spot_check_due
from minerals.services.mitigation.closing import close_if_low
from minerals.services.mitigation.opening import open_plan, opens_plan
from minerals.services.mitigation.plans import running_plan, update_state
from minerals.services.mitigation.steps import take_step


def follow_rating(rating: RiskRating, day: dt.date, *, has_plan: bool) -> None:
    """A plan opens, is told of the new score, or closes. The supplier is locked by the caller, who
    knows whether it ``has_plan`` that runs."""
    plan = running_plan(rating.supplier_id) if has_plan else None
    if plan is None:
        if opens_plan(rating):
            open_plan(rating, day)
        return
    if rating.is_provisional:
        return
    _note_score(plan, rating, day)
    if rating.level == RiskLevel.HIGH and not plan.proposal:
        _plan_spot_check(plan, day)
    close_if_low(plan, day)


def _note_score(plan: MitigationPlan, rating: RiskRating, day: dt.date) -> None:
    before = plan.rating
    known = (before.level, before.score) if before else (plan.level, None)
    plan.rating = rating
    plan.save(update_fields=["rating"])
    if known != (rating.level, rating.score):
        take_step(
            plan,
            "rescored",
            day,
            rating=rating.pk,
            level=rating.level,
            score=rating.score,
            before=list(known),
        )


def _plan_spot_check(plan: MitigationPlan, day: dt.date) -> None:
    """The level has risen since the plan was opened: what a high risk asks for is added once."""
    if plan.measures.filter(kind=MeasureKind.SPOT_CHECK).exists():
        return
    due_on = spot_check_due(day, plan.limit_on)
    check = Measure.objects.create(plan=plan, kind=MeasureKind.SPOT_CHECK, due_on=due_on)
    update_state(plan)
    take_step(plan, "spot_check_planned", day, measure=check, date=due_on)
