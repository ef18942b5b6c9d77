"""Reads of ratings and their parts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, QuerySet

from accounts.models import User
from suppliers.enums import RatingPartKind
from suppliers.models import RatingPart, Supplier
from suppliers.policies import assessments as policies
from suppliers.rules.rating import WEIGHTS, PartFact, Rating, rating


@dataclass(frozen=True, slots=True)
class PartLine:
    """One part of the rating as shown; ``part`` is None where none was ever recorded."""

    kind: str
    label: str
    weight: int
    part: RatingPart | None
    is_known: bool


def rating_parts_for(actor: User) -> QuerySet[RatingPart]:
    """Ratings are for the company's own people."""
    policies.require_view_all_assessments(actor)
    return RatingPart.objects.visible_to(actor).select_related("supplier", "recorded_by")


def newest_parts(supplier: Supplier) -> dict[str, RatingPart]:
    """The newest of each kind, in date or not; one query."""
    newest: dict[str, RatingPart] = {}
    parts = supplier.rating_parts.select_related("recorded_by").order_by("-dated_on", "-pk")
    for part in parts:
        newest.setdefault(part.kind, part)
    return newest


def rating_of(parts: dict[str, RatingPart], today: dt.date) -> Rating:
    return rating((_fact(part) for part in parts.values()), today)


def part_lines(parts: dict[str, RatingPart], today: dt.date) -> list[PartLine]:
    """Every kind in the order of the rule, known or not."""
    lines = []
    for kind, weight in WEIGHTS.items():
        part = parts.get(kind)
        known = part is not None and _fact(part).in_date(today)
        label = str(RatingPartKind(kind).label)
        lines.append(PartLine(kind, label, weight, part, known))
    return lines


def suppliers_with_outdated_rating(today: dt.date) -> QuerySet[Supplier]:
    """Those with a part whose validity ended after the rating was computed last."""
    ended = RatingPart.objects.filter(
        valid_until__lt=today, valid_until__gte=F("supplier__rated_on")
    )
    return Supplier.objects.filter(pk__in=ended.values("supplier_id")).order_by("pk")


def _fact(part: RatingPart) -> PartFact:
    return PartFact(part.kind, part.score, part.dated_on, part.valid_until)
