"""A plan opens by itself when a rating that counts is medium or high."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_noop as N_

from accounts.models import User
from accounts.roles import Role
from minerals.enums import MeasureKind
from minerals.models import Measure, MitigationPlan, RiskRating, Smelter
from minerals.rules.mitigation import needs_plan, plan_dates
from minerals.rules.mitigation_measures import ProposedMeasure, proposed_measures
from minerals.rules.risk.facts import RiskFacts, facts_from_json
from minerals.services.mitigation.steps import take_step
from suppliers.models import Supplier
from suppliers.workflow import LEFT

RATED = N_("The rating opened it by itself.")
OWNERS = (Role.PROCUREMENT, Role.CSR_SPECIALIST, Role.ADMINISTRATOR)


def opens_plan(rating: RiskRating) -> bool:
    """Nothing follows from a provisional rating; nobody asks who has left for anything."""
    counts = not rating.is_provisional and needs_plan(rating.level)
    return counts and rating.supplier.status not in LEFT


def open_plan(rating: RiskRating, day: dt.date) -> MitigationPlan:
    """With its dates and the measures that the rating asks for; no other plan of it runs."""
    supplier = rating.supplier
    dates = plan_dates(rating.level, day)
    plan = MitigationPlan.objects.create(
        supplier=supplier,
        rating=rating,
        level=rating.level,
        owner=_owner(supplier),
        opened_on=day,
        plan_due_on=dates.plan_due_on,
        close_due_on=dates.close_due_on,
        limit_on=dates.limit_on,
    )
    proposed = proposed_measures(facts_of_rating(rating), rating.level, day)
    _create_measures(plan, proposed)
    take_step(
        plan,
        "opened",
        day,
        reason=RATED,
        date=dates.plan_due_on,
        rating=rating.pk,
        level=rating.level,
        score=rating.score,
    )
    return plan


def facts_of_rating(rating: RiskRating) -> list[RiskFacts]:
    found = (rating.facts or {}).get("declarations", [])
    return [facts_from_json(one["facts"]) for one in found]


def _owner(supplier: Supplier) -> User | None:
    """The buyer, who talks to the supplier; without one the specialists see to it."""
    buyer = supplier.buyer
    return buyer if buyer is not None and buyer.is_active and buyer.has_role(*OWNERS) else None


def _create_measures(plan: MitigationPlan, proposed: list[ProposedMeasure]) -> None:
    known = Smelter.objects.in_bulk([one.cid for one in proposed if one.cid], field_name="cid")
    Measure.objects.bulk_create(
        Measure(
            plan=plan,
            kind=MeasureKind(one.kind),
            smelter=known.get(one.cid),
            # One that no list knows keeps the name of the file.
            text="" if one.cid in known else " ".join(part for part in (one.name, one.cid) if part),
            due_on=one.due_on,
        )
        for one in proposed
    )
