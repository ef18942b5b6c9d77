"""The rubric: the five check cases, limits, floors, fairness, and what would lower a level."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from minerals.rules.risk.facts import (
    Place,
    RiskFacts,
    SupplierEvents,
    facts_from_json,
    facts_to_json,
)
from minerals.rules.risk.level import improvements, risk_rating
from minerals.rules.risk.policy import DEFAULT_POLICY, DEFAULTS, PARTS, RiskPolicy, policy_problems
from minerals.rules.risk.score import origin_points
from minerals.rules.smelter_status import STATUSES
from tests.minerals.risk.cases import RECEIVED, T1, T2, T3, T4, TODAY, facts, group, places

CASES = {
    "T1": (T1, (0, 0, 0, 0, 0), 0, "low"),
    "T2": (T2, (1, 11, 19, 6, 2), 39, "medium"),
    "T3": (T3, (16, 18, 31, 8, 10), 83, "high"),
    "T4": (T4, (0, 2, 30, 0, 0), 32, "medium"),
}


@pytest.mark.parametrize("name", CASES)
def test_check_case(name: str) -> None:
    given, parts, total, level = CASES[name]
    rating = risk_rating(given, DEFAULT_POLICY, TODAY)
    assert rating.score is not None
    assert tuple(rating.score.part(part).points for part in PARTS) == parts
    assert (rating.total, rating.level) == (total, level)


def test_t4_is_high_when_the_rejected_smelter_is_not_cleared_up() -> None:
    last_day = RECEIVED + dt.timedelta(days=30)
    assert risk_rating(T4, DEFAULT_POLICY, last_day).level == "medium"
    after = risk_rating(T4, DEFAULT_POLICY, last_day + dt.timedelta(days=1))
    assert after.level == "high"
    assert next(floor.code for floor in after.floors) == "rejected_not_cleared"


def test_t5_no_response_has_no_score_and_is_high() -> None:
    rating = risk_rating(None, DEFAULT_POLICY, TODAY)
    assert (rating.score, rating.total, rating.from_score) == (None, None, None)
    assert rating.level == "high"
    assert [floor.code for floor in rating.floors] == ["no_response"]


def test_every_point_says_where_it_comes_from() -> None:
    for given, *_rest in CASES.values():
        score = risk_rating(given, DEFAULT_POLICY, TODAY).score
        assert score is not None
        for part in score.parts:
            assert part.raw == sum(point.points for point in part.trace)
            for point in part.trace:
                assert point.key in DEFAULTS
                assert point.cells or point.key.startswith("response.version")


def test_points_beyond_a_limit_are_told_without_points() -> None:
    given = facts(missing=places("a", "b", "c", "d", "e"))
    score = risk_rating(given, DEFAULT_POLICY, TODAY).score
    assert score is not None
    trace = score.part("response").trace
    assert [point.points for point in trace] == [2, 2, 2, 0, 0]


def test_a_part_never_exceeds_its_cap() -> None:
    given = facts(
        missing=places(*"abcd"),
        contradictions=places(*"abcd"),
        version="below_minimum",
        scope_too_wide=True,
    )
    score = risk_rating(given, DEFAULT_POLICY, TODAY).score
    assert score is not None
    assert score.part("response").raw == 30
    assert score.part("response").points == 20


@pytest.mark.parametrize(
    ("origin", "status", "points"),
    [
        ("drc", "conformant", 0),
        ("drc", "cross_recognised", 0),
        ("drc", "conformant_reaudit", 0),
        ("drc", "active", 5),
        ("high_risk", "active", 4),
        ("unknown", "active_ecap", 3),
        ("drc", "due_diligence_vetted", 5),
        ("drc", "in_communication", 10),
        ("transit", "eligible", 4),
        ("low_risk", "non_conformant", 0),
        ("recycled", "unable_to_proceed", 0),
    ],
)
def test_origin_counts_by_what_is_known_of_the_smelter(
    origin: str, status: str, points: int
) -> None:
    one = group(status, [5], origin)  # type: ignore[arg-type]
    assert origin_points(one, DEFAULT_POLICY) == points


EVENTS = ("no_response", "refused", "false_data", "annex_ii", "mitigation_overdue")


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_lifts_a_faultless_supplier_to_high(event: str) -> None:
    given = facts(events=SupplierEvents(**{event: True}))
    rating = risk_rating(given, DEFAULT_POLICY, TODAY)
    assert rating.level == "high"
    assert [floor.code for floor in rating.floors] == [event]


FLOORS = {
    "rejected_in_products": (
        facts(groups=(group("non_conformant", [5], attributed=True),)), "high",
    ),
    "rejected_company_level": (
        facts(company_level=True, groups=(group("non_conformant", [5]),)), "medium",
    ),
    "risky_origin_confirmed": (
        facts(groups=(group("eligible", [5], "high_risk", confirmed=True),)), "high",
    ),
    "weak_smelter": (facts(groups=(group("due_diligence_vetted", [5]),)), "medium"),
    "open_contradiction": (facts(contradictions=places("x1")), "medium"),
    "no_policy": (facts(programme=places("A")), "medium"),
    "not_all_identified": (facts(not_all_identified=places("tin")), "medium"),
    "not_signed": (facts(signed=False), "medium"),
}  # fmt: skip


@pytest.mark.parametrize("code", FLOORS)
def test_floor(code: str) -> None:
    given, level = FLOORS[code]
    rating = risk_rating(given, DEFAULT_POLICY, TODAY)
    assert rating.level == level
    assert code in [floor.code for floor in rating.floors]
    assert rating.from_score != "high"


def test_a_company_level_attribution_counts_only_when_confirmed() -> None:
    one = group("non_conformant", [5], attributed=True)
    given = facts(company_level=True, groups=(one,))
    assert risk_rating(given, DEFAULT_POLICY, TODAY).level == "medium"
    sure = replace(given, groups=(replace(one, confirmed=True),))
    assert risk_rating(sure, DEFAULT_POLICY, TODAY).level == "high"


def test_sourcing_from_risky_countries_through_assured_smelters_is_no_fault() -> None:
    plain = facts(groups=(group("conformant", range(5, 27)),))
    risky = facts(groups=(group("conformant", range(5, 27), "drc"),))
    before = risk_rating(plain, DEFAULT_POLICY, TODAY)
    after = risk_rating(risky, DEFAULT_POLICY, TODAY)
    assert (after.total, after.level) == (before.total, before.level)


def test_a_soft_contradiction_gives_points_and_no_floor() -> None:
    rating = risk_rating(facts(soft_contradictions=places("x7", "x12")), DEFAULT_POLICY, TODAY)
    assert (rating.total, rating.level, rating.floors) == (4, "low", ())


def test_late_weeks_stop_at_their_limit() -> None:
    totals = [
        risk_rating(facts(late_weeks=weeks), DEFAULT_POLICY, TODAY).total for weeks in range(6)
    ]
    assert totals == [0, 1, 2, 3, 3, 3]


def test_a_declaration_grows_old_by_a_day() -> None:
    declared = TODAY - dt.timedelta(days=365)
    young = risk_rating(facts(declared_on=declared), DEFAULT_POLICY, TODAY)
    old = risk_rating(facts(declared_on=declared), DEFAULT_POLICY, TODAY + dt.timedelta(days=1))
    assert (young.total, old.total) == (0, 3)


def test_informative_question_h_gives_no_points() -> None:
    assert risk_rating(facts(programme=places("H")), DEFAULT_POLICY, TODAY).total == 0


def test_improvements_tell_what_brings_the_level_down() -> None:
    given = facts(
        groups=(group("conformant", range(5, 30)), group("non_conformant", [30], cid="CID900030"))
    )
    best = improvements(given, DEFAULT_POLICY, TODAY)[0]
    assert (best.code, best.cells, best.level) == (
        "status.non_conformant", ("Smelter List!C30",), "low",
    )  # fmt: skip
    assert best.points == 30


def test_improvements_are_what_the_score_then_is() -> None:
    for given in (T2, T3, T4):
        before = risk_rating(given, DEFAULT_POLICY, TODAY).total or 0
        for one in improvements(given, DEFAULT_POLICY, TODAY):
            assert 0 <= one.points <= before
    told = [one.code for one in improvements(T3, DEFAULT_POLICY, TODAY)]
    assert "response.contradiction" in told
    assert "programme.A" in told


def test_a_faultless_supplier_has_nothing_to_improve() -> None:
    assert improvements(T1, DEFAULT_POLICY, TODAY) == ()


def test_facts_survive_storage() -> None:
    for given in (T1, T2, T3, T4, facts(events=SupplierEvents(refused=True), declared_on=None)):
        assert facts_from_json(facts_to_json(given)) == given


def test_nothing_known_of_smelters_gives_no_points_for_them() -> None:
    rating = risk_rating(RiskFacts(received_on=RECEIVED), DEFAULT_POLICY, TODAY)
    assert rating.total == 0


def test_points_rise_with_the_status_table() -> None:
    points = [DEFAULT_POLICY.status_points(fact.code) for fact in STATUSES]
    assert points == [0, 0, 2, 6, 6, 8, 10, 12, 14, 16, 18, 18, 26, 30, 30]
    assert DEFAULT_POLICY.status_points("made up") == 18


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("response.cap", -1, "out_of_range"),
        ("response.cap", 101, "out_of_range"),
        ("response.cap", True, "not_whole"),
        ("response.cap", 2.5, "not_whole"),
        ("level.high_from", 10, "order"),
        ("made.up", 1, "unknown"),
    ],
)
def test_a_policy_with_a_wrong_number_is_refused(key: str, value: object, code: str) -> None:
    problems = policy_problems({**DEFAULTS, key: value})
    assert code in [one.code for one in problems]


def test_defaults_are_a_policy_and_a_missing_number_is_told() -> None:
    assert policy_problems(DEFAULTS) == ()
    left = {key: value for key, value in DEFAULTS.items() if key != "programme.A"}
    assert [(one.key, one.code) for one in policy_problems(left)] == [("programme.A", "missing")]


def test_another_policy_gives_another_level() -> None:
    strict = RiskPolicy({**DEFAULTS, "level.medium_from": 3, "level.high_from": 4}, 2)
    given = facts(soft_contradictions=(Place("", "x7"), Place("", "x12")))
    assert risk_rating(given, DEFAULT_POLICY, TODAY).level == "low"
    assert risk_rating(given, strict, TODAY).level == "high"
