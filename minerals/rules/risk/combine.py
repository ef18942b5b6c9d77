"""One rating of a supplier from those of its declarations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from minerals.rules.risk.facts import RiskFacts, facts_from_json
from minerals.rules.risk.level import Floor, Rating, risk_rating
from minerals.rules.risk.policy import LEVELS, RiskPolicy
from minerals.rules.risk.score import PartScore, Point


def worst(ratings: Sequence[Rating]) -> int:
    """Place of the one that counts: the highest level, then the most points."""
    return max(
        range(len(ratings)),
        key=lambda at: (LEVELS.index(ratings[at].level), ratings[at].total or 0),
    )


def rating_of_all(
    facts: Sequence[RiskFacts], policy: RiskPolicy, today: dt.date
) -> tuple[Rating, int | None]:
    """The rating of a supplier with these declarations, and which of them gave it; without any,
    nothing valid ever came."""
    if not facts:
        return risk_rating(None, policy, today), None
    ratings = [risk_rating(one, policy, today) for one in facts]
    at = worst(ratings)
    return ratings[at], at


def stored_rating(data: Mapping[str, Any], policy: RiskPolicy, today: dt.date) -> Rating:
    """The rating of all from facts as they are stored with a rating. Level and points are those of
    ``rating_of_all``; the trace names the smelters of a kind as one."""
    declarations = data.get("declarations", [])
    facts = [facts_from_json(_in_short(one["facts"])) for one in declarations]
    return rating_of_all(facts, policy, today)[0]


# What of a smelter counts for points and floors; which smelter it is does not.
_COUNTING = ("status", "origin", "attributed", "confirmed")


def _in_short(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Smelters that count alike as one group: a list of 150 rows becomes a handful."""
    groups: dict[tuple[Any, ...], dict[str, Any]] = {}
    for one in facts["groups"]:
        known = groups.get(key := tuple(one[name] for name in _COUNTING))
        if known is None:
            groups[key] = {**one, "rows": list(one["rows"])}
        else:
            known["rows"] += one["rows"]
    return {**facts, "groups": list(groups.values())}


def rating_to_json(rating: Rating) -> dict[str, Any]:
    """Parts with their trace, and floors; ``rating_from_json`` reads them for a page."""
    return {
        "parts": [_part_to_json(part) for part in rating.score.parts] if rating.score else [],
        "from_score": rating.from_score,
        "floors": [
            {
                "code": floor.code,
                "level": floor.level,
                "cells": list(floor.cells),
                "name": floor.name,
                "on": floor.on.isoformat() if floor.on else None,
            }
            for floor in rating.floors
        ],
    }


def _part_to_json(part: PartScore) -> dict[str, Any]:
    return {
        "part": part.part,
        "raw": part.raw,
        "cap": part.cap,
        "trace": [
            {"key": one.key, "points": one.points, "cells": list(one.cells), "name": one.name}
            for one in part.trace
        ],
    }


def parts_from_json(data: Mapping[str, Any]) -> tuple[PartScore, ...]:
    return tuple(
        PartScore(
            part["part"],
            part["raw"],
            part["cap"],
            tuple(
                Point(part["part"], one["key"], one["points"], tuple(one["cells"]), one["name"])
                for one in part["trace"]
            ),
        )
        for part in data.get("parts", [])
    )


def floors_from_json(data: Mapping[str, Any]) -> tuple[Floor, ...]:
    return tuple(
        Floor(
            one["code"],
            one["level"],
            tuple(one["cells"]),
            one["name"],
            dt.date.fromisoformat(one["on"]) if one["on"] else None,
        )
        for one in data.get("floors", [])
    )
