"""Inherent risk and self-assessment on the page of a supplier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from core import clock
from suppliers.enums import AssessmentState
from suppliers.models import Assessment, Supplier
from suppliers.policies import assessments as policies
from suppliers.rules.inherent_risk import InherentRisk
from suppliers.selectors.assessments import ANSWERABLE, RUNNING, valid_until
from suppliers.selectors.risk import risk_of_supplier

RISK_TONES = {"low": "quiet", "medium": "soon", "high": "now", "unknown": "unknown"}


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """``running``: with the supplier or to be reviewed; ``accepted``: the newest accepted one,
    ``is_in_date`` while it counts."""

    supplier: Supplier
    risk: InherentRisk
    running: Assessment | None
    accepted: Assessment | None
    valid_until: dt.date | None
    is_in_date: bool
    is_overdue: bool
    may_request: bool

    @property
    def risk_tone(self) -> str:
        return RISK_TONES[self.risk.level]


def assessment_card(actor: User, supplier: Supplier) -> AssessmentCard:
    """Few queries, whatever the supplier has. For the company's own people only."""
    policies.require_view_all_assessments(actor)
    today = clock.today()
    found = supplier.assessments.select_related("questionnaire").order_by("-requested_at", "-pk")
    running = found.filter(state__in=RUNNING).first()
    accepted = found.filter(state=AssessmentState.ACCEPTED).first()
    last = valid_until(accepted) if accepted else None
    return AssessmentCard(
        supplier=supplier,
        risk=risk_of_supplier(supplier),
        running=running,
        accepted=accepted,
        valid_until=last,
        is_in_date=last is not None and last >= today,
        is_overdue=running is not None and running.state in ANSWERABLE and running.due_on < today,
        may_request=running is None and policies.can_request_assessments(actor),
    )
