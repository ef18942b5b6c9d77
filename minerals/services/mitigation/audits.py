"""The comprehensive third-party audit that follows evidence which is not credible."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError
from minerals.enums import MeasureKind, MitigationProposal, RiskEventKind
from minerals.models import Measure, MitigationPlan
from minerals.policies.mitigation import require_answer_mitigations
from minerals.rules.mitigation import SETTLED, audit_dates
from minerals.selectors.mitigation import measure_for
from minerals.services.mitigation.events import record_event
from minerals.services.mitigation.plans import held_measure
from minerals.services.mitigation.proposals import propose
from minerals.services.mitigation.steps import take_step
from suppliers.enums import ReasonCode
from suppliers.services.proof import clean_words

if TYPE_CHECKING:
    from accounts.models import User


def order_audit(plan: MitigationPlan, day: dt.date, actor: User | None) -> Measure | None:
    """None where one is open already. The measures of the plan get until its end, too: the audit
    was not foreseen."""
    audits = plan.measures.filter(kind=MeasureKind.THIRD_PARTY_AUDIT)
    if audits.exclude(state__in=SETTLED).exists():
        return None
    accept_by, done_by = audit_dates(day, plan.limit_on)
    audit = Measure.objects.create(
        plan=plan, kind=MeasureKind.THIRD_PARTY_AUDIT, due_on=done_by, accept_by=accept_by
    )
    plan.close_due_on = max(plan.close_due_on, done_by)
    plan.save()
    take_step(plan, "audit_ordered", day, actor=actor, measure=audit, date=accept_by)
    return audit


@transaction.atomic
def accept_audit(actor: User, measure_id: int, note: str = "") -> Measure:
    """By the supplier, or recorded by one of us. Errors: measure_not_found,
    may_not_answer_mitigations, mitigation_over, nothing_to_accept."""
    measure_for(actor, measure_id)
    require_answer_mitigations(actor)
    plan, measure = held_measure(actor, measure_id)
    if measure.accept_by is None or measure.accepted_on is not None or measure.state in SETTLED:
        raise DomainError("nothing_to_accept", N_("There is nothing to accept here."))
    measure.accepted_on = clock.today()
    measure.save()
    words = clean_words(note, "note")
    take_step(plan, "audit_accepted", clock.today(), actor=actor, reason=words, measure=measure)
    return measure


def audit_failed(plan: MitigationPlan, day: dt.date, reason: str, actor: User | None) -> None:
    """The audit itself did not go well: no improvement."""
    record_event(plan, RiskEventKind.MITIGATION_OVERDUE, day, reason, actor)
    propose(plan, MitigationProposal.RESTRICT, ReasonCode.MINERALS, day, reason=reason)
