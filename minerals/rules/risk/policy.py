"""The numbers of the rubric. Each has a name, so that a change of one can be told and tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from minerals.rules.smelter_status import STATUSES

Part = Literal["response", "coverage", "smelters", "origin", "programme"]
PARTS: tuple[Part, ...] = ("response", "coverage", "smelters", "origin", "programme")
Level = Literal["low", "medium", "high"]
LEVELS: tuple[Level, ...] = ("low", "medium", "high")
MOST_POINTS = 100

_STATUS_POINTS = {
    "conformant": 0,
    "cross_recognised": 0,
    "conformant_reaudit": 2,
    "active": 6,
    "ceased_operation": 6,
    "not_eligible": 8,
    "active_ecap": 10,
    "due_diligence_vetted": 12,
    "in_communication": 14,
    "eligible": 16,
    "outreach_required": 18,
    "not_listed": 18,
    "suspended_not_interested": 26,
    "non_conformant": 30,
    "unable_to_proceed": 30,
}

# Every number with its default, in the order of the policy page.
DEFAULTS: Mapping[str, int] = {
    # A: quality of the response
    "response.cap": 20,
    "response.missing_field": 2,
    "response.missing_field_max": 6,
    "response.contradiction": 5,
    "response.contradiction_max": 15,
    "response.soft_contradiction": 2,
    "response.version_below_minimum": 5,
    "response.version_not_latest": 1,
    "response.older_than_year": 3,
    "response.authoriser_missing": 2,
    "response.scope_too_wide": 4,
    "response.late_week": 1,
    "response.late_max": 3,
    # B: coverage
    "coverage.cap": 20,
    "coverage.share_all": 0,
    "coverage.share_over_90": 2,
    "coverage.share_over_75": 4,
    "coverage.share_over_50": 7,
    "coverage.share_half_or_less": 10,
    "coverage.not_all_identified": 3,
    "coverage.not_all_identified_max": 6,
    "coverage.not_all_reported": 2,
    "coverage.not_all_reported_max": 4,
    "coverage.unmatched": 2,
    "coverage.unmatched_max": 6,
    # C: smelters
    "smelters.cap": 35,
    "smelters.share_weight": 5,
    "smelters.share_from": 14,
    **{f"status.{code}": points for code, points in _STATUS_POINTS.items()},
    # D: origin
    "origin.cap": 10,
    "origin.recycled": 0,
    "origin.low_risk": 0,
    "origin.transit": 4,
    "origin.unknown": 6,
    "origin.high_risk": 8,
    "origin.drc": 10,
    "origin.half_from": 6,
    "origin.half_to": 12,
    # E: programme
    "programme.cap": 15,
    "programme.A": 4,
    "programme.B": 1,
    "programme.C": 3,
    "programme.D": 3,
    "programme.E": 2,
    "programme.F": 1,
    "programme.G": 1,
    # Levels and floors
    "level.medium_from": 25,
    "level.high_from": 50,
    "floor.status_medium_from": 12,
    "floor.rejected_days": 30,
}


@dataclass(frozen=True, slots=True)
class PolicyProblem:
    """``key`` of the number, ``code`` of what is wrong with it."""

    key: str
    code: Literal["missing", "unknown", "not_whole", "out_of_range", "order"]


@dataclass(frozen=True, slots=True)
class RiskPolicy:
    """A complete set of numbers. ``version`` names it in results; 0 is the set of defaults."""

    numbers: Mapping[str, int]
    version: int = 0

    def __getitem__(self, key: str) -> int:
        return self.numbers[key]

    def cap(self, part: Part) -> int:
        return self.numbers[f"{part}.cap"]

    def status_points(self, status: str) -> int:
        """Points of a smelter status; those of a smelter in no list where it is not known."""
        return self.numbers.get(f"status.{status}", self.numbers["status.not_listed"])

    def level_of(self, score: int) -> Level:
        if score >= self.numbers["level.high_from"]:
            return "high"
        return "medium" if score >= self.numbers["level.medium_from"] else "low"


DEFAULT_POLICY = RiskPolicy(DEFAULTS)


def policy_problems(numbers: Mapping[str, object]) -> tuple[PolicyProblem, ...]:
    """All that keeps ``numbers`` from being a policy; empty when they are one."""
    problems = [PolicyProblem(key, "missing") for key in DEFAULTS if key not in numbers]
    problems += [PolicyProblem(key, "unknown") for key in numbers if key not in DEFAULTS]
    whole: dict[str, int] = {}
    for key, value in numbers.items():
        if isinstance(value, bool) or not isinstance(value, int):
            problems.append(PolicyProblem(key, "not_whole"))
        elif not 0 <= value <= most(key):
            problems.append(PolicyProblem(key, "out_of_range"))
        else:
            whole[key] = value
    problems += [
        PolicyProblem(high, "order") for low, high in _ORDER if _reversed(whole, low, high)
    ]
    return tuple(problems)


# The second must not be below the first.
_ORDER = (
    ("level.medium_from", "level.high_from"),
    ("origin.half_from", "origin.half_to"),
    ("coverage.share_all", "coverage.share_over_90"),
    ("coverage.share_over_90", "coverage.share_over_75"),
    ("coverage.share_over_75", "coverage.share_over_50"),
    ("coverage.share_over_50", "coverage.share_half_or_less"),
)


def most(key: str) -> int:
    return 3650 if key.endswith("_days") else MOST_POINTS


def _reversed(numbers: Mapping[str, int], low: str, high: str) -> bool:
    return low in numbers and high in numbers and numbers[low] > numbers[high]


assert {fact.code for fact in STATUSES} == set(_STATUS_POINTS)
