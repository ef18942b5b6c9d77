"""The risk of one supplier in words: where each point comes from, and what would lower it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.badges import Badge
from core.reader import listed
from minerals.models import Declaration, RiskRating
from minerals.rules.risk.combine import floors_from_json, parts_from_json
from minerals.rules.risk.facts import facts_from_json
from minerals.rules.risk.level import Floor, Improvement, improvements
from minerals.rules.risk.score import PartScore, Point
from minerals.selectors.finding_lines import SMELTER_CELL
from minerals.selectors.policies import numbers_of
from minerals.selectors.questions import mineral_name
from minerals.selectors.risk_words import (
    PART_WORDS,
    floor_words,
    key_words,
    level_badge,
    name_words,
    remedy_words,
)

# A list of 150 cells helps nobody; the declaration shows them all.
CELLS_SHOWN = 8


@dataclass(frozen=True, slots=True)
class CellLink:
    """``url`` shows the cell or the row on the page of the declaration; empty without one."""

    cell: str
    url: str


@dataclass(frozen=True, slots=True)
class Cells:
    shown: tuple[CellLink, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PointLine:
    words: str
    about: str
    points: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class PartLine:
    """``is_capped``: more points than the part may give."""

    code: str
    words: str
    points: int
    raw: int
    cap: int
    lines: tuple[PointLine, ...]

    @property
    def is_capped(self) -> bool:
        return self.raw > self.cap


@dataclass(frozen=True, slots=True)
class FloorLine:
    badge: Badge
    words: str
    about: str
    cells: Cells
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class ImprovementLine:
    """``badge``: the level that would be left."""

    words: str
    about: str
    points: int
    badge: Badge
    is_lower: bool
    cells: Cells


@dataclass(frozen=True, slots=True)
class MineralLine:
    words: str
    score: int | None
    badge: Badge


@dataclass(frozen=True, slots=True)
class RiskPage:
    """Everything about one rating. ``computed`` is None where people did not change the level,
    ``lifted_from`` (by the score alone) where no floor lifts it."""

    rating: RiskRating
    badge: Badge
    computed: Badge | None
    lifted_from: Badge | None
    parts: tuple[PartLine, ...]
    floors: tuple[FloorLine, ...]
    minerals: tuple[MineralLine, ...]
    improvements: tuple[ImprovementLine, ...]


def risk_page(rating: RiskRating) -> RiskPage:
    """No query beyond what ``rating`` brings along."""
    declaration, result = rating.declaration, rating.result
    from_score = result.get("from_score")
    lifted = from_score and from_score != rating.computed_level
    return RiskPage(
        rating,
        level_badge(rating.level, provisional=rating.is_provisional),
        level_badge(rating.computed_level) if rating.computed_level != rating.level else None,
        level_badge(from_score) if lifted else None,
        tuple(_part(part, declaration) for part in parts_from_json(result)),
        _floors(floors_from_json(result), declaration),
        mineral_lines(rating),
        tuple(_improvement(one, rating) for one in improvements_of(rating)),
    )


def mineral_lines(rating: RiskRating) -> tuple[MineralLine, ...]:
    return tuple(
        MineralLine(mineral_name(name), one["score"], level_badge(one["level"]))
        for name, one in rating.minerals.items()
    )


def improvements_of(rating: RiskRating) -> tuple[Improvement, ...]:
    """By the facts, the policy and the day of the rating."""
    declarations = (rating.facts or {}).get("declarations", [])
    stored = next((one for one in declarations if one["id"] == rating.declaration_id), None)
    if stored is None:
        return ()
    return improvements(
        facts_from_json(stored["facts"]), numbers_of(rating.policy), rating.rated_on
    )


def cell_url(declaration: Declaration | None, cell: str) -> str:
    """Where the page of the declaration shows the cell: the row of a smelter, or the answer."""
    if declaration is None or not cell:
        return ""
    row = SMELTER_CELL.search(cell)
    place = f"?tab=smelters&row={row.group(1)}" if row else f"?tab=answers#{cell}"
    return f"{declaration.get_absolute_url()}{place}"


def _cells(cells: Sequence[str], declaration: Declaration | None) -> Cells:
    shown = tuple(CellLink(cell, cell_url(declaration, cell)) for cell in cells[:CELLS_SHOWN])
    return Cells(shown, max(len(cells) - CELLS_SHOWN, 0))


def _part(part: PartScore, declaration: Declaration | None) -> PartLine:
    lines = tuple(_point(one, declaration) for one in part.trace)
    words = str(PART_WORDS[part.part])
    return PartLine(part.part, words, part.points, part.raw, part.cap, lines)


def _point(one: Point, declaration: Declaration | None) -> PointLine:
    about = name_words(one.key, one.name)
    return PointLine(key_words(one.key), about, one.points, _cells(one.cells, declaration))


def _floors(floors: Iterable[Floor], declaration: Declaration | None) -> tuple[FloorLine, ...]:
    """Those of one kind as one line, in the order in which the kinds come."""
    kinds: dict[str, list[Floor]] = {}
    for floor in floors:
        kinds.setdefault(floor.code, []).append(floor)
    return tuple(_floor(same, declaration) for same in kinds.values())


def _floor(same: Sequence[Floor], declaration: Declaration | None) -> FloorLine:
    first = same[0]
    names = dict.fromkeys(name_words(one.code, one.name) for one in same)
    return FloorLine(
        level_badge(first.level),
        floor_words(first.code),
        listed(name for name in names if name),
        _cells([cell for one in same for cell in one.cells], declaration),
        first.on,
    )


def _improvement(one: Improvement, rating: RiskRating) -> ImprovementLine:
    return ImprovementLine(
        remedy_words(one.code),
        name_words(one.code, one.name),
        one.points,
        level_badge(one.level),
        one.level != rating.computed_level,
        _cells(one.cells, rating.declaration),
    )


# --- The history --------------------------------------------------------------------------------
WIDTH, HEIGHT, EDGE = 960, 180, 16


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """A rating at its place in the drawing; ``y`` is empty where there is no score."""

    rating: RiskRating
    badge: Badge
    x: int
    y: int | None


@dataclass(frozen=True, slots=True)
class RiskHistory:
    """``points`` oldest first; ``path`` of an SVG line that holds each score until the next."""

    points: tuple[HistoryPoint, ...]
    path: str
    medium_y: int
    high_y: int
    first: RiskRating
    last: RiskRating


def risk_history(ratings: Iterable[RiskRating]) -> RiskHistory | None:
    """``ratings`` newest first, with their policies; None without any."""
    rows = list(reversed(list(ratings)))
    if not rows:
        return None
    points = tuple(
        HistoryPoint(row, level_badge(row.level, provisional=row.is_provisional), x, _height(row))
        for row, x in zip(rows, _places(rows), strict=True)
    )
    numbers = rows[-1].policy.numbers
    return RiskHistory(
        points,
        _path(points),
        _y(numbers["level.medium_from"]),
        _y(numbers["level.high_from"]),
        rows[0],
        rows[-1],
    )


def _places(rows: Sequence[RiskRating]) -> list[int]:
    """By time; what was made within an hour would lie on one another, so by order then."""
    start, end = rows[0].rated_at, rows[-1].rated_at
    span = (end - start).total_seconds()
    room = WIDTH - 2 * EDGE
    if span < 60 * 60:
        steps = max(len(rows) - 1, 1)
        return [EDGE + room * number // steps for number in range(len(rows))]
    return [EDGE + int(room * (row.rated_at - start).total_seconds() / span) for row in rows]


def _height(row: RiskRating) -> int | None:
    return None if row.score is None else _y(row.score)


def _y(score: int) -> int:
    return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * score // 100


def _path(points: Sequence[HistoryPoint]) -> str:
    parts: list[str] = []
    for point in points:
        if point.y is None:
            continue
        parts.append(f"H{point.x} V{point.y}" if parts else f"M{point.x} {point.y}")
    return " ".join(parts)
