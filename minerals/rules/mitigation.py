"""Dates and steps of a mitigation, after our standards sheet, section 4.3. No database, no clock.

What a plan is asked on a day is ``due_steps``: each step names what it is about (``key``), so that
it is taken once for each date and again when somebody has moved the date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

# OECD: significant, measurable improvement within six months.
LIMIT_DAYS = 180
AUDIT_ACCEPT_DAYS = 30
AUDIT_DONE_DAYS = 90
# Our own defaults: how long before a date people are reminded, how long we wait for an agreement
# after its date, and how often a proposal is brought to mind until somebody takes it up.
PLAN_REMINDER_DAYS = 2
MEASURE_REMINDER_DAYS = 7
AGREEMENT_GRACE_DAYS = 14
PROPOSAL_REMINDER_DAYS = 7

# What we do ourselves: its delay is never held against the supplier.
OURS = frozenset({"training", "spot_check"})
AUDIT = "third_party_audit"
SETTLED = frozenset({"verified", "cancelled"})
WAITING = frozenset({"planned", "not_credible"})
Proposal = Literal["", "restrict", "disqualify", "not_introduce"]


@dataclass(frozen=True, slots=True)
class Numbers:
    """Days from the opening; ``spot_check`` None: none is made."""

    plan: int
    close: int
    spot_check: int | None = None


# The sheet gives no day of closing for a high risk: it cannot be a later one than for a medium.
BY_LEVEL: Mapping[str, Numbers] = {"medium": Numbers(14, 90), "high": Numbers(7, 90, 60)}


@dataclass(frozen=True, slots=True)
class PlanDates:
    plan_due_on: dt.date
    close_due_on: dt.date
    limit_on: dt.date
    spot_check_due_on: dt.date | None


def needs_plan(level: str) -> bool:
    return level in BY_LEVEL


def plan_dates(level: str, opened_on: dt.date) -> PlanDates:
    """Raises KeyError for a level that needs no plan."""
    numbers = BY_LEVEL[level]
    check = _after(opened_on, numbers.spot_check) if numbers.spot_check is not None else None
    return PlanDates(
        _after(opened_on, numbers.plan),
        _after(opened_on, numbers.close),
        _after(opened_on, LIMIT_DAYS),
        check,
    )


def audit_dates(ordered_on: dt.date, limit_on: dt.date) -> tuple[dt.date, dt.date]:
    """Until when a comprehensive audit is accepted and done; never after the end of all."""
    accept_by, done_by = _after(ordered_on, AUDIT_ACCEPT_DAYS), _after(ordered_on, AUDIT_DONE_DAYS)
    return min(accept_by, limit_on), min(done_by, limit_on)


def spot_check_due(raised_on: dt.date, limit_on: dt.date) -> dt.date:
    """Of a plan whose level has risen to high since it was opened."""
    days = BY_LEVEL["high"].spot_check
    assert days is not None
    return min(_after(raised_on, days), limit_on)


def offered_by_itself_on(opened_on: dt.date, plan_due_on: dt.date) -> dt.date:
    """The day on which the prefilled plan goes to the supplier where nobody has sent it: half of
    the time is left for the answer."""
    return opened_on + (plan_due_on - opened_on) // 2


def agreement_missed_after(plan_due_on: dt.date, offered_on: dt.date) -> dt.date:
    """The last day on which we wait for an answer; who got the plan late has as long."""
    return _after(max(plan_due_on, offered_on), AGREEMENT_GRACE_DAYS)


def plan_state(is_agreed: bool, states: Iterable[str]) -> str:
    """Where a running plan stands by what became of its measures."""
    known = list(states)
    if not is_agreed:
        return "open"
    if known and all(state in SETTLED for state in known):
        return "verified"
    return "evidence" if any(state != "planned" for state in known) else "agreed"


@dataclass(frozen=True, slots=True)
class MeasureFacts:
    """``accept_by`` of an audit that the supplier must accept, ``is_accepted`` once it has."""

    key: int
    kind: str
    state: str
    due_on: dt.date
    accept_by: dt.date | None = None
    is_accepted: bool = False

    @property
    def is_ours(self) -> bool:
        return self.kind in OURS

    @property
    def waits(self) -> bool:
        return self.state in WAITING


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A running plan. ``taken``: code and key of the steps it has behind it. ``proposal``: what is
    proposed and not decided yet; ``is_taken_up``: a person has asked for it."""

    opened_on: dt.date
    plan_due_on: dt.date
    close_due_on: dt.date
    limit_on: dt.date
    offered_on: dt.date | None = None
    is_agreed: bool = False
    measures: tuple[MeasureFacts, ...] = ()
    proposal: Proposal = ""
    proposed_on: dt.date | None = None
    is_taken_up: bool = False
    taken: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_settled(self) -> bool:
        return bool(self.measures) and all(one.state in SETTLED for one in self.measures)


@dataclass(frozen=True, slots=True)
class DueStep:
    """``measure``: key of the measure it is about. ``event``: the risk event it records;
    ``proposal``: what it proposes."""

    code: str
    key: str
    measure: int | None = None
    event: str = ""
    proposal: Proposal = ""


def due_steps(plan: PlanFacts, today: dt.date) -> list[DueStep]:
    """What happens by itself on ``today``, in this order. A day without the task is made up for on
    the next one; a date that was moved counts anew."""
    found = [
        *_agreement_steps(plan, today),
        *(step for one in plan.measures for step in _measure_steps(plan, one, today)),
        *_closing_steps(plan, today),
        *_proposal_steps(plan, today),
    ]
    return [step for step in found if (step.code, step.key) not in plan.taken]


def _agreement_steps(plan: PlanFacts, today: dt.date) -> Iterable[DueStep]:
    if plan.is_agreed:
        return
    due = plan.plan_due_on.isoformat()
    offered_on, remind_on = plan.offered_on, _after(plan.plan_due_on, -PLAN_REMINDER_DAYS)
    if offered_on is None and today >= offered_by_itself_on(plan.opened_on, plan.plan_due_on):
        yield DueStep("plan_offered", "")
    if today > plan.plan_due_on:
        yield DueStep("plan_overdue", due)
    elif offered_on is not None and offered_on < remind_on <= today:
        yield DueStep("plan_reminder", due)
    if offered_on is not None and today > agreement_missed_after(plan.plan_due_on, offered_on):
        yield DueStep("agreement_missing", due, None, "mitigation_overdue", "restrict")


def _measure_steps(plan: PlanFacts, one: MeasureFacts, today: dt.date) -> Iterable[DueStep]:
    if not one.waits or not (plan.is_agreed or one.is_ours):
        return
    due = f"{one.key}:{one.due_on.isoformat()}"
    late = one.kind == AUDIT and one.accept_by is not None and not one.is_accepted
    if late and one.accept_by is not None and today > one.accept_by:
        key = f"{one.key}:{one.accept_by.isoformat()}"
        yield DueStep("audit_not_accepted", key, one.key, "refused", "restrict")
    if today > one.due_on:
        if one.kind == AUDIT:
            yield DueStep("audit_overdue", due, one.key, "mitigation_overdue", "restrict")
        elif one.is_ours:
            yield DueStep("own_measure_overdue", due, one.key)
        else:
            yield DueStep("measure_overdue", due, one.key)
    elif today >= _after(one.due_on, -MEASURE_REMINDER_DAYS):
        code = "own_measure_reminder" if one.is_ours else "measure_reminder"
        yield DueStep(code, due, one.key)


def _closing_steps(plan: PlanFacts, today: dt.date) -> Iterable[DueStep]:
    if today > plan.limit_on:
        yield DueStep(
            "limit_passed", plan.limit_on.isoformat(), None, "mitigation_overdue", "disqualify"
        )
    elif today > plan.close_due_on and _supplier_is_late(plan):
        yield DueStep(
            "close_overdue", plan.close_due_on.isoformat(), None, "mitigation_overdue", "restrict"
        )


def _supplier_is_late(plan: PlanFacts) -> bool:
    """Something the supplier owes is open. What waits for our check or is ours is not its delay;
    with nothing open the risk did not fall all the same, which is no improvement either."""
    owed = [one for one in plan.measures if not one.is_ours]
    return any(one.waits for one in owed) or all(one.state in SETTLED for one in plan.measures)


def _proposal_steps(plan: PlanFacts, today: dt.date) -> Iterable[DueStep]:
    """Nobody has taken the proposal up: it is brought to mind every week."""
    if not plan.proposal or plan.is_taken_up or plan.proposed_on is None:
        return
    weeks = (today - plan.proposed_on).days // PROPOSAL_REMINDER_DAYS
    if weeks > 0:
        yield DueStep("proposal_waits", f"{plan.proposed_on.isoformat()}:{weeks}")


def next_date(plan: PlanFacts, today: dt.date) -> tuple[str, dt.date, int | None] | None:
    """The next thing that happens by itself unless somebody does something: its code, its day, the
    measure it is about. Overdue things are behind it already; None when nothing follows."""
    ahead: list[tuple[dt.date, str, int | None]] = []
    if not plan.is_agreed:
        ahead.append((plan.plan_due_on, "plan_due", None))
        if plan.offered_on is None:
            day = offered_by_itself_on(plan.opened_on, plan.plan_due_on)
            ahead.append((max(day, today), "plan_offered", None))
        else:
            last = agreement_missed_after(plan.plan_due_on, plan.offered_on)
            ahead.append((last, "agreement_due", None))
    for one in plan.measures:
        if one.waits:
            if one.accept_by is not None and not one.is_accepted:
                ahead.append((one.accept_by, "audit_accept_due", one.key))
            ahead.append((one.due_on, "measure_due", one.key))
    ahead.append((plan.close_due_on, "close_due", None))
    ahead.append((plan.limit_on, "limit", None))
    open_dates = sorted((one for one in ahead if one[0] >= today), key=lambda one: one[:2])
    if not open_dates:
        return None
    day, code, measure = open_dates[0]
    return code, day, measure


def _after(day: dt.date, days: int) -> dt.date:
    return day + dt.timedelta(days=days)
