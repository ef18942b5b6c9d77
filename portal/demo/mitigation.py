"""Mitigation plans in every state. Demo mode only; rows as the services would have left them."""

from __future__ import annotations

import datetime as dt

from accounts.models import User
from core import clock
from minerals.enums import MeasureKind, MeasureState, MitigationState
from minerals.models import Measure, MitigationPlan, MitigationStep, Smelter
from minerals.rules.mitigation import plan_dates
from suppliers.enums import SupplierStatus
from suppliers.models import Supplier
from suppliers.workflow import LEFT

SMELTER = ("CID900951", "Silver Bay Smelting (demo)")
M = MeasureState
K = MeasureKind


def load_mitigations(buyer: User, specialist: User) -> None:
    """One plan a state, the first one of the supplier whose contact can sign in."""
    qualified = Supplier.objects.filter(status=SupplierStatus.QUALIFIED, is_demo=True)
    reachable = Supplier.objects.filter(is_demo=True, contacts__user__is_active=True)
    own = reachable.exclude(status__in=LEFT).order_by("code").first()
    chosen = [own] if own else []
    others = qualified.exclude(pk__in=[one.pk for one in chosen]).order_by("code")[3:7]
    for index, supplier in enumerate([*chosen, *others]):
        _PLANS[index % len(_PLANS)](supplier, buyer, specialist)


def _plan(
    supplier: Supplier, level: str, days_ago: int, owner: User, **fields: object
) -> MitigationPlan:
    opened_on = clock.today() - dt.timedelta(days=days_ago)
    dates = plan_dates(level, opened_on)
    plan = MitigationPlan.objects.create(
        supplier=supplier,
        level=level,
        owner=owner,
        opened_on=opened_on,
        plan_due_on=dates.plan_due_on,
        close_due_on=dates.close_due_on,
        limit_on=dates.limit_on,
        **fields,
    )
    _step(plan, "opened", 0, reason="The rating opened it by itself.", level=level)
    return plan


def _step(
    plan: MitigationPlan, code: str, day: int, actor: User | None = None, reason: str = "",
    **data: object,
) -> None:  # fmt: skip
    on = plan.opened_on + dt.timedelta(days=day)
    MitigationStep.objects.create(
        plan=plan, code=code, on=on, actor=actor, reason=reason, data=data
    )


def _measure(
    plan: MitigationPlan, kind: MeasureKind, day: int, state: MeasureState = M.PLANNED,
    **fields: object,
) -> Measure:  # fmt: skip
    due_on = plan.opened_on + dt.timedelta(days=day)
    return Measure.objects.create(plan=plan, kind=kind, due_on=due_on, state=state, **fields)


def _smelter() -> Smelter:
    cid, name = SMELTER
    facts = {"name": name, "metal": "Tin", "country": "INDONESIA", "is_demo": True}
    return Smelter.objects.get_or_create(cid=cid, defaults=facts)[0]


def _offered(supplier: Supplier, buyer: User, specialist: User) -> None:
    """Waits for the supplier's answer."""
    plan = _plan(supplier, "high", 4, buyer)
    plan.offered_on = plan.opened_on + dt.timedelta(days=2)
    plan.save()
    _step(plan, "plan_offered", 2, buyer, date=plan.plan_due_on.isoformat())
    _measure(plan, K.TRAINING, 90)
    _measure(plan, K.SPOT_CHECK, 60)
    _measure(plan, K.SMELTER, 60, smelter=_smelter())
    _measure(plan, K.POLICY, 90)


def _fresh(supplier: Supplier, buyer: User, specialist: User) -> None:
    """Opened by itself, nobody has sent it yet."""
    plan = _plan(supplier, "medium", 2, buyer)
    _measure(plan, K.TRAINING, 90)
    _measure(plan, K.SMELTER, 60, smelter=_smelter())


def _with_evidence(supplier: Supplier, buyer: User, specialist: User) -> None:
    plan = _agreed(supplier, buyer, 50)
    plan.state = MitigationState.EVIDENCE
    plan.save()
    day = plan.opened_on + dt.timedelta(days=30)
    done = {"done_on": day, "verified_on": day, "verified_by": specialist}
    training = _measure(plan, K.TRAINING, 90, M.VERIFIED, **done)
    _step(plan, "verified", 30, specialist, measure=training.pk, kind=training.kind)
    policy = _measure(plan, K.POLICY, 80, M.HANDED_IN, done_on=clock.today())
    _step(plan, "handed_in", 50, None, measure=policy.pk, kind=policy.kind)
    _measure(plan, K.SMELTER, 60, smelter=_smelter())


def _without_improvement(supplier: Supplier, buyer: User, specialist: User) -> None:
    plan = _agreed(supplier, buyer, 95)
    smelter = _measure(plan, K.SMELTER, 60, smelter=_smelter())
    _step(plan, "measure_overdue", 61, measure=smelter.pk, kind=smelter.kind, key=_key(smelter))
    reason = "The measures were not done in time."
    _step(plan, "close_overdue", 91, reason=reason, key=plan.close_due_on.isoformat())
    _step(plan, "proposed", 91, reason=reason, action="restrict", reason_code="minerals")
    plan.proposal, plan.reason_code = "restrict", "minerals"
    plan.proposed_on = plan.opened_on + dt.timedelta(days=91)
    plan.save()


def _key(measure: Measure) -> str:
    return f"{measure.pk}:{measure.due_on.isoformat()}"


def _closed(supplier: Supplier, buyer: User, specialist: User) -> None:
    plan = _agreed(supplier, buyer, 120)
    _measure(plan, K.TRAINING, 90, M.VERIFIED)
    _measure(plan, K.POLICY, 90, M.VERIFIED)
    reason = "The risk is low and every measure is verified or cancelled."
    _step(plan, "closed", 80, reason=reason)
    plan.state, plan.outcome = MitigationState.CLOSED, "low"
    plan.closed_on = plan.opened_on + dt.timedelta(days=80)
    plan.save()


def _agreed(supplier: Supplier, buyer: User, days_ago: int) -> MitigationPlan:
    plan = _plan(supplier, "medium", days_ago, buyer, state=MitigationState.AGREED)
    plan.offered_on = plan.opened_on + dt.timedelta(days=5)
    plan.agreed_on = plan.opened_on + dt.timedelta(days=9)
    plan.save()
    _step(plan, "plan_offered", 5, buyer, date=plan.plan_due_on.isoformat())
    _step(plan, "agreed", 9, buyer, reason="By mail (invented).")
    return plan


_PLANS = (_offered, _fresh, _with_evidence, _without_improvement, _closed)
