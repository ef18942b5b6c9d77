"""Finding a plan to change it: the supplier is locked first, as by every other writer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_noop as N_

from core.errors import DomainError
from minerals.enums import MitigationState
from minerals.models import Measure, MitigationPlan
from minerals.policies.mitigation import require_manage_mitigations
from minerals.rules.mitigation import plan_state
from minerals.selectors.mitigation import OVER, measure_for, plan_for
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User


def running_plan(supplier_id: int) -> MitigationPlan | None:
    """The one that runs, locked; the supplier is locked by the caller."""
    plans = MitigationPlan.objects.select_for_update().filter(supplier=supplier_id)
    return plans.exclude(state__in=OVER).first()


def held_plan(actor: User, plan_id: int) -> MitigationPlan:
    """A running plan that the actor sees, locked. Errors: mitigation_not_found, mitigation_over."""
    return _locked(plan_for(actor, plan_id))


def managed_plan(actor: User, plan_id: int) -> MitigationPlan:
    """The same for those who manage plans. Errors: also may_not_manage_mitigations."""
    found = plan_for(actor, plan_id)
    require_manage_mitigations(actor)
    return _locked(found)


def held_measure(actor: User, measure_id: int) -> tuple[MitigationPlan, Measure]:
    """A measure of a running plan and the plan, locked. Errors: measure_not_found,
    mitigation_over."""
    found = measure_for(actor, measure_id)
    plan = _locked(found.plan)
    return plan, Measure.objects.select_related("smelter", "certificate").get(pk=found.pk)


def managed_measure(actor: User, measure_id: int) -> tuple[MitigationPlan, Measure]:
    """Errors: also may_not_manage_mitigations."""
    measure_for(actor, measure_id)
    require_manage_mitigations(actor)
    return held_measure(actor, measure_id)


def _locked(found: MitigationPlan) -> MitigationPlan:
    supplier = Supplier.objects.select_for_update(no_key=True).get(pk=found.supplier_id)
    plan = MitigationPlan.objects.select_for_update().get(pk=found.pk)
    plan.supplier = supplier
    if plan.state in OVER:
        raise DomainError("mitigation_over", N_("This plan is closed; nothing can be changed."))
    return plan


def update_state(plan: MitigationPlan) -> None:
    """By what became of its measures."""
    states = plan.measures.order_by().values_list("state", flat=True)
    plan.state = MitigationState(plan_state(plan.agreed_on is not None, states))
    plan.save()
