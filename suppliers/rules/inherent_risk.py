"""Inherent CSR risk: what country, sector and kind say before anybody has answered or looked.

Source: the shape of Sedex Radar (country 1 to 6, sector 1 to 4, high-risk work 0 to 2, capped at
10); the points of our tables are our own judgement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

MAX_POINTS = 10
MAX_SECTOR_POINTS = 4
MEDIUM_FROM = 5
HIGH_FROM = 7
Level = Literal["low", "medium", "high", "unknown"]


@dataclass(frozen=True, slots=True)
class InherentRisk:
    """Points of each component, None where it is not known; ``points`` and ``level`` are only
    known when all three are. ``missing``: of ``country``, ``sector``, ``kind``."""

    country: int | None
    sector: int | None
    kind: int | None
    points: int | None
    level: Level
    missing: tuple[str, ...]


def inherent_risk(country: int | None, sector: int | None, kind: int | None) -> InherentRisk:
    """The sum, capped at 10: low up to 4, medium 5 and 6, high from 7. One component that is not
    known makes the whole not known: nothing known never counts as low."""
    parts = {"country": country, "sector": sector, "kind": kind}
    missing = tuple(name for name, points in parts.items() if points is None)
    if missing:
        return InherentRisk(country, sector, kind, None, "unknown", missing)
    points = min(MAX_POINTS, sum(points or 0 for points in parts.values()))
    return InherentRisk(country, sector, kind, points, _level(points), ())


def _level(points: int) -> Level:
    if points >= HIGH_FROM:
        return "high"
    return "medium" if points >= MEDIUM_FROM else "low"


def sector_points(paths: Iterable[str], points_by_code: Mapping[str, int]) -> int | None:
    """The highest points among the categories of a supplier, given by ``path`` (``EL/EL-PCB/``).

    A category without points takes those of its nearest ancestor. None without any category, and
    where one has no points at all: it might be the riskiest, unless another is at the top already.
    """
    found = [category_points(path, points_by_code) for path in paths]
    known = [points for points in found if points is not None]
    if known and max(known) >= MAX_SECTOR_POINTS:
        return max(known)
    return max(known) if known and len(known) == len(found) else None


def category_points(path: str, points_by_code: Mapping[str, int]) -> int | None:
    """Own points, or those of the nearest ancestor."""
    for code in reversed(path.strip("/").split("/")):
        if code in points_by_code:
            return points_by_code[code]
    return None
