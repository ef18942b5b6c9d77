"""One database for the bench of dry runs: ratings with facts, then another policy."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from accounts.roles import Role  # noqa: E402
from benches.suppliers_fill import fill  # noqa: E402
from core import clock  # noqa: E402
from minerals.models import RiskRating  # noqa: E402
from minerals.rules.risk.combine import rating_of_all, rating_to_json  # noqa: E402
from minerals.rules.risk.facts import (  # noqa: E402
    ORIGINS,
    Place,
    RiskFacts,
    SmelterGroup,
    facts_to_json,
)
from minerals.rules.risk.policy import DEFAULT_POLICY, RiskPolicy  # noqa: E402
from minerals.rules.smelter_status import STATUSES  # noqa: E402
from minerals.selectors.dry_run import dry_run  # noqa: E402
from minerals.selectors.policies import policy_in_force  # noqa: E402
from suppliers.models import Supplier  # noqa: E402

ROUNDS = 3
STRICT = {"level.medium_from": 10, "level.high_from": 30, "programme.A": 15}


def main(suppliers: int, rows: int) -> None:
    random = Random(7)
    fill(suppliers)
    _rate(random, rows)
    actor = User.objects.create_user("bench@example.test", None, name="Bench")
    actor.add_roles([Role.ADMINISTRATOR])
    policy = RiskPolicy({**policy_in_force().numbers, **STRICT})
    times = []
    for _round in range(ROUNDS):
        start = time.perf_counter()
        run = dry_run(actor, policy, clock.today())
        times.append(time.perf_counter() - start)
    with CaptureQueriesContext(connection) as captured:
        dry_run(actor, policy, clock.today())
    writes = sum(not query["sql"].startswith("SELECT") for query in captured)
    print(f"Another policy on {run.tried:,} suppliers with {rows} smelter rows each")
    print(f"  dry run                        {min(times):8.2f} s    limit 5 s")
    print(f"  change level                   {len(run.changed):8,}")
    print(f"  queries : writes               {len(captured):8} : {writes}")


def _rate(random: Random, rows: int) -> None:
    policy, today = policy_in_force(), clock.today()
    with transaction.atomic():
        for supplier in Supplier.objects.order_by("pk").iterator():
            facts = _facts(random, rows, today)
            rating, _at = rating_of_all([facts], DEFAULT_POLICY, today)
            RiskRating.objects.create(
                supplier=supplier,
                policy=policy,
                rated_on=today,
                score=rating.total,
                level=rating.level,
                computed_level=rating.level,
                facts={"declarations": [{"id": 0, "facts": facts_to_json(facts)}]},
                result=rating_to_json(rating),
            )


def _facts(random: Random, rows: int, today: dt.date) -> RiskFacts:
    """Every row another smelter; most are conformant."""
    best = random.choice((1, 5, 10, len(STATUSES)))
    statuses: Any = [one.code for one in STATUSES[:best]]
    groups = tuple(
        SmelterGroup(
            random.choice(["conformant"] * 9 + statuses),
            random.choice(ORIGINS),
            (row,),
            f"CID9{row:05}",
            f"Invented Smelting & Refining Works No. {row} (demo)",
        )
        for row in range(5, 5 + rows)
    )
    programme = tuple(
        Place(f"Declaration!D{75 + place}", letter)
        for place, letter in enumerate("ABCDEFG")
        if random.random() < 0.2
    )
    return RiskFacts(today, today, groups=groups, company_level=True, programme=programme)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
