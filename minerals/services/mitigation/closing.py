"""The end of a plan: by itself once the risk is low, early by two people, or with the supplier."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput, NotAllowed
from minerals.enums import MitigationOutcome, MitigationState, RiskLevel
from minerals.models import MitigationPlan, RiskRating
from minerals.policies.mitigation import require_decide_mitigations
from minerals.rules.mitigation import SETTLED
from minerals.services.mitigation.plans import managed_plan
from minerals.services.mitigation.steps import take_step
from suppliers.services.proof import clean_words

if TYPE_CHECKING:
    from accounts.models import User

LOW_NOW = N_("The risk is low and every measure is verified or cancelled.")


def current_rating(supplier_id: int) -> RiskRating | None:
    return RiskRating.objects.filter(supplier=supplier_id, is_current=True).first()


def close_if_low(plan: MitigationPlan, day: dt.date) -> bool:
    """Close a running plan whose supplier is rated low, not provisionally, with nothing open."""
    rating = current_rating(plan.supplier_id)
    if rating is None or rating.is_provisional or rating.level != RiskLevel.LOW:
        return False
    if plan.measures.exclude(state__in=SETTLED).exists():
        return False
    plan.rating = rating
    _end(plan, MitigationState.CLOSED, MitigationOutcome.LOW, day)
    take_step(plan, "closed", day, reason=LOW_NOW, rating=rating.pk, score=rating.score)
    return True


def end_plan(plan: MitigationPlan, outcome: MitigationOutcome, day: dt.date, reason: str) -> None:
    """The cooperation is limited or over."""
    _end(plan, MitigationState.ENDED, outcome, day)
    take_step(plan, "ended", day, reason=reason, outcome=str(outcome))


@transaction.atomic
def ask_close(actor: User, plan_id: int, reason: str) -> MitigationPlan:
    """Ask a second person to close the plan although the risk is not low.

    Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over, reason_missing,
    close_asked_already.
    """
    plan = managed_plan(actor, plan_id)
    words = require_words(reason)
    if plan.close_asked_by_id is not None:
        raise DomainError(
            "close_asked_already", N_("This has been asked already; a second person decides.")
        )
    plan.close_asked_by = actor
    plan.close_reason = words
    plan.save()
    take_step(plan, "close_asked", clock.today(), actor=actor, reason=words)
    return plan


@transaction.atomic
def decide_close(actor: User, plan_id: int, *, approve: bool, note: str = "") -> MitigationPlan:
    """Errors: as ``ask_close``, close_not_asked, may_not_decide_mitigations, own_request."""
    plan = managed_plan(actor, plan_id)
    require_decide_mitigations(actor)
    if plan.close_asked_by_id is None:
        raise DomainError("close_not_asked", N_("Nobody has asked to close this plan early."))
    if plan.close_asked_by_id == actor.pk:
        raise NotAllowed(
            "own_request", N_("You asked for this yourself; a second person decides it.")
        )
    day = clock.today()
    if approve:
        plan.closed_by = actor
        _end(plan, MitigationState.CLOSED, MitigationOutcome.CLOSED_EARLY, day)
        take_step(plan, "closed", day, actor=actor, reason=note or plan.close_reason, early=True)
        return plan
    words = require_words(note)
    plan.close_asked_by = None
    plan.close_reason = ""
    plan.save()
    take_step(plan, "close_declined", day, actor=actor, reason=words)
    return plan


def require_words(reason: str) -> str:
    """Errors: reason_missing, text_too_long."""
    words = clean_words(reason, "reason")
    if not words:
        raise InvalidInput("reason_missing", N_("Say why."), field="reason")
    return words


def _end(
    plan: MitigationPlan, state: MitigationState, outcome: MitigationOutcome, day: dt.date
) -> None:
    plan.state = state
    plan.outcome = outcome
    plan.closed_on = day
    plan.proposal = ""
    plan.save()
