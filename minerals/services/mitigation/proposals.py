"""Proposing to limit or end the cooperation, and what becomes of it.

The system only proposes. A person asks for it, in the own name, and a second one decides, as for
every other request of the lifecycle: nobody is said to have asked for what he did not ask for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from minerals.enums import MitigationOutcome, MitigationProposal
from minerals.models import MitigationPlan
from minerals.services.mitigation.closing import end_plan, require_words
from minerals.services.mitigation.plans import managed_plan
from minerals.services.mitigation.steps import take_step
from suppliers.enums import ApprovalState, ReasonCode, RestrictionScope, SupplierStatus
from suppliers.models import Approval
from suppliers.services.actions import ActionInput, take_action
from suppliers.services.requests import Upload
from suppliers.services.restrictions import RestrictionInput
from suppliers.workflow import transition

if TYPE_CHECKING:
    from accounts.models import User

FINAL = {
    MitigationProposal.DISQUALIFY: MitigationOutcome.DISQUALIFIED,
    MitigationProposal.NOT_INTRODUCE: MitigationOutcome.NOT_INTRODUCED,
}


@dataclass(frozen=True, slots=True)
class TakeUpInput:
    """``action``: another one than the proposed one, where it is not empty. ``conditions``: what
    must be done before a limitation is lifted."""

    explanation: str
    conditions: str = ""
    action: str = ""
    evidence: Sequence[Upload] = ()


def possible_proposal(status: str, wanted: str) -> str:
    """What can be asked for in this status; empty where nothing is left to limit. Who is limited
    already and does not improve is proposed for disqualification."""
    if wanted == MitigationProposal.RESTRICT and status == SupplierStatus.LIMITED:
        wanted = MitigationProposal.DISQUALIFY
    for action in (wanted, MitigationProposal.NOT_INTRODUCE):
        if transition(status, action) is not None:
            return str(action)
    return ""


def propose(
    plan: MitigationPlan,
    wanted: str,
    reason_code: ReasonCode,
    day: dt.date,
    *,
    actor: User | None = None,
    reason: str = "",
) -> bool:
    """Write the proposal down and tell who may take it up; nothing where the same stands."""
    action = possible_proposal(plan.supplier.status, wanted)
    if not action or plan.proposal == action:
        return False
    plan.proposal = action
    plan.proposed_on = day
    plan.reason_code = reason_code
    plan.approval = None
    plan.save()
    take_step(
        plan, "proposed", day, actor=actor, reason=reason, action=action, reason_code=reason_code
    )
    return True


@transaction.atomic
def propose_by_hand(actor: User, plan_id: int, wanted: str, reason: str) -> MitigationPlan:
    """Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over, reason_missing,
    proposal_not_possible."""
    plan = managed_plan(actor, plan_id)
    words = require_words(reason)
    if wanted not in MitigationProposal.values or not propose(
        plan, wanted, ReasonCode.MINERALS, clock.today(), actor=actor, reason=words
    ):
        raise DomainError("proposal_not_possible", N_("This cannot be proposed now."))
    return plan


@transaction.atomic
def take_up_proposal(actor: User, plan_id: int, data: TakeUpInput) -> Approval:
    """Ask a second person for what is proposed, in the name of the actor.

    Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over, nothing_proposed,
    proposal_taken_up and those of ``suppliers.services.actions.take_action``.
    """
    plan = managed_plan(actor, plan_id)
    _require_waiting(plan)
    action = data.action or plan.proposal
    if action not in MitigationProposal.values:
        raise InvalidInput("action_unknown", N_("There is no such step."), field="action")
    restriction = RestrictionInput(
        RestrictionScope.NO_NEW_CATEGORY, clock.today(), None, data.conditions
    )
    asked = take_action(
        actor,
        plan.supplier_id,
        action,
        ActionInput(plan.reason_code, data.explanation, data.evidence, restriction),
    )
    assert asked.approval is not None  # tests hold the three actions to being asked
    plan.proposal = action
    plan.approval = asked.approval
    plan.save()
    take_step(
        plan,
        "proposal_taken_up",
        clock.today(),
        actor=actor,
        reason=data.explanation,
        action=action,
        approval=asked.approval.pk,
    )
    return asked.approval


@transaction.atomic
def drop_proposal(actor: User, plan_id: int, reason: str) -> MitigationPlan:
    """Errors: as ``take_up_proposal``, reason_missing."""
    plan = managed_plan(actor, plan_id)
    _require_waiting(plan)
    words = require_words(reason)
    action, plan.proposal = plan.proposal, ""
    plan.save()
    take_step(plan, "proposal_dropped", clock.today(), actor=actor, reason=words, action=action)
    return plan


def settle_proposal(plan: MitigationPlan, day: dt.date) -> bool:
    """Follow what two people decided; whether the plan has ended with it.

    A limitation leaves the plan running until its overall limit: it says what must be done before
    it is lifted.
    """
    approval = plan.approval
    if not plan.proposal or approval is None or approval.state == ApprovalState.OPEN:
        return False
    action = MitigationProposal(plan.proposal)
    if approval.state != ApprovalState.APPROVED:
        take_step(plan, "proposal_rejected", day, reason=approval.decision_note, action=action)
        plan.proposal = ""
        plan.approval = None
        plan.save()
        return False
    take_step(
        plan,
        "proposal_approved",
        day,
        actor=approval.decided_by,
        reason=approval.decision_note,
        action=action,
        approval=approval.pk,
    )
    plan.proposal = ""
    plan.save()
    outcome = FINAL.get(action)
    if outcome is None and day > plan.limit_on:
        outcome = MitigationOutcome.RESTRICTED
    if outcome is None:
        return False
    end_plan(plan, outcome, day, approval.explanation)
    return True


def _require_waiting(plan: MitigationPlan) -> None:
    if not plan.proposal:
        raise DomainError("nothing_proposed", N_("Nothing is proposed at the moment."))
    if plan.approval_id is not None:
        raise DomainError(
            "proposal_taken_up", N_("Somebody has asked for it already; a second person decides.")
        )
