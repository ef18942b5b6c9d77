"""What other numbers would make of the ratings that are there. Reads only."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from core.badges import Badge
from minerals.models import RiskRating
from minerals.rules.risk.combine import stored_rating
from minerals.rules.risk.policy import LEVELS, Level, RiskPolicy
from minerals.selectors.overrides import level_with, overrides_in_force
from minerals.selectors.risk_words import level_badge
from suppliers.models import Supplier

if TYPE_CHECKING:
    from accounts.models import User

BATCH = 200


@dataclass(frozen=True, slots=True)
class Forecast:
    """One supplier: level and score now, and with the numbers that are tried."""

    supplier_id: int
    level: str
    score: int | None
    new_level: Level
    new_score: int | None

    @property
    def changes_level(self) -> bool:
        return self.level != self.new_level

    @property
    def rises(self) -> bool:
        return _rank(self.new_level) > _rank(self.level)


@dataclass(frozen=True, slots=True)
class Move:
    """How many suppliers go from one level to another."""

    old: Badge
    new: Badge
    count: int
    rises: bool


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A supplier who changes level, as pages and exports show it."""

    supplier: Supplier
    forecast: Forecast
    old: Badge
    new: Badge


@dataclass(frozen=True, slots=True)
class DryRun:
    """``tried``: ratings that were computed; ``changed``: who changes level, rising ones first;
    ``scores``: how many keep their level with another score."""

    tried: int
    changed: tuple[Forecast, ...]
    scores: int

    @property
    def moves(self) -> list[Move]:
        """The worst change first."""
        pairs = Counter((one.level, one.new_level) for one in self.changed)
        order = sorted(pairs, key=lambda pair: (-_rank(pair[1]), _rank(pair[0])))
        return [
            Move(level_badge(old), level_badge(new), pairs[old, new], _rank(new) > _rank(old))
            for old, new in order
        ]

    @property
    def rising(self) -> int:
        return sum(one.rises for one in self.changed)

    @property
    def falling(self) -> int:
        return len(self.changed) - self.rising


def dry_run(actor: User, policy: RiskPolicy, day: dt.date) -> DryRun:
    """All current ratings the actor may see, from the facts stored with them."""
    seen = RiskRating.objects.visible_to(actor)
    found = list(forecasts(seen.filter(supplier__merged_into=None), policy, day))
    changed = [one for one in found if one.changes_level]
    changed.sort(key=lambda one: (-_rank(one.new_level), _rank(one.level), -(one.new_score or 0)))
    same = sum(not one.changes_level and one.score != one.new_score for one in found)
    return DryRun(len(found), tuple(changed), same)


def forecasts(
    ratings: QuerySet[RiskRating], policy: RiskPolicy, day: dt.date
) -> Iterator[Forecast]:
    """Of the current ones among ``ratings``, in no order. What people said about a level stands."""
    overrides = overrides_in_force(day)
    rows = (
        ratings.filter(is_current=True)
        .order_by()
        .values_list("supplier_id", "level", "score", "facts")
    )
    for supplier_id, level, score, facts in rows.iterator(chunk_size=BATCH):
        rating = stored_rating(facts or {}, policy, day)
        new_level = level_with(overrides.get(supplier_id), rating.level)
        yield Forecast(supplier_id, level, score, new_level, rating.total)


def change_lines(forecasts: list[Forecast]) -> list[ChangeLine]:
    """With their suppliers; one query."""
    suppliers = Supplier.objects.in_bulk([one.supplier_id for one in forecasts])
    return [
        ChangeLine(
            suppliers[one.supplier_id], one, level_badge(one.level), level_badge(one.new_level)
        )
        for one in forecasts
    ]


def _rank(level: str) -> int:
    return LEVELS.index(level)
