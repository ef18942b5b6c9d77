"""The score: five capped parts, every point with the place it comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minerals.rules.risk.facts import SHARES, Place, RiskFacts, SmelterGroup
from minerals.rules.risk.policy import PARTS, Part, RiskPolicy
from minerals.rules.smelter_status import ASSURED, BY_CODE

YEAR = dt.timedelta(days=365)
SMELTER_SHEET = "Smelter List"


@dataclass(frozen=True, slots=True)
class Point:
    """One reason for points. ``key`` names the number of the policy; ``cells`` where it stands;
    ``name`` what it is about (a metal, a smelter, the code of a finding)."""

    part: Part
    key: str
    points: int
    cells: tuple[str, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class PartScore:
    """``points`` is ``raw`` held to the ``cap``. Limits inside a part are applied to its points."""

    part: Part
    raw: int
    cap: int
    trace: tuple[Point, ...]

    @property
    def points(self) -> int:
        return min(self.raw, self.cap)


@dataclass(frozen=True, slots=True)
class Score:
    parts: tuple[PartScore, ...]

    @property
    def total(self) -> int:
        return sum(part.points for part in self.parts)

    def part(self, name: Part) -> PartScore:
        return next(part for part in self.parts if part.part == name)


def risk_score(facts: RiskFacts, policy: RiskPolicy, today: dt.date) -> Score:
    """Points of one supplier on a day; 0 is best, 100 worst."""
    traces = {
        "response": _response(facts, policy, today),
        "coverage": _coverage(facts, policy),
        "smelters": _smelters(facts, policy),
        "origin": _origin(facts, policy),
        "programme": _programme(facts, policy),
    }
    return Score(
        tuple(
            PartScore(part, sum(one.points for one in traces[part]), policy.cap(part), traces[part])
            for part in PARTS
        )
    )


def _response(facts: RiskFacts, policy: RiskPolicy, today: dt.date) -> tuple[Point, ...]:
    part: Part = "response"
    points = _each(part, "response.missing_field", facts.missing, policy)
    points += _each(part, "response.contradiction", facts.contradictions, policy)
    points += _each(part, "response.soft_contradiction", facts.soft_contradictions, policy, "")
    if facts.version != "latest":
        below = facts.version == "below_minimum"
        key = "response.version_below_minimum" if below else "response.version_not_latest"
        points.append(Point(part, key, policy[key]))
    if facts.declared_on is not None and today - facts.declared_on > YEAR:
        key = "response.older_than_year"
        points.append(Point(part, key, policy[key], name=facts.declared_on.isoformat()))
    if facts.authoriser_missing:
        key = "response.authoriser_missing"
        cells = tuple(place.cell for place in facts.authoriser_missing)
        points.append(Point(part, key, policy[key], cells))
    if facts.scope_too_wide:
        points.append(Point(part, "response.scope_too_wide", policy["response.scope_too_wide"]))
    late = min(facts.late_weeks * policy["response.late_week"], policy["response.late_max"])
    if late:
        points.append(Point(part, "response.late_week", late, name=str(facts.late_weeks)))
    return _telling(points)


def _coverage(facts: RiskFacts, policy: RiskPolicy) -> tuple[Point, ...]:
    part: Part = "coverage"
    points: list[Point] = []
    if facts.shares:
        place, share = max(facts.shares, key=lambda item: SHARES.index(item[1]))
        key = f"coverage.share_{share}"
        points.append(Point(part, key, policy[key], (place.cell,), place.name))
    points += _each(part, "coverage.not_all_identified", facts.not_all_identified, policy)
    points += _each(part, "coverage.not_all_reported", facts.not_all_reported, policy)
    rows = [Place(cell_of(row)) for row in facts.unmatched]
    points += _each(part, "coverage.unmatched", rows, policy)
    return _telling(points)


def _smelters(facts: RiskFacts, policy: RiskPolicy) -> tuple[Point, ...]:
    part: Part = "smelters"
    if not facts.groups:
        return ()
    worst = max(facts.groups, key=lambda group: policy.status_points(group.status))
    key = f"status.{worst.status}"
    points = [Point(part, key, policy.status_points(worst.status), cells_of(worst), worst.name)]
    weak = [one for one in facts.groups if is_weak(one, policy)]
    count = sum(len(group.rows) for group in weak)
    added = _half_up(policy["smelters.share_weight"] * count, facts.row_count)
    cells = tuple(cell for group in weak for cell in cells_of(group))
    name = f"{count}/{facts.row_count}"
    points.append(Point(part, "smelters.share_weight", added, cells, name))
    return _telling(points)


def _origin(facts: RiskFacts, policy: RiskPolicy) -> tuple[Point, ...]:
    if not facts.groups:
        return ()
    worst = max(facts.groups, key=lambda group: origin_points(group, policy))
    points = origin_points(worst, policy)
    return _telling(
        [Point("origin", f"origin.{worst.origin}", points, cells_of(worst), worst.name)]
    )


def _programme(facts: RiskFacts, policy: RiskPolicy) -> tuple[Point, ...]:
    return _telling(
        [
            Point("programme", f"programme.{place.name}", points, (place.cell,), place.name)
            for place in facts.programme
            # H is informative: whether the law obliges somebody says nothing of the programme.
            if (points := policy.numbers.get(f"programme.{place.name}", 0))
        ]
    )


def is_weak(group: SmelterGroup, policy: RiskPolicy) -> bool:
    """Counts in the share of smelters nobody has assured."""
    return policy.status_points(group.status) >= policy["smelters.share_from"]


def origin_points(group: SmelterGroup, policy: RiskPolicy) -> int:
    """Points of the origin, less for a smelter that is on its way and none for one that is
    assured: sourcing from a covered country through a conformant smelter is no fault."""
    points = policy[f"origin.{group.origin}"]
    fact = BY_CODE.get(group.status)
    if fact is not None and fact.status_class == ASSURED:
        return 0
    status = policy.status_points(group.status)
    if policy["origin.half_from"] <= status <= policy["origin.half_to"]:
        return -(-points // 2)
    return points


def cell_of(row: int, column: str = "C") -> str:
    return f"{SMELTER_SHEET}!{column}{row}"


def cells_of(group: SmelterGroup) -> tuple[str, ...]:
    return tuple(cell_of(row) for row in group.rows)


def _each(
    part: Part, key: str, places: Sequence[Place], policy: RiskPolicy, limit: str = "_max"
) -> list[Point]:
    """Points for each place until the limit ``<key>_max`` is used up; the places after that are
    still told, with no points. ``limit`` empty: there is none."""
    left = policy[f"{key}{limit}"] if limit else policy.cap(part)
    points = []
    for place in places:
        given = min(policy[key], left)
        left -= given
        points.append(Point(part, key, given, (place.cell,) if place.cell else (), place.name))
    return points


def _half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` as a whole number, halves upwards, without a float."""
    return (2 * numerator + denominator) // (2 * denominator)


def _telling(points: Iterable[Point]) -> tuple[Point, ...]:
    """Without what gives no points and stands nowhere."""
    return tuple(one for one in points if one.points or one.key.endswith(_LIMITED))


# Places beyond the limit of their rule stay in the trace: mending one of them helps too.
_LIMITED = (
    "missing_field", "contradiction", "not_all_identified", "not_all_reported", "unmatched",
)  # fmt: skip
