"""Measures of a plan: added, moved, cancelled; dates of the plan itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_noop as N_

from core import clock
from core.errors import DomainError, InvalidInput
from minerals.enums import MeasureKind, MeasureState
from minerals.models import Measure, MitigationPlan, Smelter
from minerals.policies.mitigation import require_decide_mitigations
from minerals.rules.mitigation import AUDIT, SETTLED, audit_dates
from minerals.services.mitigation.closing import close_if_low, require_words
from minerals.services.mitigation.events import end_overdue_event
from minerals.services.mitigation.plans import managed_measure, managed_plan, update_state
from minerals.services.mitigation.steps import take_step
from minerals.services.rating import rate_later
from suppliers.services.proof import clean_words, require_near

if TYPE_CHECKING:
    from accounts.models import User

# Dates of a plan that a person may move.
DATES = ("plan_due_on", "close_due_on", "limit_on")
MET = N_("Every measure is verified or cancelled.")


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """``cid``: of the smelter it is about; empty for none. ``due_on`` None: with the plan."""

    kind: str
    due_on: dt.date | None = None
    cid: str = ""
    text: str = ""


@transaction.atomic
def add_measure(actor: User, plan_id: int, data: MeasureInput) -> Measure:
    """Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over, kind_unknown,
    smelter_unknown, text_missing, due_past, due_after_limit."""
    plan = managed_plan(actor, plan_id)
    if data.kind not in MeasureKind.values:
        raise InvalidInput("kind_unknown", N_("Choose what is to be done."), field="kind")
    smelter = _smelter(data)
    text = clean_words(data.text, "text")
    if data.kind == MeasureKind.OTHER and not text:
        raise InvalidInput("text_missing", N_("Say what is to be done."), field="text")
    due_on = _due(plan, data.due_on or max(plan.close_due_on, clock.today()), "due_on")
    accept_by, day = None, clock.today()
    if data.kind == AUDIT:
        accept_by, _done_by = audit_dates(day, plan.limit_on)
    measure = Measure.objects.create(
        plan=plan, kind=data.kind, smelter=smelter, text=text, due_on=due_on, accept_by=accept_by
    )
    update_state(plan)
    take_step(plan, "measure_added", day, actor=actor, measure=measure, date=due_on)
    return measure


@transaction.atomic
def move_measure(actor: User, measure_id: int, due_on: dt.date | None, reason: str) -> Measure:
    """Another day for a measure that is open. Errors: measure_not_found,
    may_not_manage_mitigations, mitigation_over, measure_done, due_missing, due_past,
    due_after_limit, reason_missing once the plan is agreed."""
    plan, measure = managed_measure(actor, measure_id)
    _require_open(measure)
    words = require_words(reason) if plan.agreed_on else clean_words(reason, "reason")
    before, measure.due_on = measure.due_on, _due(plan, due_on, "due_on")
    measure.save()
    take_step(
        plan,
        "moved",
        clock.today(),
        actor=actor,
        reason=words,
        measure=measure,
        date=measure.due_on,
        which="due_on",
        before=before.isoformat(),
    )
    return measure


@transaction.atomic
def cancel_measure(actor: User, measure_id: int, reason: str) -> Measure:
    """Not needed (any more), or skipped. Errors: measure_not_found, may_not_manage_mitigations,
    mitigation_over, measure_done, reason_missing."""
    plan, measure = managed_measure(actor, measure_id)
    _require_open(measure)
    measure.state = MeasureState.CANCELLED
    measure.note = require_words(reason)
    measure.save()
    take_step(
        plan, "measure_cancelled", clock.today(), actor=actor, reason=measure.note, measure=measure
    )
    after_change(plan, clock.today(), actor)
    return measure


@transaction.atomic
def move_date(
    actor: User, plan_id: int, which: str, day: dt.date | None, reason: str
) -> MitigationPlan:
    """Another day for the agreement, the end of the measures, or the overall limit (which buyers
    may not move). A deadline that has passed and lies ahead again lifts the risk no longer.

    Errors: mitigation_not_found, may_not_manage_mitigations, may_not_decide_mitigations,
    mitigation_over, date_unknown, due_missing, due_past, due_after_limit, reason_missing.
    """
    plan = managed_plan(actor, plan_id)
    if which not in DATES:
        raise InvalidInput("date_unknown", N_("Choose which date."), field="which")
    if which == "limit_on":
        require_decide_mitigations(actor)
    words = require_words(reason)
    before = getattr(plan, which)
    setattr(plan, which, _due(plan, day, "day", limited=which != "limit_on"))
    if plan.limit_on < plan.close_due_on:
        plan.close_due_on = plan.limit_on
    plan.save()
    today = clock.today()
    take_step(
        plan,
        "moved",
        today,
        actor=actor,
        reason=words,
        date=getattr(plan, which),
        which=which,
        before=before.isoformat(),
    )
    if end_overdue_event(plan, today, words, actor):
        rate_later(plan.supplier_id)
    return plan


@transaction.atomic
def set_owner(actor: User, plan_id: int, owner: User | None) -> MitigationPlan:
    """Errors: mitigation_not_found, may_not_manage_mitigations, mitigation_over."""
    plan = managed_plan(actor, plan_id)
    plan.owner = owner
    plan.save()
    take_step(plan, "owner_set", clock.today(), actor=actor, owner=str(owner) if owner else "")
    return plan


def after_change(plan: MitigationPlan, day: dt.date, actor: User | None) -> None:
    """State, risk and end of a plan of which a measure has changed."""
    update_state(plan)
    states = set(plan.measures.order_by().values_list("state", flat=True))
    if states <= SETTLED and end_overdue_event(plan, day, MET, actor):
        rate_later(plan.supplier_id)
    close_if_low(plan, day)


def _smelter(data: MeasureInput) -> Smelter | None:
    if not data.cid:
        return None
    found = Smelter.objects.filter(cid=data.cid.strip().upper()).first()
    if found is None:
        raise InvalidInput(
            "smelter_unknown",
            N_("No smelter with the ID %(cid)s is known."),
            {"cid": data.cid[:20]},
            field="cid",
        )
    return found


def _due(plan: MitigationPlan, day: dt.date | None, field: str, *, limited: bool = True) -> dt.date:
    if day is None:
        raise InvalidInput("due_missing", N_("Give the day."), field=field)
    if day < clock.today():
        raise InvalidInput("due_past", N_("This day has passed already."), field=field)
    if limited and day > plan.limit_on:
        raise InvalidInput(
            "due_after_limit", N_("This is after the overall limit of the plan."), field=field
        )
    require_near(day, field)
    return day


def _require_open(measure: Measure) -> None:
    if measure.state in SETTLED:
        raise DomainError("measure_done", N_("This measure is done or cancelled already."))
