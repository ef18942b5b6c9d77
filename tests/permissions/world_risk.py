"""The risk of suppliers: things of the small world."""

from __future__ import annotations

import datetime as dt
from typing import Any

from accounts.models import User
from accounts.roles import Role
from core import clock
from minerals.models import (
    CountryListing,
    LevelOverride,
    RiskEvent,
    RiskPolicyVersion,
    RiskRating,
)
from minerals.selectors.policies import policy_in_force
from suppliers.models import Supplier


def build(supplier: Supplier, contact: User, specialist: User, other: Supplier) -> dict[str, Any]:
    """Keys by the names that rows of the table use."""
    asker = User.objects.create_user("risk-asker@example.test", name="Asker")
    asker.add_roles([Role.PROCUREMENT])
    policy = policy_in_force()
    ratings = [rate(one, policy) for one in (supplier, other)]
    event = RiskEvent.objects.create(
        supplier=supplier, kind="annex_ii", happened_on=clock.today(), recorded_by=asker
    )
    asked = LevelOverride.objects.create(
        supplier=supplier,
        level="low",
        is_lowering=True,
        reason="Seen on site",
        requested_by=asker,
        valid_until=clock.today() + dt.timedelta(days=30),
    )
    raised = LevelOverride.objects.create(
        supplier=other,
        level="high",
        reason="Heard of it",
        requested_by=asker,
        decided_by=asker,
        decided_at=clock.now(),
        is_granted=True,
    )
    RiskPolicyVersion.objects.create(
        number=2, numbers={**policy.numbers, "programme.A": 5}, created_by=specialist
    )
    return {
        "risk_rating": ratings[0].pk,
        "risk_event": event.pk,
        "risk_asked": asked.pk,
        "risk_raised": raised.pk,
        "policy_number": policy.number,
        "listing": CountryListing.objects.filter(kind="transit").order_by("pk")[0].pk,
    }


def rate(supplier: Supplier, policy: RiskPolicyVersion) -> RiskRating:
    return RiskRating.objects.create(
        supplier=supplier,
        policy=policy,
        rated_on=clock.today(),
        score=30,
        level="medium",
        computed_level="medium",
        facts={"declarations": []},
    )
