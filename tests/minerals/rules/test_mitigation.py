"""Dates and steps of a mitigation, day by day; numbers of the standards sheet, section 4.3."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from minerals.rules.mitigation import (
    MeasureFacts,
    PlanFacts,
    audit_dates,
    due_steps,
    needs_plan,
    next_date,
    offered_by_itself_on,
    plan_dates,
    plan_state,
    spot_check_due,
)
from minerals.rules.mitigation_measures import ProposedMeasure, proposed_measures
from minerals.rules.risk.facts import Place, RiskFacts, SmelterGroup

DAY = dt.date(2026, 3, 2)


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days=days)


@pytest.mark.parametrize(
    ("level", "plan", "close", "limit", "spot_check"),
    [
        ("medium", "2026-03-16", "2026-05-31", "2026-08-29", None),
        ("high", "2026-03-09", "2026-05-31", "2026-08-29", "2026-05-01"),
    ],
)
def test_dates_of_a_level(
    level: str, plan: str, close: str, limit: str, spot_check: str | None
) -> None:
    dates = plan_dates(level, DAY)
    found = (dates.plan_due_on, dates.close_due_on, dates.limit_on)
    assert [day.isoformat() for day in found] == [plan, close, limit]
    check = dates.spot_check_due_on
    assert (check.isoformat() if check else None) == spot_check


def test_low_needs_no_plan() -> None:
    assert [needs_plan(level) for level in ("low", "medium", "high")] == [False, True, True]


@pytest.mark.parametrize(
    ("ordered", "accept", "done"), [(0, 30, 90), (80, 110, 170), (100, 130, 180), (170, 180, 180)]
)
def test_an_audit_is_accepted_in_30_and_done_in_90_days_within_the_limit(
    ordered: int, accept: int, done: int
) -> None:
    assert audit_dates(after(ordered), after(180)) == (after(accept), after(done))
    assert spot_check_due(after(ordered), after(180)) == after(min(ordered + 60, 180))


def test_half_of_the_time_is_left_for_the_answer() -> None:
    assert offered_by_itself_on(DAY, after(14)) == after(7)
    assert offered_by_itself_on(DAY, after(7)) == after(3)


@pytest.mark.parametrize(
    ("agreed", "states", "state"),
    [
        (False, ["verified"], "open"),
        (True, [], "agreed"),
        (True, ["planned", "planned"], "agreed"),
        (True, ["planned", "handed_in"], "evidence"),
        (True, ["planned", "cancelled"], "evidence"),
        (True, ["not_credible"], "evidence"),
        (True, ["verified", "cancelled"], "verified"),
    ],
)
def test_state_by_measures(agreed: bool, states: list[str], state: str) -> None:
    assert plan_state(agreed, states) == state


def group(status: str, cid: str, name: str = "") -> SmelterGroup:
    return SmelterGroup(status, "unknown", (5,), cid, name or f"Smelter {cid}")


def test_measures_follow_the_reasons_of_the_rating() -> None:
    facts = RiskFacts(
        DAY,
        groups=(
            group("conformant", "CID900001"),
            group("non_conformant", "CID900002"),
            group("suspended_not_interested", "CID900003"),
            group("not_listed", "", "Nobody knows"),
            group("active", "CID900004"),
        ),
        programme=(Place("Declaration!D71", "A"), Place("Declaration!D73", "B")),
    )
    assert proposed_measures([facts], "high", DAY) == [
        ProposedMeasure("training", after(90)),
        ProposedMeasure("spot_check", after(60)),
        ProposedMeasure("smelter", after(30), "", "Nobody knows"),
        ProposedMeasure("smelter", after(60), "CID900002", "Smelter CID900002"),
        ProposedMeasure("smelter", after(90), "CID900003", "Smelter CID900003"),
        ProposedMeasure("policy", after(90)),
    ]
    kinds = [one.kind for one in proposed_measures([], "medium", DAY)]
    assert kinds == ["training", "correction"], "nothing came: the file itself is asked for"


def high(**changes: object) -> PlanFacts:
    dates = plan_dates("high", DAY)
    facts = PlanFacts(DAY, dates.plan_due_on, dates.close_due_on, dates.limit_on)
    return replace(facts, **changes)  # type: ignore[arg-type]


def codes(plan: PlanFacts, day: int) -> list[str]:
    return [step.code for step in due_steps(plan, after(day))]


def test_the_agreement_day_by_day() -> None:
    assert [codes(high(), day) for day in (0, 2, 3)] == [[], [], ["plan_offered"]]
    offered = high(offered_on=after(3))
    assert [codes(offered, day) for day in (4, 5, 7, 8)] == [
        [], ["plan_reminder"], ["plan_reminder"], ["plan_overdue"],
    ]  # fmt: skip
    assert codes(offered, 21) == ["plan_overdue"]
    assert codes(offered, 22) == ["plan_overdue", "agreement_missing"]
    last = due_steps(offered, after(22))[-1]
    assert (last.event, last.proposal) == ("mitigation_overdue", "restrict")
    late = high(offered_on=after(12))
    assert [codes(late, day) for day in (7, 26)] == [[], ["plan_overdue"]]
    assert codes(late, 27) == ["plan_overdue", "agreement_missing"], "who got it late has as long"
    assert codes(high(is_agreed=True, offered_on=after(1)), 22) == []


def test_nobody_is_blamed_for_a_plan_that_was_never_sent() -> None:
    assert "agreement_missing" not in codes(high(), 60)


def test_a_step_is_taken_once_for_its_date_and_again_for_a_moved_one() -> None:
    plan = high(offered_on=after(3))
    step = due_steps(plan, after(8))[0]
    taken = replace(plan, taken=frozenset({(step.code, step.key)}))
    assert codes(taken, 8) == codes(taken, 9) == []
    moved = replace(taken, plan_due_on=after(10))
    assert [codes(moved, 10), codes(moved, 11)] == [["plan_reminder"], ["plan_overdue"]]


def agreed(*measures: MeasureFacts, **changes: object) -> PlanFacts:
    return high(offered_on=after(1), is_agreed=True, measures=measures, **changes)


def test_measures_day_by_day() -> None:
    plan = agreed(MeasureFacts(1, "smelter", "planned", after(30)))
    assert [codes(plan, day) for day in (22, 23, 30, 31)] == [
        [], ["measure_reminder"], ["measure_reminder"], ["measure_overdue"],
    ]  # fmt: skip
    done = agreed(MeasureFacts(1, "smelter", "handed_in", after(30)))
    assert codes(done, 31) == []
    doubted = agreed(MeasureFacts(1, "smelter", "not_credible", after(30)))
    assert codes(doubted, 31) == ["measure_overdue"]


def test_our_own_delay_is_ours() -> None:
    plan = agreed(MeasureFacts(1, "spot_check", "planned", after(60)))
    assert [codes(plan, day) for day in (53, 61)] == [
        ["own_measure_reminder"], ["own_measure_overdue"],
    ]  # fmt: skip
    assert codes(plan, 91) == ["own_measure_overdue"], "no event for what we did not do"
    assert not any(step.event for step in due_steps(plan, after(91)))


def test_an_audit_that_is_not_accepted_is_a_refusal_and_not_done_no_improvement() -> None:
    plan = agreed(MeasureFacts(1, "third_party_audit", "planned", after(90), after(30)))
    assert codes(plan, 30) == []
    step = due_steps(plan, after(31))[0]
    assert (step.code, step.event, step.proposal) == ("audit_not_accepted", "refused", "restrict")
    accepted = agreed(MeasureFacts(1, "third_party_audit", "planned", after(80), after(30), True))
    assert codes(accepted, 72) == []
    step = due_steps(accepted, after(81))[0]
    assert (step.code, step.event) == ("audit_overdue", "mitigation_overdue")


def test_the_end_of_the_measures_and_the_limit() -> None:
    plan = agreed(MeasureFacts(1, "policy", "planned", after(120)))
    assert codes(plan, 90) == []
    step = due_steps(plan, after(91))[0]
    assert (step.code, step.event, step.proposal) == (
        "close_overdue", "mitigation_overdue", "restrict",
    )  # fmt: skip
    waits_for_us = agreed(
        MeasureFacts(1, "policy", "handed_in", after(80)),
        MeasureFacts(2, "training", "planned", after(170)),
    )
    assert codes(waits_for_us, 91) == []
    no_better = agreed(MeasureFacts(1, "policy", "verified", after(80)))
    assert codes(no_better, 91) == ["close_overdue"], "all is done and the risk is not low"
    assert codes(no_better, 180) == ["close_overdue"]
    last = due_steps(waits_for_us, after(181))[-1]
    assert (last.code, last.proposal) == ("limit_passed", "disqualify")


def test_a_proposal_is_brought_to_mind_every_week_until_somebody_asks_for_it() -> None:
    plan = agreed(
        MeasureFacts(1, "policy", "handed_in", after(80)),
        proposal="restrict",
        proposed_on=DAY,
    )
    keys = {step.key for day in range(22) for step in due_steps(plan, after(day))}
    assert len(keys) == 3
    assert due_steps(replace(plan, is_taken_up=True), after(21)) == []


def test_what_comes_next() -> None:
    assert next_date(high(), DAY) == ("plan_offered", after(3), None)
    assert next_date(high(offered_on=after(3)), DAY) == ("plan_due", after(7), None)
    plan = agreed(MeasureFacts(4, "policy", "planned", after(80)))
    assert next_date(plan, DAY) == ("measure_due", after(80), 4)
    assert next_date(plan, after(81)) == ("close_due", after(90), None)
    assert next_date(plan, after(91)) == ("limit", after(180), None)
    assert next_date(plan, after(181)) is None
