"""The score of a self-assessment (docs/suppliers-assessment.md).

Graded answers count yes 100, partly 50, no 0; “not applicable” leaves the denominator. The score
of an area is the mean of its answers by weight. A key question answered “no” holds its area at 40
at most and the total at 59 at most, so that many good answers never hide it. The total is the
mean of the areas that have a score. An area where nothing applies has no score, not 100. An
unanswered question counts like “no”.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

POINTS = {"yes": 100, "partly": 50, "no": 0, "": 0}
NOT_APPLICABLE = "na"
AREA_CAP = Decimal(40)
TOTAL_CAP = Decimal(59)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """One graded question: ``grade`` is yes, partly, no, na or empty for not answered."""

    code: str
    area: str
    weight: int
    is_key: bool
    grade: str


@dataclass(frozen=True, slots=True)
class AssessmentScore:
    """0 to 100 with one decimal; None where nothing applies. ``failed_keys``: codes of the key
    questions answered “no”, which hold the score down."""

    areas: dict[str, Decimal | None]
    total: Decimal | None
    failed_keys: tuple[str, ...]


def assessment_score(answers: Iterable[ScoredAnswer]) -> AssessmentScore:
    """Means are taken of exact values and rounded (half up) only for the result."""
    by_area: dict[str, list[ScoredAnswer]] = {}
    for answer in answers:
        by_area.setdefault(answer.area, []).append(answer)
    exact = {area: _area_score(group) for area, group in by_area.items()}
    known = [score for score in exact.values() if score is not None]
    failed = tuple(answer.code for group in by_area.values() for answer in group if _fails(answer))
    total = sum(known, Decimal(0)) / len(known) if known else None
    if total is not None and failed:
        total = min(total, TOTAL_CAP)
    areas = {area: _rounded(score) for area, score in exact.items()}
    return AssessmentScore(areas, _rounded(total), failed)


def _area_score(answers: Sequence[ScoredAnswer]) -> Decimal | None:
    counted = [answer for answer in answers if answer.grade != NOT_APPLICABLE and answer.weight]
    weights = sum(answer.weight for answer in counted)
    if not weights:
        return None
    points = sum(POINTS[answer.grade] * answer.weight for answer in counted)
    score = Decimal(points) / weights
    return min(score, AREA_CAP) if any(_fails(answer) for answer in counted) else score


def _fails(answer: ScoredAnswer) -> bool:
    return answer.is_key and answer.grade in ("no", "")


def _rounded(score: Decimal | None) -> Decimal | None:
    return None if score is None else score.quantize(_TENTH, ROUND_HALF_UP)
