"""What an approved request does, and what becomes of one that is not approved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from suppliers.enums import ApprovalKind, QualificationState, SupplierStatus
from suppliers.models import Approval, Supplier
from suppliers.services.lifecycle import change_status, require_gates, require_step
from suppliers.services.qualifications import (
    approve_qualifications,
    close_qualifications,
    require_extendable,
)
from suppliers.services.restrictions import begin_restriction, lift_restrictions, restriction_facts
from suppliers.services.waivers import grant_waiver
from suppliers.workflow import action_of

if TYPE_CHECKING:
    from accounts.models import User

CarryOut = Callable[["User", Approval, Supplier], None]


def carry_out(actor: User, approval: Approval, supplier: Supplier) -> None:
    """Do what was asked; state and conditions are looked at again. Errors: those of the step."""
    _CARRY_OUT[ApprovalKind(approval.kind)](actor, approval, supplier)


def turn_down(actor: User, approval: Approval, supplier: Supplier) -> None:
    """Undo what the request itself began; ``approval`` has its new state already."""
    state = QualificationState(approval.state)
    close_qualifications(approval, state)
    if approval.kind == ApprovalKind.QUALIFY and supplier.status == SupplierStatus.APPROVAL:
        step = require_step(supplier, "send_back")
        words = approval.decision_note
        change_status(actor, supplier, step, approval=approval, explanation=words)


def _step(
    actor: User, approval: Approval, supplier: Supplier, facts: Mapping[str, Any] | None = None
) -> None:
    """Take the step of the table that this kind of request is for."""
    row = action_of(approval.kind)
    assert row is not None  # only kinds with a step come here
    step = require_step(supplier, row.code)
    require_gates(supplier, step)
    change_status(
        actor,
        supplier,
        step,
        approval=approval,
        reason_code=approval.reason_code,
        explanation=approval.explanation,
        facts=facts,
    )


def _qualify(actor: User, approval: Approval, supplier: Supplier) -> None:
    _step(actor, approval, supplier)
    approve_qualifications(approval)


def _restrict(actor: User, approval: Approval, supplier: Supplier) -> None:
    _step(actor, approval, supplier, {"limit": restriction_facts(begin_restriction(approval))})


def _lift(actor: User, approval: Approval, supplier: Supplier) -> None:
    _step(actor, approval, supplier)
    lift_restrictions(supplier)


def _extend(actor: User, approval: Approval, supplier: Supplier) -> None:
    require_extendable(supplier)
    approve_qualifications(approval)


def _waive(actor: User, approval: Approval, supplier: Supplier) -> None:
    grant_waiver(approval)


_CARRY_OUT: Mapping[ApprovalKind, CarryOut] = {
    ApprovalKind.QUALIFY: _qualify,
    ApprovalKind.QUALIFICATION: _extend,
    ApprovalKind.NOT_INTRODUCE: _step,
    ApprovalKind.RESTRICT: _restrict,
    ApprovalKind.LIFT: _lift,
    ApprovalKind.DISQUALIFY: _step,
    ApprovalKind.WAIVE: _waive,
}
