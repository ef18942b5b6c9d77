"""Sending the plan to the supplier, and its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from minerals.enums import MitigationProposal, RiskEventKind
from minerals.models import MitigationPlan
from minerals.policies.mitigation import require_answer_mitigations, require_manage_mitigations
from minerals.selectors.mitigation import plan_for
from minerals.services.mitigation.closing import require_words
from minerals.services.mitigation.events import record_event
from minerals.services.mitigation.plans import held_plan, managed_plan, update_state
from minerals.services.mitigation.proposals import propose
from minerals.services.mitigation.steps import take_step
from minerals.services.rating import rate_later
from suppliers.enums import ReasonCode
from suppliers.services.evidence import store_evidence
from suppliers.services.proof import clean_words
from suppliers.services.requests import Upload

if TYPE_CHECKING:
    from accounts.models import User


@transaction.atomic
def offer_plan(actor: User, plan_id: int) -> MitigationPlan:
    """Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over,
    offered_already, measures_missing."""
    plan = managed_plan(actor, plan_id)
    if plan.offered_on is not None:
        raise DomainError("offered_already", N_("The supplier has this plan already."))
    if not plan.measures.exists():
        raise DomainError("measures_missing", N_("Add a measure first: the plan is empty."))
    offer(plan, clock.today(), actor=actor)
    return plan


def offer(
    plan: MitigationPlan,
    day: dt.date,
    *,
    actor: User | None = None,
    reason: str = "",
    key: str = "",
) -> None:
    plan.offered_on = day
    plan.save()
    take_step(plan, "plan_offered", day, actor=actor, reason=reason, key=key, date=plan.plan_due_on)


@transaction.atomic
def agree_plan(
    actor: User, plan_id: int, note: str = "", evidence: Sequence[Upload] = ()
) -> MitigationPlan:
    """The supplier agrees; one of us may record that it did, with the file or words that prove it.

    Errors: mitigation_not_found, may_not_answer_mitigations, mitigation_over, not_offered,
    agreed_already, proof_missing and those of ``suppliers.services.evidence``.
    """
    plan_for(actor, plan_id)
    require_answer_mitigations(actor)
    plan = held_plan(actor, plan_id)
    _require_offered(plan)
    if plan.agreed_on is not None:
        raise DomainError("agreed_already", N_("The plan is agreed already."))
    words = clean_words(note, "note")
    if actor.is_internal and not words and not evidence:
        raise InvalidInput(
            "proof_missing",
            N_("Say who agreed and how, or add the file that shows it."),
            field="note",
        )
    day = clock.today()
    plan.agreed_on = day
    update_state(plan)
    for upload in evidence:
        store_evidence(actor, plan.supplier, upload, subject=plan, is_internal=actor.is_internal)
    take_step(plan, "agreed", day, actor=actor, reason=words, by_staff=actor.is_internal)
    return plan


@transaction.atomic
def refuse_plan(actor: User, plan_id: int, reason: str) -> MitigationPlan:
    """The supplier refuses, or one of us records that it did: the risk is high, and a limitation is
    proposed. Errors: as ``agree_plan``, reason_missing, refused_already."""
    plan_for(actor, plan_id)
    require_answer_mitigations(actor)
    if actor.is_internal:
        require_manage_mitigations(actor)
    plan = held_plan(actor, plan_id)
    _require_offered(plan)
    words = require_words(reason)
    if not record_event(plan, RiskEventKind.REFUSED, clock.today(), words, actor):
        raise DomainError("refused_already", N_("A refusal is on record already."))
    refuse(plan, clock.today(), words, actor)
    rate_later(plan.supplier_id)
    return plan


def refuse(plan: MitigationPlan, day: dt.date, reason: str, actor: User | None) -> None:
    take_step(plan, "refused", day, actor=actor, reason=reason)
    propose(plan, MitigationProposal.RESTRICT, ReasonCode.REFUSAL, day, reason=reason)


def _require_offered(plan: MitigationPlan) -> None:
    if plan.offered_on is None:
        raise DomainError("not_offered", N_("The supplier does not have this plan yet."))
