"""Rating the minerals risk of suppliers. The only writer of ratings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from core import clock
from core.queue import enqueue_after_commit
from core.services.activity import record_activity
from minerals.enums import RiskLevel
from minerals.models import LevelOverride, RiskPolicyVersion, RiskRating
from minerals.rules.risk.combine import rating_of_all, rating_to_json, worst
from minerals.rules.risk.facts import facts_to_json
from minerals.rules.risk.level import Rating, risk_rating
from minerals.rules.risk.policy import RiskPolicy
from minerals.selectors.country_lists import CountryBook, country_book
from minerals.selectors.mitigation import who_has_plan
from minerals.selectors.overrides import level_with, overrides_in_force
from minerals.selectors.policies import numbers_of, policy_in_force
from minerals.selectors.risk_facts import DeclarationFacts, facts_of_supplier
from minerals.selectors.risk_material import RiskMaterial, risk_material
from minerals.selectors.smelter_status import StatusBook, status_book
from minerals.services.mitigation.follow import follow_rating
from suppliers.enums import RatingPartKind
from suppliers.models import Supplier
from suppliers.services.ratings import RatingPartInput, record_rating_part

RATE_TASK = "minerals.tasks.risk.rate_supplier"
SOURCE = "minerals"
# The survey is yearly (domain, section 3).
VALID_FOR = dt.timedelta(days=365)


def rate_later(supplier_id: int | None) -> None:
    """Something that counts for the rating changed: rate again once it is stored."""
    if supplier_id is not None:
        enqueue_after_commit(RATE_TASK, supplier_id)


@dataclass(frozen=True, slots=True)
class RatingBatch:
    """``policy``: the one in force; by key of the suppliers, locked ones: their ``material``, the
    levels that people set, the ratings so far, and who has a plan that runs."""

    policy: RiskPolicyVersion
    material: RiskMaterial
    suppliers: Mapping[int, Supplier]
    overrides: Mapping[int, LevelOverride]
    current: Mapping[int, RiskRating]
    with_plan: frozenset[int]


def rating_batch(suppliers: Sequence[Supplier], day: dt.date) -> RatingBatch:
    """For ``rate_with``, once for each supplier; a dozen queries, however many suppliers."""
    by_key = {supplier.pk: supplier for supplier in suppliers}
    current = RiskRating.objects.filter(supplier__in=by_key, is_current=True)
    return RatingBatch(
        policy_in_force(),
        risk_material(suppliers),
        by_key,
        overrides_in_force(day, by_key),
        {rating.supplier_id: rating for rating in current},
        who_has_plan(by_key),
    )


@transaction.atomic
def rate_supplier(supplier_id: int, today: dt.date | None = None) -> RiskRating | None:
    """Compute the risk of a supplier from what is known today and keep it; None where nothing is
    known at all (no declaration, no event). A result like the last one is not stored again.
    """
    day = today or clock.today()
    return rate_with(supplier_id, status_book(day), country_book(day), day)


@transaction.atomic
def rate_with(
    supplier_id: int,
    book: StatusBook,
    countries: CountryBook,
    day: dt.date,
    batch: RatingBatch | None = None,
) -> RiskRating | None:
    """The same with the lists already at hand, for many suppliers after one another. ``batch``:
    what is known of all of them, gathered while they were locked."""
    rows = Supplier.objects.select_for_update(no_key=True).filter(pk=supplier_id)
    supplier = batch.suppliers.get(supplier_id) if batch else rows.first()
    if supplier is None or supplier.merged_into_id is not None:
        return None
    known = batch or rating_batch([supplier], day)
    found = facts_of_supplier(supplier, book, countries, known.material)
    if not found and not known.material.events[supplier.pk].codes:
        return None
    version = known.policy
    policy = numbers_of(version)
    rating, at = rating_of_all([one.whole for one in found], policy, day)
    chosen = found[at] if at is not None else None
    level = level_with(known.overrides.get(supplier.pk), rating.level)
    return _store(
        known,
        supplier,
        {
            "declaration": chosen.declaration if chosen else None,
            "policy": version,
            "smelter_list": book.rmap,
            "score": rating.total,
            "level": level,
            "computed_level": rating.level,
            "facts": _facts_json(found),
            "result": rating_to_json(rating),
            "minerals": _by_mineral(found, policy, day),
            "is_provisional": not all(one.is_accepted for one in found),
        },
        day,
    )


def _facts_json(found: Sequence[DeclarationFacts]) -> dict[str, Any]:
    return {
        "declarations": [
            {"id": one.declaration.pk, "facts": facts_to_json(one.whole)} for one in found
        ]
    }


def _by_mineral(
    found: Sequence[DeclarationFacts], policy: RiskPolicy, day: dt.date
) -> dict[str, dict[str, Any]]:
    """Level and points of each mineral; of the declaration that is worse where two speak of it."""
    ratings: dict[str, list[Rating]] = {}
    for one in found:
        for mineral, facts in one.by_mineral.items():
            ratings.setdefault(mineral, []).append(risk_rating(facts, policy, day))
    return {
        mineral: {"score": each[at].total, "level": each[at].level}
        for mineral, each in ratings.items()
        for at in [worst(each)]
    }


SAME_KEYS = ("declaration", "policy", "smelter_list")
SAME_VALUES = (
    "score", "level", "computed_level", "minerals", "is_provisional", "result", "facts"
)  # fmt: skip


def _store(
    known: RatingBatch, supplier: Supplier, fields: dict[str, Any], day: dt.date
) -> RiskRating:
    current = known.current.get(supplier.pk)
    if current is not None:
        if _says_the_same(current, fields):
            return current
        current.is_current = False
        current.save(update_fields=["is_current"])
    stored = RiskRating.objects.create(supplier=supplier, rated_on=day, **fields)
    before = current.level if current else ""
    if (before, current.score if current else None) != (stored.level, stored.score):
        record_activity(
            None,
            "risk.rated",
            supplier,
            rating=stored.pk,
            level=[before, stored.level],
            score=stored.score,
        )
    told = current is not None and not current.is_provisional and current.score == stored.score
    if not told:
        _push(supplier, stored, day)
    follow_rating(stored, day, has_plan=supplier.pk in known.with_plan)
    return stored


def _says_the_same(current: RiskRating, fields: dict[str, Any]) -> bool:
    keys = {name: fields[name].pk if fields[name] else None for name in SAME_KEYS}
    if any(getattr(current, f"{name}_id") != key for name, key in keys.items()):
        return False
    return all(getattr(current, name) == fields[name] for name in SAME_VALUES)


def _push(supplier: Supplier, rating: RiskRating, day: dt.date) -> None:
    """Tell the CSR rating, where 100 is best; a provisional result tells nothing."""
    if rating.is_provisional and rating.score is not None:
        return
    points = 100 - rating.score if rating.score is not None else 0
    record_rating_part(
        None,
        supplier,
        RatingPartInput(
            kind=RatingPartKind.MINERALS,
            score=Decimal(points),
            dated_on=day,
            valid_until=day + VALID_FOR,
            source=SOURCE,
            source_ref=f"minerals.riskrating:{rating.pk}",
            note=str(RiskLevel(rating.level).value),
        ),
    )
