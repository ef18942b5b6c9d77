"""The CSR rating of a supplier from its parts (docs/suppliers-assessment.md).

No data never counts as good: a part that was never recorded, or is out of date, is not known and
keeps the level from being good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# What each part weighs, in percent. The audit is what somebody has seen with own eyes.
WEIGHTS = {"self_assessment": 20, "audit": 40, "minerals": 20, "findings": 20}
# The lowest score of each level, best first; below the last it is D.
THRESHOLDS = (("A", Decimal(85)), ("B", Decimal(70)), ("C", Decimal(55)))
LEVELS = ("A", "B", "C", "D")
ALARMING_BELOW = Decimal(40)
UNKNOWN = "unknown"
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class PartFact:
    """One recorded part; ``valid_until`` is the last day it counts, None for no end."""

    kind: str
    score: Decimal
    dated_on: dt.date
    valid_until: dt.date | None = None

    def in_date(self, today: dt.date) -> bool:
        return self.valid_until is None or self.valid_until >= today


@dataclass(frozen=True, slots=True)
class Rating:
    """``level`` A to D or ``unknown``; ``score`` 0 to 100 with one decimal, None when unknown.

    ``unknown_parts``: kinds without a part in date. ``alarming_parts``: kinds below 40.
    ``capped``: the parts would give a better level, but something holds it down.
    """

    level: str
    score: Decimal | None
    unknown_parts: tuple[str, ...]
    alarming_parts: tuple[str, ...] = ()
    capped: bool = False


def rating(parts: Iterable[PartFact], today: dt.date) -> Rating:
    """``parts``: the newest of each kind; the caller chooses them.

    The score is the mean by weight of the parts in date: A from 85, B from 70, C from 55, else D.
    One part not known: B at best; two or more: C at best; none known: not known. A part below 40
    makes it D, whatever the others say.
    """
    known = {part.kind: part.score for part in parts if part.in_date(today)}
    unknown = tuple(kind for kind in WEIGHTS if kind not in known)
    if not known:
        return Rating(UNKNOWN, None, unknown)
    weight = sum(WEIGHTS[kind] for kind in known)
    exact = sum((score * WEIGHTS[kind] for kind, score in known.items()), Decimal(0)) / weight
    score = exact.quantize(_TENTH, ROUND_HALF_UP)
    alarming = tuple(kind for kind in WEIGHTS if kind in known and known[kind] < ALARMING_BELOW)
    earned = _level(score)
    level = max(earned, _best_allowed(len(unknown), bool(alarming)), key=LEVELS.index)
    return Rating(level, score, unknown, alarming, capped=level != earned)


def _level(score: Decimal) -> str:
    return next((level for level, lowest in THRESHOLDS if score >= lowest), "D")


def _best_allowed(unknown: int, alarming: bool) -> str:
    if alarming:
        return "D"
    return LEVELS[min(unknown, 2)]
