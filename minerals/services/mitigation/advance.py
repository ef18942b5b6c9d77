"""The daily round: what a date brings happens by itself. Safe to run twice, and to miss a day."""

from __future__ import annotations

import datetime as dt
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core.each import each_by_itself
from minerals.enums import MitigationOutcome, RiskEventKind
from minerals.models import Measure, MitigationPlan
from minerals.rules.mitigation import DueStep, due_steps
from minerals.selectors.mitigation import OVER, plan_facts
from minerals.services.mitigation.closing import close_if_low, end_plan
from minerals.services.mitigation.events import record_event
from minerals.services.mitigation.offering import offer
from minerals.services.mitigation.plans import running_plan
from minerals.services.mitigation.proposals import propose, settle_proposal
from minerals.services.mitigation.steps import take_step
from minerals.services.rating import rate_supplier
from suppliers.enums import ReasonCode
from suppliers.models import Supplier
from suppliers.workflow import LEFT

BY_ITSELF = N_("Nobody had sent it; half of the time for the answer was left.")
LEFT_US = N_("The supplier's status has changed.")
# Why it happened, as the trail keeps it.
REASONS = {
    "agreement_missing": N_("No agreement in time."),
    "audit_not_accepted": N_("The third-party audit was not accepted in time."),
    "audit_overdue": N_("The third-party audit was not done in time."),
    "close_overdue": N_("The measures were not done in time."),
    "limit_passed": N_("The overall limit of the mitigation has passed."),
}


def advance_mitigations(today: dt.date) -> int:
    """How many steps were taken. One transaction a plan, so that one failure keeps nobody else
    waiting."""
    plans = MitigationPlan.objects.exclude(state__in=OVER).order_by("pk")
    keys = list(plans.values_list("supplier_id", flat=True))
    return sum(each_by_itself(keys, partial(_advance, today=today)))


@transaction.atomic
def _advance(supplier_id: int, today: dt.date) -> int:
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=supplier_id)
    # Rated again on every day of the plan: dates alone may change the risk.
    rate_supplier(supplier_id, today)
    plan = running_plan(supplier_id)
    if plan is None or settle_proposal(plan, today) or _has_left(plan, supplier, today):
        return 1
    if close_if_low(plan, today):
        return 1
    steps = due_steps(plan_facts(plan, plan.steps.all()), today)
    for step in steps:
        _take(plan, step, today)
    if any(step.event for step in steps):
        rate_supplier(supplier_id, today)
    return len(steps)


def _has_left(plan: MitigationPlan, supplier: Supplier, today: dt.date) -> bool:
    """Without our proposal: phased out, disqualified for another reason, or merged into a record
    that is rated by itself."""
    if supplier.status not in LEFT and supplier.merged_into_id is None:
        return False
    end_plan(plan, MitigationOutcome.LEFT, today, LEFT_US)
    return True


def _take(plan: MitigationPlan, step: DueStep, today: dt.date) -> None:
    if step.code == "plan_offered":
        offer(plan, today, reason=BY_ITSELF, key=step.key)
        return
    measure = _measure_of(step)
    reason = REASONS.get(step.code, "")
    date = _date_of(plan, step, measure)
    take_step(plan, step.code, today, reason=reason, key=step.key, measure=measure, date=date)
    if step.event:
        record_event(plan, RiskEventKind(step.event), today)
    if step.proposal:
        code = ReasonCode.REFUSAL if step.event == RiskEventKind.REFUSED else ReasonCode.MINERALS
        propose(plan, step.proposal, code, today, reason=reason)


def _measure_of(step: DueStep) -> Measure | None:
    if step.measure is None:
        return None
    return Measure.objects.select_related("smelter").get(pk=step.measure)


def _date_of(plan: MitigationPlan, step: DueStep, measure: Measure | None) -> dt.date:
    """The date that brought the step."""
    if measure is not None:
        accepting = step.code == "audit_not_accepted" and measure.accept_by is not None
        return measure.accept_by if accepting and measure.accept_by else measure.due_on
    dates = {"close_overdue": plan.close_due_on, "limit_passed": plan.limit_on}
    return dates.get(step.code, plan.plan_due_on)
