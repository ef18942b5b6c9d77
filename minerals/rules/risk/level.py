"""The level: from the score, lifted by floors; and what would lower it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from minerals.rules.risk.facts import RiskFacts, SmelterGroup, SupplierEvents
from minerals.rules.risk.policy import LEVELS, Level, RiskPolicy
from minerals.rules.risk.score import Score, cell_of, cells_of, risk_score
from minerals.rules.smelter_status import ASSURED, BY_CODE, REJECTED, UNASSURED

FloorCode = Literal[
    "no_response", "refused", "false_data", "annex_ii", "mitigation_overdue",
    "rejected_in_products", "risky_origin_confirmed", "rejected_not_cleared",
    "rejected_company_level", "weak_smelter", "open_contradiction", "no_policy", "not_signed",
    "not_all_identified",
]  # fmt: skip
RISKY_ORIGINS = ("high_risk", "drc")


@dataclass(frozen=True, slots=True)
class Floor:
    """The level is at least ``level`` because of ``code``; ``on``: a date that counts for it."""

    code: FloorCode
    level: Level
    cells: tuple[str, ...] = ()
    name: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """``score`` is None where there is no valid response to score. ``from_score`` is the level the
    score alone gives (None without one)."""

    score: Score | None
    from_score: Level | None
    floors: tuple[Floor, ...]
    level: Level

    @property
    def total(self) -> int | None:
        return None if self.score is None else self.score.total


@dataclass(frozen=True, slots=True)
class Improvement:
    """One thing to put right: how many points fall away, and the level that would be left.

    ``code``: the key of the policy's number or the code of a floor."""

    code: str
    name: str
    cells: tuple[str, ...]
    points: int
    level: Level


def risk_rating(facts: RiskFacts | None, policy: RiskPolicy, today: dt.date) -> Rating:
    """The rating of a supplier with a declaration; None: nothing valid ever came."""
    if facts is None or facts.events.no_response:
        events = facts.events if facts else SupplierEvents(no_response=True)
        floors = tuple(_event_floors(events))
        return Rating(None, None, floors, highest(floor.level for floor in floors))
    score = risk_score(facts, policy, today)
    from_score = policy.level_of(score.total)
    floors = tuple(risk_floors(facts, policy, today))
    level = highest([from_score, *(floor.level for floor in floors)])
    return Rating(score, from_score, floors, level)


def highest(levels: Iterator[Level] | list[Level]) -> Level:
    return max(levels, key=LEVELS.index)


def final_level(computed: Level, said: Level, is_lowering: bool) -> Level:
    """The level with what people said about it: they may always raise it, and lower it for a time.
    A raise below what is computed meanwhile changes nothing."""
    return said if is_lowering else highest([computed, said])


def risk_floors(facts: RiskFacts, policy: RiskPolicy, today: dt.date) -> Iterator[Floor]:
    """Everything that keeps the level from being lower, the worst first."""
    yield from _event_floors(facts.events)
    yield from _high_smelter_floors(facts, policy, today)
    yield from _medium_floors(facts, policy, today)


def _event_floors(events: SupplierEvents) -> Iterator[Floor]:
    for code in events.codes:
        yield Floor(code, "high")  # type: ignore[arg-type]


def _high_smelter_floors(facts: RiskFacts, policy: RiskPolicy, today: dt.date) -> Iterator[Floor]:
    due = cleared_by(facts, policy)
    for group in facts.groups:
        if _class(group) == REJECTED:
            if group.attributed and (group.confirmed or not facts.company_level):
                yield Floor("rejected_in_products", "high", cells_of(group), group.name)
            elif facts.company_level and today > due:
                yield Floor("rejected_not_cleared", "high", cells_of(group), group.name, due)
        risky = group.origin in RISKY_ORIGINS and _class(group) in (REJECTED, UNASSURED)
        if risky and group.confirmed:
            yield Floor("risky_origin_confirmed", "high", cells_of(group), group.name)


def cleared_by(facts: RiskFacts, policy: RiskPolicy) -> dt.date:
    """Until when a rejected smelter of a company-level answer may be cleared up."""
    return facts.received_on + dt.timedelta(days=policy["floor.rejected_days"])


def _medium_floors(facts: RiskFacts, policy: RiskPolicy, today: dt.date) -> Iterator[Floor]:
    due = cleared_by(facts, policy)
    for group in facts.groups:
        rejected = _class(group) == REJECTED
        if rejected and facts.company_level and today <= due:
            yield Floor("rejected_company_level", "medium", cells_of(group), group.name, due)
        elif policy.status_points(group.status) >= policy["floor.status_medium_from"]:
            yield Floor("weak_smelter", "medium", cells_of(group), group.name)
    for place in facts.contradictions:
        yield Floor("open_contradiction", "medium", (place.cell,), place.name)
    for place in facts.programme:
        if place.name == "A":
            yield Floor("no_policy", "medium", (place.cell,))
    for place in facts.not_all_identified:
        yield Floor("not_all_identified", "medium", (place.cell,), place.name)
    if not facts.signed:
        yield Floor("not_signed", "medium")


def _class(group: SmelterGroup) -> str:
    fact = BY_CODE.get(group.status)
    return fact.status_class if fact else UNASSURED


def improvements(
    facts: RiskFacts | None, policy: RiskPolicy, today: dt.date
) -> tuple[Improvement, ...]:
    """What would lower score or level, each tried alone; the most helpful first."""
    if facts is None:
        return ()
    before = risk_rating(facts, policy, today)
    found = []
    for code, name, cells, better in _mended(facts):
        after = risk_rating(better, policy, today)
        gain = (before.total or 0) - (after.total or 0)
        if gain > 0 or after.level != before.level or len(after.floors) < len(before.floors):
            found.append(Improvement(code, name, cells, max(gain, 0), after.level))
    found.sort(key=lambda item: (LEVELS.index(item.level), -item.points, item.code, item.cells))
    return tuple(found)


Mended = tuple[str, str, tuple[str, ...], RiskFacts]


def _mended(facts: RiskFacts) -> Iterator[Mended]:
    """The facts with one thing put right, again and again."""
    for code, name in (
        ("response.missing_field", "missing"),
        ("response.contradiction", "contradictions"),
        ("response.soft_contradiction", "soft_contradictions"),
        ("response.authoriser_missing", "authoriser_missing"),
        ("coverage.not_all_identified", "not_all_identified"),
        ("coverage.not_all_reported", "not_all_reported"),
    ):
        places = getattr(facts, name)
        if places:
            cells = tuple(place.cell for place in places if place.cell)
            yield code, ", ".join(_names(places)), cells, replace(facts, **{name: ()})  # type: ignore[arg-type]
    yield from _mended_groups(facts)
    for place in facts.programme:
        left = tuple(one for one in facts.programme if one != place)
        cells = (place.cell,)
        yield f"programme.{place.name}", place.name, cells, replace(facts, programme=left)
    if any(share != "all" for _place, share in facts.shares):
        whole = tuple((place, "all") for place, _share in facts.shares)
        cells = tuple(place.cell for place, share in facts.shares if share != "all")
        yield "coverage.share", "", cells, replace(facts, shares=whole)  # type: ignore[arg-type]
    if not facts.signed:
        yield "not_signed", "", (), replace(facts, signed=True)
    if facts.version != "latest":
        yield "response.version", "", (), replace(facts, version="latest")
    if facts.scope_too_wide:
        yield "response.scope_too_wide", "", (), replace(facts, scope_too_wide=False)


def _names(places: tuple[object, ...]) -> list[str]:
    return list(dict.fromkeys(name for place in places if (name := getattr(place, "name", ""))))


def _mended_groups(facts: RiskFacts) -> Iterator[Mended]:
    """Each smelter that is not assured replaced by one that is; all unknown rows told."""
    if facts.unmatched:
        untold = set(facts.unmatched)
        groups = tuple(group for group in facts.groups if not untold.issuperset(group.rows))
        cells = tuple(cell_of(row) for row in facts.unmatched)
        better = replace(facts, unmatched=(), groups=groups)
        yield "coverage.unmatched", "", cells, better
    for cid in dict.fromkeys(group.cid for group in facts.groups if group.cid):
        own = [group for group in facts.groups if group.cid == cid]
        if _class(own[0]) == ASSURED:
            continue
        groups = tuple(
            replace(group, status="conformant") if group.cid == cid else group
            for group in facts.groups
        )
        cells = tuple(cell for group in own for cell in cells_of(group))
        yield f"status.{own[0].status}", own[0].name, cells, replace(facts, groups=groups)
