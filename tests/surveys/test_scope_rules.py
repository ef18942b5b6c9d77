"""Whom a survey asks: the smallest set, who is forced in, who stays out."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.scope import Candidate, Scope, ScopeRule, families_for, scope_of

SHARE = ScopeRule("coverage", Decimal("0.95"), forced=frozenset())


def candidates(*spend: int) -> list[Candidate]:
    return [Candidate(key, amount) for key, amount in enumerate(spend, start=1)]


def asked(scope: Scope) -> list[int]:
    return [line.key for line in scope.included]


def like_2020() -> list[Candidate]:
    """1,505 suppliers of which the 277 largest make just 95 % of the spend, as in the report:
    277 of 34,300 each, a little less for the last ones, and 1,228 that share the rest."""
    large = [3_430_000 - 100 * place for place in range(277)]
    rest = sum(large) * 5 // 95
    small = [rest // 1228 - place % 7 for place in range(1228)]
    return candidates(*large, *small)


def test_the_report_of_2020_277_of_1505_reach_95_percent() -> None:
    found = scope_of(like_2020(), SHARE)
    assert len(found.lines) == 1505
    assert len(found.included) == 277
    assert found.reached_aim
    assert Decimal("0.95") <= found.coverage < Decimal("0.9535")


def test_no_smaller_set_reaches_it() -> None:
    """The 276 largest, which no other set of 276 exceeds, are not enough."""
    everybody = like_2020()
    largest = sorted((one.spend for one in everybody), reverse=True)
    assert sum(largest[:276]) < Decimal("0.95") * sum(largest)
    assert sum(largest[:277]) >= Decimal("0.95") * sum(largest)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=9), st.integers(1, 100))
def test_never_more_than_the_smallest_set_of_all(spend: list[int], percent: int) -> None:
    """Against trying every set."""
    found = scope_of(candidates(*spend), ScopeRule("coverage", Decimal(percent) / 100))
    needed = Decimal(percent) / 100 * sum(spend)
    smallest = next(
        size
        for size in range(len(spend) + 1)
        if any(sum(each) >= needed for each in combinations(spend, size))
    )
    assert len(found.included) == smallest
    assert sum(line.spend for line in found.included) >= needed


def test_threshold_and_everybody() -> None:
    rows = candidates(500, 100, 99)
    assert asked(scope_of(rows, ScopeRule("threshold", threshold=100))) == [1, 2]
    assert asked(scope_of(rows, ScopeRule("everybody"))) == [1, 2, 3]


@pytest.mark.parametrize("mark", ["high_risk", "new", "single_source"])
def test_marks_bring_in_whatever_the_spend(mark: str) -> None:
    rows = [Candidate(1, 1000), Candidate(2, 1, frozenset({mark}))]
    assert asked(scope_of(rows, ScopeRule(forced=frozenset({mark})))) == [1, 2]
    assert asked(scope_of(rows, ScopeRule(forced=frozenset()))) == [1]
    line = scope_of(rows, ScopeRule(forced=frozenset({mark}))).lines[1]
    assert line.reasons == (mark,)


def test_who_is_phased_out_counts_in_the_whole_but_is_not_asked() -> None:
    rows = [Candidate(1, 60, phase_out=True), Candidate(2, 30), Candidate(3, 10)]
    found = scope_of(rows, ScopeRule("coverage", Decimal("0.4")))
    assert asked(found) == [2, 3]
    assert found.lines[0].reasons == ("phase_out",)
    assert found.reached_aim
    assert not scope_of(rows, ScopeRule("coverage", Decimal("0.41"))).reached_aim


def test_a_persons_word_stands_above_the_rules() -> None:
    rows = [
        Candidate(1, 900, by_hand="out"),
        Candidate(2, 95),
        Candidate(3, 5, by_hand="in"),
        Candidate(4, 0, phase_out=True, by_hand="in"),
    ]
    found = scope_of(rows, ScopeRule("coverage", Decimal("0.09")))
    assert asked(found) == [2, 3, 4]
    reasons = {line.key: line.reasons for line in found.lines}
    assert reasons == {1: ("by_hand",), 2: ("coverage",), 3: ("by_hand",), 4: ("by_hand",)}


def test_a_forced_one_that_is_large_counts_for_the_spend() -> None:
    rows = [Candidate(1, 950, frozenset({"new"})), Candidate(2, 50)]
    line = scope_of(rows, ScopeRule()).lines[0]
    assert line.reasons == ("coverage", "new")


def test_nobody_and_no_spend() -> None:
    assert scope_of([], SHARE).included == ()
    assert scope_of([], SHARE).coverage == 1
    assert scope_of(candidates(0, 0), SHARE).included == ()


def test_equal_spend_comes_by_key() -> None:
    assert asked(scope_of(candidates(10, 10, 10, 10), ScopeRule("coverage", Decimal("0.5")))) == [
        1,
        2,
    ]


def test_forms_follow_the_materials() -> None:
    every = ("CMRT", "EMRT", "AMRT")
    assert families_for(["tin"], every) == ("CMRT", "AMRT")
    assert families_for(["cobalt", "mica"], every) == ("EMRT", "AMRT")
    assert families_for(["tin", "cobalt"], ("CMRT", "EMRT")) == ("CMRT", "EMRT")
    assert families_for(["cobalt"], ("CMRT",)) == ()
    assert families_for([], every) == ()
